import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planUndo } from "../src/plan.js";
import { sameEntry, type TreeChange, type TreeEntry } from "../src/tree-diff.js";
import { hasGitHere, link, open, remove, treeOf, turn, USER, useWorkspace, write } from "./workspace-folder.js";

const workspace = useWorkspace();
const REAL_RUNS = process.env["CODEX_TS_NIGHTLY"] ? 300 : 12;

type Tree = ReadonlyMap<string, TreeEntry>;

const names = fc.constantFrom("a", "b", "c", "d/e", "d/f");
const entry = fc.option(
  fc.record({ mode: fc.constantFrom("100644", "100755"), blob: fc.constantFrom("1", "2", "3") }),
  { nil: null },
);
const edit = fc.array(fc.tuple(names, entry), { maxLength: 4 });
const applied = (tree: Tree, edits: readonly (readonly [string, TreeEntry])[]): Tree => new Map([...tree, ...edits]);
const at = (tree: Tree, name: string): TreeEntry => tree.get(name) ?? null;

function difference(from: Tree, to: Tree): Map<string, TreeChange> {
  const changed = [...new Set([...from.keys(), ...to.keys()])].filter(
    (name) => !sameEntry(at(from, name), at(to, name)),
  );
  return new Map(changed.map((name) => [name, { from: at(from, name), to: at(to, name) }]));
}

describe("the plan", () => {
  it("touches exactly what the steps changed, and aims at the state before the first of them", () => {
    fc.assert(
      fc.property(
        edit,
        fc.array(fc.record({ agent: edit, person: edit }), { minLength: 1, maxLength: 4 }),
        (start, turns) => {
          let now = applied(new Map(), start);
          const steps = [];
          const first = new Map<string, TreeEntry>();
          for (const { agent, person } of turns) {
            const before = now;
            const after = applied(before, agent);
            now = applied(after, person);
            const changes = difference(before, after);
            for (const name of changes.keys()) if (!first.has(name)) first.set(name, at(before, name));
            steps.push({ changes, changedSince: difference(after, now) });
          }
          const plan = planUndo(steps);
          for (const change of plan) {
            expect(sameEntry(change.now, at(now, change.name))).toBe(true);
            expect(sameEntry(change.target, first.get(change.name) ?? null)).toBe(true);
          }
          const untouched = [...first].filter(([name]) => !plan.some((change) => change.name === name));
          for (const [name, target] of untouched) expect(sameEntry(at(now, name), target)).toBe(true);
        },
      ),
      { seed: 11, numRuns: 1000 },
    );
  });
});

/** Things that happen to files. */
const action = fc.oneof(
  fc.record({
    kind: fc.constant("write" as const),
    path: fc.constantFrom("a", "b", "d/e", "d/f/g", "d"),
    text: fc.string({ maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("remove" as const), path: fc.constantFrom("a", "b", "d", "d/f") }),
  fc.record({
    kind: fc.constant("link" as const),
    path: fc.constantFrom("a", "d/e", "l"),
    target: fc.constantFrom("a", "nowhere"),
  }),
);

function act(root: string, what: typeof action extends fc.Arbitrary<infer T> ? T : never): void {
  if (what.kind === "remove") return remove(root, what.path);
  const parts = what.path.split("/");
  // Whatever stands in the way goes first.
  for (let n = 1; n < parts.length; n++) {
    const parent = parts.slice(0, n).join("/");
    if (treeOf(root)[parent] !== undefined) remove(root, parent);
  }
  remove(root, what.path);
  if (what.kind === "write") write(root, what.path, what.text);
  else link(root, what.path, what.target);
}

describe.skipIf(!hasGitHere)("on disk", () => {
  it(
    `undoing all turns gives the tree before the first, and undoing that the tree after the last, ${REAL_RUNS} times`,
    { timeout: REAL_RUNS * 10_000 },
    async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(action),
          fc.array(fc.array(action, { minLength: 1 }), { minLength: 1, maxLength: 3 }),
          async (start, turns) => {
            run++;
            const root = `${workspace.root}/${run}`;
            write(root, "keep", "always");
            for (const what of start) act(root, what);
            const before = treeOf(root);
            const checkpoints = open({ ...workspace, root });
            for (const [n, actions] of turns.entries()) {
              await turn(checkpoints, `${n}`, () => actions.forEach((what) => act(root, what)));
            }
            const after = treeOf(root);
            const result = await checkpoints.undo(
              checkpoints.steps().map((step) => step.id),
              USER,
            );
            expect(result.failed).toEqual([]);
            expect(treeOf(root)).toEqual(before);
            if (result.stepId !== null) await checkpoints.undo([result.stepId], USER);
            expect(treeOf(root)).toEqual(after);
          },
        ),
        { seed: 4, numRuns: REAL_RUNS },
      );
    },
  );
});
