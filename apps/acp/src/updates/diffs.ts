/** Changes of files as an editor shows them. Pure. */

import type { ToolCallContent, ToolCallLocation } from "@agentclientprotocol/sdk";
import type { FileChange, FileChanges } from "@codex-ts/protocol";

/** One diff for a file that comes or goes, one for each place of a file that changes. */
export function diffsOf(changes: FileChanges): ToolCallContent[] {
  return sorted(changes).flatMap(([path, change]) => diffsOfFile(path, change));
}

/** The files, each with the first line that changes. */
export function changedPlaces(changes: FileChanges): ToolCallLocation[] {
  return sorted(changes).map(([path, change]) => {
    const place = change.type === "update" ? (change.move_path ?? path) : path;
    const line = change.type === "update" ? hunksOf(change.unified_diff)[0]?.line : undefined;
    return line === undefined ? { path: place } : { path: place, line };
  });
}

// helpers

function sorted(changes: FileChanges): [path: string, change: FileChange][] {
  return Object.entries(changes).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function diffsOfFile(path: string, change: FileChange): ToolCallContent[] {
  switch (change.type) {
    case "add":
      return [{ type: "diff", path, oldText: null, newText: change.content }];
    case "delete":
      return [{ type: "diff", path, oldText: change.content, newText: "" }];
    case "update": {
      const to = change.move_path ?? path;
      return hunksOf(change.unified_diff).map(({ oldText, newText }) => ({ type: "diff", path: to, oldText, newText }));
    }
  }
}

interface Hunk {
  /** First line in the new file, from 1. */
  line: number;
  oldText: string;
  newText: string;
}

/** The hunks of a unified diff without file headers. */
function hunksOf(diff: string): Hunk[] {
  const hunks: Hunk[] = [];
  for (const line of diff.split("\n")) {
    const header = /^@@(?: -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@)?/.exec(line);
    if (header !== null) hunks.push({ line: Math.max(1, Number(header[1] ?? 1)), oldText: "", newText: "" });
    const hunk = hunks.at(-1);
    if (header !== null || hunk === undefined) continue;
    const text = `${line.slice(1)}\n`;
    if (line.startsWith("-") || line.startsWith(" ")) hunk.oldText += text;
    if (line.startsWith("+") || line.startsWith(" ")) hunk.newText += text;
  }
  return hunks;
}
