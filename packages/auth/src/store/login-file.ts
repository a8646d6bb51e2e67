/** auth.json on disk: readable by its owner only, replaced all or nothing. */

import { readFileSync, rmSync } from "node:fs";

/** The text of the file; null when there is none. */
export function readLoginFile(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

/** Replaces the file: readers see the old login or the new one. */
export async function writeLoginFile(file: string, text: string): Promise<void> {
  const { replaceFile } = await import("@codex-ts/config");
  replaceFile(file, text, 0o600);
}

/** Whether there was a file. */
export function deleteLoginFile(file: string): boolean {
  try {
    rmSync(file);
    return true;
  } catch (error) {
    if (isMissing(error)) {
      return false;
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
