import * as fc from "fast-check";
import { parse as parseReference } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parseToml, tomlToJson, TomlSyntaxError, type Json } from "../src/index.js";
import { printKey, printValue } from "../src/edit/print.js";
import { snippet, textRange } from "../src/toml/position.js";

const runs = process.env["CODEX_TS_NIGHTLY"] === undefined ? 500 : 50_000;
const source = (text: string) => ({ file: null, text, folder: null, layer: null });
const read = (text: string): Json => tomlToJson(parseToml(source(text)).root);

/** What another TOML library makes of a text: its value, or null for a refusal. */
function reference(text: string): unknown {
  try {
    return JSON.parse(JSON.stringify(parseReference(text)));
  } catch {
    return null;
  }
}

describe("TOML", () => {
  it.each<[string, unknown]>([
    ["a = 1 # c", { a: 1 }],
    ["a.b.c = 1\na.d = 2", { a: { b: { c: 1 }, d: 2 } }],
    ["[a.b]\nc = 1\n[a]\nd = 2", { a: { b: { c: 1 }, d: 2 } }],
    ["[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3", { a: [{ b: 1 }, { b: 2, c: { d: 3 } }] }],
    ['a = """\none\\\n   two\n"""', { a: "onetwo\n" }],
    ['a = """a""b""""', { a: 'a""b"' }],
    ["a = '''x''y'''''", { a: "x''y''" }],
    ["a = '\\n'", { a: "\\n" }],
    ['a = "\\u00e9\\U0001F600\\x41\\e"', { a: "é😀A\u001b" }],
    ["a = [1, 2.5, 'x', [true],\n # comment\n]", { a: [1, 2.5, "x", [true]] }],
    ["a = { b = 1, c.d = 2,\n }", { a: { b: 1, c: { d: 2 } } }],
    ["a = 0xFF\nb = 0o17\nc = 0b101\nd = 1_000\ne = +5\nf = -0", { a: 255, b: 15, c: 5, d: 1000, e: 5, f: 0 }],
    ["a = 1e3\nb = -1.5E-2\nc = 6.02_2e2_3", { a: 1000, b: -0.015, c: 6.022e23 }],
    ["\"a b\".'c.d' . e = 1", { "a b": { "c.d": { e: 1 } } }],
    ['"" = 1\n1 = 2\n- = 3', { "": 1, 1: 2, "-": 3 }],
    ["a = 1\r\nb = 2\r\n", { a: 1, b: 2 }],
    ["__proto__ = 1\nconstructor = 2", { ["__proto__"]: 1, constructor: 2 }],
    ["", {}],
    ["# only a comment", {}],
  ])("%j", (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each([
    ["1979-05-27T07:32:00Z"],
    ["1979-05-27 07:32:00.999-07:00"],
    ["1979-05-27T07:32"],
    ["1979-05-27"],
    ["07:32:00.5"],
    ["2024-02-29"],
  ])("a date is kept as written: %s", (text) => {
    expect(parseToml(source(`a = ${text}`)).root.entries.get("a")?.value).toMatchObject({
      kind: "datetime",
      value: text,
    });
  });

  it.each([
    ["a = 2023-02-29"],
    ["a = 24:00:00"],
    ["a = 1\rb = 2"],
    ["a = 'x\ny'"],
    ["[a]\nb = 1\n[a.b]"],
    ["[a]\n[a.b.c]\n[a]"],
    ["a = {}\n[a.b]"],
    ["a = {b.c = 1, b = 2}"],
    ["a = []\n[[a]]"],
    ["[a.b.c]\nx = 1\n[a]\nb.y = 2"],
    ["[[a.b]]\n[a]\nb = 1"],
    ["a = nan1"],
    ["a = 0x"],
    ["a = 0xG"],
    ["a = -0x1"],
    ["a = 1e"],
    ["a = _1"],
    ["a = [1,,2]"],
    ["a = {,}"],
    ["[ ]"],
    ["[[a]"],
    ['"""a""" = 1'],
    ["a = \u007f"],
  ])("%j is refused", (text) => {
    expect(() => parseToml(source(text))).toThrow(TomlSyntaxError);
  });

  it("depth that would break the stack is refused", () => {
    expect(() => parseToml(source(`a = ${"[".repeat(100_000)}`))).toThrow("nested too deeply");
    expect(() => parseToml(source(`a = ${"{a=".repeat(100_000)}`))).toThrow("nested too deeply");
  });
});

describe("against another library", () => {
  const piece = fc.constantFrom(
    ..."a b \" ' = . , [ ] { } # \n \r\n \t \\ 1 0 - + _ e x T : Z é true false nan inf 1979-05-27 07:32:00 \"\"\" ''' [[ ]] [a] [a.b] a=1 b={} \\u0041".split(
      " ",
    ),
    " ",
    "\n",
  );

  it("arbitrary pieces are read alike, or refused by both", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join("");
        const expected = reference(text);
        fc.pre(expected !== null || !/[{\r\t]|\\x|\\e/.test(text));
        let actual: unknown;
        try {
          actual = JSON.parse(JSON.stringify(read(text)));
        } catch (error) {
          if (!(error instanceof TomlSyntaxError)) {
            throw error;
          }
          actual = null;
        }
        const dated = /\d{4}-|\d:/.test(text);
        expect([text, dated ? actual === null : actual]).toEqual([text, dated ? expected === null : expected]);
      }),
      { numRuns: runs * 10, seed: 92 },
    );
  });

  it("what we print is read back by both", () => {
    const scalar = fc.oneof(
      fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
      fc.integer(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value)),
      fc.boolean(),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
        fc.array(scalar),
        (key, value) => {
          const text = `${printKey(key)} = ${printValue(value)}`;
          const expected = { [key]: value.map((item) => (Object.is(item, -0) ? 0 : item)) };
          const plain = (json: unknown): unknown => JSON.parse(JSON.stringify(json));
          expect(plain(read(text))).toEqual(plain(expected));
          expect(reference(text)).toEqual(plain(expected));
        },
      ),
      { numRuns: runs, seed: 92 },
    );
  });
});

describe("places", () => {
  it("columns count characters, not bytes or UTF-16 units", () => {
    const text = 'é😀 = "x"';
    expect(textRange(source(text), { start: 6, end: 9 })).toEqual({
      start: { line: 1, column: 6 },
      end: { line: 1, column: 8 },
    });
  });

  it("the line at fault is shown underlined", () => {
    const text = 'a = 1\napproval_policy = "bogus"\n';
    const range = textRange(source(text), { start: 24, end: 31 });
    expect(snippet(text, range)).toBe('  |\n2 | approval_policy = "bogus"\n  |                   ^^^^^^^');
  });

  it("a range over several lines is shown by its first character", () => {
    const text = "a = [\n1\n]";
    expect(snippet(text, textRange(source(text), { start: 4, end: 9 }))).toBe("  |\n1 | a = [\n  |     ^");
  });
});
