/** A folder per test, filled with files. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { walkFiles, type WalkOptions } from "../src/index.js";

/** A folder, and a home without ignore files of the user. */
export function useFolder(): { path: string } {
  const folder = { path: "" };
  const before = { HOME: process.env["HOME"], XDG: process.env["XDG_CONFIG_HOME"] };
  beforeEach(() => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), "search-")));
    folder.path = join(base, "root");
    mkdirSync(folder.path);
    process.env["HOME"] = join(base, "home");
    delete process.env["XDG_CONFIG_HOME"];
    mkdirSync(process.env["HOME"]);
  });
  afterEach(() => {
    rmSync(dirname(folder.path), { recursive: true, force: true });
    process.env["HOME"] = before.HOME;
    if (before.XDG !== undefined) process.env["XDG_CONFIG_HOME"] = before.XDG;
  });
  return folder;
}

export function write(root: string, path: string, content = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

export function walked(root: string, options: Partial<WalkOptions> = {}): string[] {
  return [...walkFiles({ root, respectIgnore: true, exclude: [], ...options })].flat().toSorted();
}
