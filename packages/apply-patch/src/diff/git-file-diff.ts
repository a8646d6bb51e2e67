/** One file's part of a turn's diff, in the form that `git diff --full-index` prints. */

import { unifiedDiff } from "./unified-diff.js";

/** A file as Git sees it. For a link the content is its target. */
export interface FileVersion {
  readonly content: Uint8Array;
  readonly mode: "100644" | "100755" | "120000";
}

/** What to compare. Paths are shown as they are, after `a/` and `b/`; they differ after a move. */
export interface GitFileDiffInput {
  readonly oldPath: string;
  readonly newPath: string;
  /** Null when there was no file. */
  readonly before: FileVersion | null;
  /** Null when there is none any more. */
  readonly after: FileVersion | null;
}

const CONTEXT = 3;
const NO_BLOB = "0".repeat(40);

/** The diff of one file; "" when nothing differs. Content that is not UTF-8 is not shown. */
export async function gitFileDiff({ oldPath, newPath, before, after }: GitFileDiffInput): Promise<string> {
  const [oldBlob, newBlob] = [await blobId(before), await blobId(after)];
  if (oldBlob === newBlob && before?.mode === after?.mode && oldPath === newPath) return "";
  const header = `diff --git a/${oldPath} b/${newPath}\n` + modeLines(before, after) + `index ${oldBlob}..${newBlob}\n`;
  const names = `--- ${before ? `a/${oldPath}` : "/dev/null"}\n+++ ${after ? `b/${newPath}` : "/dev/null"}\n`;
  const [oldText, newText] = [textOf(before), textOf(after)];
  if (oldText === null || newText === null) return `${header}${names}Binary files differ\n`;
  const hunks = await unifiedDiff(oldText, newText, { context: CONTEXT });
  return hunks === "" ? header : header + names + hunks;
}

function modeLines(before: FileVersion | null, after: FileVersion | null): string {
  if (before === null) return after === null ? "" : `new file mode ${after.mode}\n`;
  if (after === null) return `deleted file mode ${before.mode}\n`;
  return before.mode === after.mode ? "" : `old mode ${before.mode}\nnew mode ${after.mode}\n`;
}

async function blobId(version: FileVersion | null): Promise<string> {
  if (version === null) return NO_BLOB;
  const { createHash } = await import("node:crypto"); // loading it would double the start-up time of the program
  const hash = createHash("sha1").update(`blob ${version.content.byteLength}\0`);
  return hash.update(version.content).digest("hex");
}

function textOf(version: FileVersion | null): string | null {
  if (version === null) return "";
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(version.content);
  } catch {
    return null; // the decoder's only way to say "not UTF-8"
  }
}
