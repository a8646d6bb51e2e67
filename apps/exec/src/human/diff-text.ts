/** Words changes of files: what a patch is about to do, and the diff of a whole turn. Pure. */

import type { FileChanges } from "@codex-ts/protocol";
import { sanitise } from "./sanitise.js";
import type { Style } from "./style.js";

/** Lines of one file that are shown when a patch begins: the whole diff comes at the end of the turn. */
const LINES_PER_FILE = 20;

/** One line a file, and the beginning of what changes in it. */
export function changesText(changes: FileChanges, style: Style): string {
  return Object.entries(changes)
    .map(([path, change]) => {
      const name = sanitise(path);
      switch (change.type) {
        case "add":
          return `${style.agentPlain(`A ${name}`)}${body(change.content, style, style.green)}`;
        case "delete":
          return `${style.agentPlain(`D ${name}`)}${body(change.content, style, style.red)}`;
        case "update": {
          const head = change.move_path ? `R ${name} -> ${sanitise(change.move_path)}` : `M ${name}`;
          return `${style.agentPlain(head)}${body(change.unified_diff, style, diffLine(style))}`;
        }
      }
    })
    .join("\n");
}

/** A unified diff in colours. */
export function diffText(diff: string, style: Style): string {
  return sanitise(diff).trimEnd().split("\n").map(diffLine(style)).join("\n");
}

// helpers

function body(text: string, style: Style, paint: (line: string) => string): string {
  if (text === "") return "";
  const lines = sanitise(text).replace(/\n$/, "").split("\n");
  const shown = lines.slice(0, LINES_PER_FILE).map(paint);
  if (lines.length > LINES_PER_FILE) shown.push(style.dim(`… ${lines.length - LINES_PER_FILE} more lines`));
  return `\n${shown.join("\n")}`;
}

function diffLine(style: Style): (line: string) => string {
  return (line) => {
    if (line.startsWith("diff --git ")) return style.bold(line);
    if (line.startsWith("+++ ") || line.startsWith("--- ") || line.startsWith("index ")) return style.dim(line);
    if (line.startsWith("@@")) return style.cyan(line);
    if (line.startsWith("+")) return style.green(line);
    return line.startsWith("-") ? style.red(line) : line;
  };
}
