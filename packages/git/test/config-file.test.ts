import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGitConfig } from "../src/config-file.js";
import { git, hasGitHere, useFolder } from "./repositories.js";

const folder = useFolder();
const RUNS = process.env["CODEX_TS_NIGHTLY"] ? 2_000 : 60;

describe("a git config file", () => {
  it.each<[string, string, string[]]>([
    [
      "sections and subsections",
      '[core]\n\tbare = false\n[remote "Or\\"i gin"]\n  url=x\n',
      ["core||bare=false", 'remote|Or"i gin|url=x'],
    ],
    ["letter case", "[CORE]\nBare = x\n[branch.Main]\nKey=y", ["core||bare=x", "branch|main|key=y"]],
    ["a key without a value", "[a]\nflag\nother = 1", ["a||flag=true", "a||other=1"]],
    ["an empty value", "[a]\nk =\nl = 1", ["a||k=", "a||l=1"]],
    ["comments and blanks", '# c\n[a] ; c\n k =  v w  # c\n; c\n l = "x # y" ; c', ["a||k=v w", "a||l=x # y"]],
    ["escapes and continued lines", '[a]\nk = a\\tb\\\nc\\\\d\\"e\nl = 1', ['a||k=a\tbc\\d"e', "a||l=1"]],
    ["a variable on the section's line", "[a] k = v", ["a||k=v"]],
    ["Windows line ends", "[a]\r\nk = v\r\nl = w\r\n", ["a||k=v", "a||l=w"]],
    ["lines that are none", "[a]\n= x\n!\nk = v", ["a||k=v"]],
    ["nothing", "", []],
  ])("with %s", (_name, text, expected) => {
    expect(
      parseGitConfig(text).map((entry) => `${entry.section}|${entry.subsection ?? ""}|${entry.key}=${entry.value}`),
    ).toEqual(expected);
  });

  it.skipIf(!hasGitHere)("reads as git reads it", () => {
    const value = fc.string({ unit: fc.constantFrom("a", " ", '\\"', '"b c"', "\\\\", "\\t", ";", "\\\n", "=") });
    const line = fc
      .tuple(fc.constantFrom("k", "L-m"), fc.constantFrom(" = ", "=", " "), value)
      .map((parts) => parts.join(""));
    const section = fc.constantFrom("[s]", '[s "T x"]', "[s] # c", "[S.Y]");
    const file = fc.array(fc.tuple(section, fc.array(line)).map(([head, lines]) => [head, ...lines, ""].join("\n")));
    fc.assert(
      fc.property(file, (sections) => {
        const path = join(folder.path, "config");
        writeFileSync(path, sections.join(""));
        let listed: string;
        try {
          listed = git(folder.path, "config", "-f", path, "--list", "-z");
        } catch {
          // What git refuses, nobody is asked about.
          return;
        }
        const expected = listed.split("\0").slice(0, -1);
        const read = parseGitConfig(sections.join("")).map(({ section: name, subsection, key, value: text }) =>
          [`${name}${subsection === null ? "" : `.${subsection}`}.${key}`, text].join("\n"),
        );
        const noValue = (entry: string): string => (entry.includes("\n") ? entry : `${entry}\ntrue`);
        expect(read).toEqual(expected.map(noValue));
      }),
      { numRuns: RUNS, seed: 3 },
    );
  });
});
