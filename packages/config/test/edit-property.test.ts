import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyToJson, prune } from "../src/edit/meaning.js";
import { editToml, type ConfigEdit } from "../src/edit/plan.js";
import { printKey, printSection, printValue, isTableValue } from "../src/edit/print.js";
import { tomlToJson, type Json } from "../src/toml/nodes.js";
import { parseToml } from "../src/toml/parse.js";

const runs = process.env["CODEX_TS_NIGHTLY"] === undefined ? 400 : 20_000;

const name = fc.constantFrom("a", "b", "c", "a.b", "x y", "é", "__proto__");
const scalar = fc.oneof(
  fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(1.5, -0.25, 1e300),
);
const { tree } = fc.letrec<{ tree: Json; table: { [key: string]: Json } }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    tie("table"),
    fc.array(tie("table"), { maxLength: 2 }),
  ),
  table: fc.dictionary(name, tie("tree"), { maxKeys: 4, noNullPrototype: true }),
}));
const table = fc.dictionary(name, tree, { maxKeys: 5, noNullPrototype: true });

/** Writes a table in a mixture of styles, with comments. */
function render(value: { [key: string]: Json }, style: () => number): string {
  const lines: string[] = ["# head"];
  const sections: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    const choice = style() % 3;
    if (isTableValue(item) && choice === 0 && Object.keys(item).length > 0) {
      lines.push(
        ...Object.entries(item).map(
          ([inner, leaf]) => `${printKey(key)} . ${printKey(inner)} = ${printValue(leaf)} # dotted`,
        ),
      );
    } else if (isTableValue(item) && choice === 1) {
      sections.push(`# about ${sections.length}\n${printSection([key], item, false, "\n")}# tail\n`);
    } else if (Array.isArray(item) && item.length > 0 && item.every(isTableValue) && choice === 1) {
      sections.push(item.map((each) => printSection([key], each, true, "\n")).join("\n"));
    } else {
      lines.push(`${printKey(key)} = ${printValue(item)} # ${lines.length}`);
    }
  }
  return [lines.join("\n") + "\n", ...sections].join("\n");
}

const path = fc.array(name, { minLength: 1, maxLength: 3 });
const edit: fc.Arbitrary<ConfigEdit> = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), path, value: tree }),
  fc.record({ kind: fc.constant("remove" as const), path }),
);

const meaning = (text: string): Json => tomlToJson(parseToml({ file: null, text, folder: null, layer: null }).root);

describe("edits of arbitrary documents", () => {
  it("mean what was asked for, whatever the style of the document", () => {
    fc.assert(
      fc.property(
        table,
        fc.infiniteStream(fc.nat(8)),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (value, styles, edits) => {
          const text = render(value, () => styles.next().value ?? 0);
          let meant = meaning(text);
          expect(prune(meant)).toEqual(prune(value));
          for (const each of edits) {
            meant = applyToJson(meant, each);
          }
          expect(prune(meaning(editToml(text, edits)))).toEqual(prune(meant));
        },
      ),
      { numRuns: runs, seed: 92 },
    );
  });

  it("leave every byte alone when they change nothing", () => {
    fc.assert(
      fc.property(table, fc.infiniteStream(fc.nat(8)), (value, styles) => {
        const text = render(value, () => styles.next().value ?? 0);
        const edits = Object.entries(value).map(([key, item]): ConfigEdit => ({
          kind: "set",
          path: [key],
          value: item,
        }));
        expect(editToml(text, edits)).toBe(text);
      }),
      { numRuns: runs, seed: 92 },
    );
  });

  it("keep every comment on a line of its own when a value is set", () => {
    fc.assert(
      fc.property(table, fc.infiniteStream(fc.nat(8)), scalar, (value, styles, added) => {
        const text = render(value, () => styles.next().value ?? 0);
        const comments = (toml: string): string[] =>
          toml.split("\n").filter((line) => line.startsWith("# about") || line === "# head");
        expect(comments(editToml(text, [{ kind: "set", path: ["new", "key"], value: added }]))).toEqual(comments(text));
      }),
      { numRuns: runs, seed: 92 },
    );
  });
});
