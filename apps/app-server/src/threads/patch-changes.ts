/** What a recorded patch changed, as far as the patch alone tells. Pure. */

import { isAbsolute, resolve } from "node:path";
import type { Patch, PatchSection } from "@codex-ts/apply-patch";
import type { FileChange, FileChanges } from "@codex-ts/protocol";

/** Changes by absolute path; none when the text is no patch. */
export function patchChanges(text: string, cwd: string, parse: (text: string) => Patch): FileChanges {
  let patch: Patch;
  try {
    patch = parse(text);
  } catch {
    return {}; // a model's attempt that was refused then, too
  }
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(cwd, path));
  return Object.fromEntries(
    patch.sections.map((section) => [absolute(section.path), changeOf(section, absolute)] as const),
  );
}

/** The lines' numbers, and the content that was deleted, are not in the patch. */
function changeOf(section: PatchSection, absolute: (path: string) => string): FileChange {
  switch (section.kind) {
    case "add":
      return { type: "add", content: section.content };
    case "delete":
      return { type: "delete", content: "" };
    case "update": {
      const movePath = section.movePath === null ? null : absolute(section.movePath);
      return { type: "update", unified_diff: section.chunks.map(chunkText).join(""), move_path: movePath };
    }
  }
}

const MARKS = { keep: " ", remove: "-", insert: "+" } as const;

function chunkText({ contexts, lines }: Extract<PatchSection, { kind: "update" }>["chunks"][number]): string {
  const heads = contexts.length === 0 ? ["@@"] : contexts.map((context) => `@@ ${context}`);
  return [...heads, ...lines.map(({ kind, text }) => MARKS[kind] + text)].map((line) => `${line}\n`).join("");
}
