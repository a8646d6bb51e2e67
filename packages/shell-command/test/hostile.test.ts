import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadShellAnalysis, quoteCommand, splitWords } from "../src/index.js";

const analysis = await loadShellAnalysis();
const linux = { platform: "linux" } as const;
const RUNS = process.env["CODEX_TS_NIGHTLY"] === undefined ? 2_000 : 100_000;

/** Every function on one argv; that it returns at all is the point. */
function everything(argv: string[]): { safe: boolean } {
  analysis.plainCommands(argv);
  analysis.commandsWithin(argv);
  analysis.commandActions(argv);
  analysis.isDangerous(argv, { platform: "win32" });
  analysis.isDestructive(argv);
  return { safe: analysis.isKnownSafe(argv, linux) };
}

describe("hostile scripts are answered, and not called safe", () => {
  it.each<[string, string]>([
    ["nested groups", "(".repeat(10_000)],
    ["closed nested groups", "(".repeat(10_000) + "rm x" + ")".repeat(10_000)],
    ["nested substitutions", "$(".repeat(3_000)],
    ["nested quoted substitutions", '"$('.repeat(2_000)],
    ["nested braces", "rm " + "{a,".repeat(10_000)],
    ["nested parameter expansions", "${".repeat(10_000)],
    ["backticks", "`".repeat(10_001)],
    ["here-documents", "<<A ".repeat(2_000)],
    ["ifs", "if ".repeat(20_000)],
    ["negations", "! ".repeat(50_000)],
    [
      "nested shells",
      Array.from({ length: 12 }).reduce<string>((script) => `bash -c ${quoteCommand([script])}`, "rm x"),
    ],
    ["carriers of carriers", "sudo ".repeat(10_000) + "rm x"],
    ["backslashes", "rm " + "\\".repeat(100_001)],
    ["NUL", "ls\0; rm x"],
    ["lone surrogates", "rm \uD800 x"],
    ["variables that set themselves", "a=$a; b=$a$b; $b $a"],
  ])("%s", (_, script) => {
    expect(everything(["bash", "-lc", script]).safe).toBe(false);
    expect(everything(["pwsh", "-c", script]).safe).toBe(false);
  });

  it.each<[string, string]>([
    ["a line of 10 MB", `ls ${"a".repeat(10_000_000)}`],
    ["200,000 words", `ls ${"a ".repeat(200_000)}`],
    ["50,000 commands", "ls;".repeat(50_000)],
    ["50,000 lines", "echo a\n".repeat(50_000)],
    ["10 MB of quotes", `ls "${"'".repeat(10_000_000)}"`],
  ])(
    "%s",
    (_, script) => {
      expect(everything(["bash", "-lc", script]).safe).toBe(true);
    },
    20_000,
  );
});

const PIECES = [
  ..."ls|rm|-rf|git|reset|x|'|\"|\\|$|`|(|)|{|}|[|]|<|>|&|;|\n|#|!|*|=|,|-|--|sudo|xargs|bash|-c|if|then|fi|a=b|$x|\\\n".split(
    "|",
  ),
  "|",
  " ",
  " ",
  "\r",
  "\t",
  "é",
];

describe("for any script", () => {
  const script = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(""));

  it("a safe one is plain and not dangerous", () => {
    fc.assert(
      fc.property(script, (text) => {
        const argv = ["bash", "-lc", text];
        if (!everything(argv).safe) return;
        expect(analysis.plainCommands(argv)).not.toBeNull();
        expect(analysis.isDangerous(argv, linux)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  it("the words of a plain one are found in it, in order", () => {
    fc.assert(
      fc.property(script, (text) => {
        const commands = analysis.plainCommands(["bash", "-lc", text]);
        let from = 0;
        for (const part of (commands ?? []).flat()) {
          const bare = part.replaceAll(/[^A-Za-z]/g, "");
          const at = bare === "" ? from : text.replaceAll(/[^A-Za-z]/g, "").indexOf(bare, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + bare.length;
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("splitting never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const words = splitWords(text);
        expect(words === null || Array.isArray(words)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});
