/** Patches that between them need every file operation, for tests of faults and kills. */

import { linkSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type Files, patchOf } from "./tables/patch-case.js";
import { readTree, temporaryTree } from "./temporary-tree.js";

export interface Scenario {
  readonly name: string;
  readonly files: Files;
  readonly sections: string;
  readonly after: Files;
  /** Links to make: name, and what it leads to; hard ones share the file. */
  readonly links?: readonly { readonly name: string; readonly target: string; readonly isHard: boolean }[];
}

export const SCENARIOS: readonly Scenario[] = [
  { name: "an update", files: { f: "a\n" }, sections: "*** Update File: f\n-a\n+A\n", after: { f: "A\n" } },
  {
    name: "an update of a hard-linked file",
    files: { f: "a\nlong tail\n" },
    links: [{ name: "h", target: "f", isHard: true }],
    sections: "*** Update File: f\n-a\n-long tail\n+A\n",
    after: { f: "A\n", h: "A\n" },
  },
  {
    name: "a hard-linked file that grows",
    files: { f: "a\n" },
    links: [{ name: "h", target: "f", isHard: true }],
    sections: "*** Update File: f\n a\n+much longer than before\n",
    after: { f: "a\nmuch longer than before\n", h: "a\nmuch longer than before\n" },
  },
  {
    name: "a bit of everything",
    files: { f: "a\n", d: "gone\n", m: "1\n2\n", over: "old\n", "dir/k": "keep\n", p: "file\n" },
    links: [{ name: "l", target: "f", isHard: false }],
    sections:
      "*** Add File: x/y/n\n+1\n*** Update File: f\n-a\n+A\n*** Delete File: d\n*** Delete File: l\n" +
      "*** Update File: m\n*** Move to: x/m\n-1\n+one\n*** Add File: over\n+new\n" +
      "*** Delete File: p\n*** Add File: p/q/r\n+2\n",
    after: { f: "A\n", "x/y/n": "1\n", "x/m": "one\n2\n", over: "new\n", "dir/k": "keep\n", "p/q/r": "2\n" },
  },
];

/** The scenario's folder and patch. */
export function setUp(scenario: Scenario): { cwd: string; patch: string; before: Files } {
  const cwd = temporaryTree(scenario.files);
  for (const { name, target, isHard } of scenario.links ?? []) {
    if (isHard) linkSync(join(cwd, target), join(cwd, name));
    else symlinkSync(target, join(cwd, name));
  }
  return { cwd, patch: patchOf(scenario.sections), before: readTree(cwd) };
}

/** The tree without the files that a commit makes for itself. */
export function userTree(cwd: string): Files {
  return Object.fromEntries(Object.entries(readTree(cwd)).filter(([path]) => !path.includes(".codex-patch")));
}

/** Whether any file that a commit makes for itself is there. */
export function ownFiles(cwd: string): string[] {
  return readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((path) => path.includes(".codex-patch"));
}
