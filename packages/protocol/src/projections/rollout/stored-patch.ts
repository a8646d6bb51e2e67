/** What a stored patch meant to change, from its text alone: the files may have changed since. */

import type { FileChange, FileChanges } from "../../commands.js";

const fileLine = /^\*\*\* (Add|Delete|Update) File: (.*)$/;
const moveLine = /^\*\*\* Move to: (.*)$/;

/** @returns changes by the paths of the patch; a deleted file's content is not in a patch and stays empty */
export function changesOfPatch(patch: string): FileChanges {
  const changes: FileChanges = {};
  let body: string[] = [];
  let open: { kind: string; path: string; moveTo: string | null } | undefined;
  const close = () => {
    if (open !== undefined) changes[open.path] = changeOf(open.kind, open.moveTo, body);
    body = [];
  };
  for (const line of patch.split("\n")) {
    const [, kind, path] = fileLine.exec(line) ?? [];
    if (kind !== undefined && path !== undefined) {
      close();
      open = { kind, path: path.trim(), moveTo: null };
      continue;
    }
    const [, moveTo] = moveLine.exec(line) ?? [];
    if (moveTo !== undefined && open !== undefined) open.moveTo = moveTo.trim();
    else if (!line.startsWith("*** ")) body.push(line);
  }
  close();
  return changes;
}

function changeOf(kind: string, moveTo: string | null, body: readonly string[]): FileChange {
  switch (kind) {
    case "Add": {
      const lines = body.filter((line) => line.startsWith("+")).map((line) => `${line.slice(1)}\n`);
      return { type: "add", content: lines.join("") };
    }
    case "Delete":
      return { type: "delete", content: "" };
    default:
      return { type: "update", unified_diff: body.join("\n"), move_path: moveTo };
  }
}
