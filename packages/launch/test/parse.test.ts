/** The command line: what is understood, and how errors are worded. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseArguments, type ParsedLine } from "../src/index.js";
import { tool } from "./sample-command.js";

function parsed(line: string): ParsedLine {
  const result = parseArguments(tool, words(line));
  if (result.kind !== "run") throw new Error(JSON.stringify(result));
  return result.line;
}

/** Words of a line; `''` is an empty word. */
function words(line: string): string[] {
  return line === "" ? [] : line.split(" ").map((word) => (word === "''" ? "" : word));
}

/** Everything that was given, by command. */
function given(line: string): Record<string, unknown> {
  return Object.fromEntries(
    parsed(line).path.map((command) => [
      command.spec.name,
      {
        ...Object.fromEntries(command.given().map((name) => [name, command.values(name)])),
        words: (command.spec.arguments ?? []).flatMap(({ name }) => command.arguments(name)),
      },
    ]),
  );
}

describe("what is understood", () => {
  it.each<[line: string, command: string, expected: unknown]>([
    ["run task", "run", { words: ["task"] }],
    ["r task", "run", { words: ["task"] }],
    ["run -m a task", "run", { model: ["a"], words: ["task"] }],
    ["run -ma task", "run", { model: ["a"], words: ["task"] }],
    ["run -m=a task", "run", { model: ["a"], words: ["task"] }],
    ["run --model=a=b task", "run", { model: ["a=b"], words: ["task"] }],
    ["run --model= task", "run", { model: [""], words: ["task"] }],
    ["run -jm a task", "run", { json: ["true"], model: ["a"], words: ["task"] }],
    ["run --naked task", "run", { bare: ["true"], words: ["task"] }],
    ["run -", "run", { words: ["-"] }],
    ["run ''", "run", { words: [""] }],
    ["run -- --bare", "run", { words: ["--bare"] }],
    ["run -c a=1 -c b=2 x", "run", { set: ["a=1", "b=2"], words: ["x"] }],
    ["-c a=1 run -c b=2 x", "tool", { set: ["a=1"], words: [] }],
    ["run x -i a.png,b.png", "run", { image: ["a.png", "b.png"], words: ["x"] }],
    ["run -i a.png b.png", "run", { image: ["a.png", "b.png"], words: [] }],
    ["run -i a.png -- x", "run", { image: ["a.png"], words: ["x"] }],
    ["run -i a.png again --last", "run", { image: ["a.png"], words: [] }],
    ["run -i a.png again --last", "again", { last: ["true"], words: [] }],
    ["run -i again x", "run", { image: ["again", "x"], words: [] }],
    ["run again --json id -m a", "again", { json: ["true"], model: ["a"], words: ["id"] }],
    ["run again id prompt", "again", { words: ["id", "prompt"] }],
    ["run task again --last", "run", { words: ["task"] }],
    ["run again again", "again", { words: ["again"] }],
    ["group check -r f git --version -x", "check", { rules: ["f"], words: ["git", "--version", "-x"] }],
    ["group check -r f -- --odd", "check", { rules: ["f"], words: ["--odd"] }],
    ["run --model - x", "run", { model: ["-"], words: ["x"] }],
  ])("%s", (line, command, expected) => {
    expect(given(line)[command]).toEqual(expected);
  });

  it.each<[line: string, path: string[], long: boolean]>([
    ["-h", ["tool"], false],
    ["--help", ["tool"], true],
    ["help", ["tool"], true],
    ["help run again", ["tool", "run", "again"], true],
    ["run help again", ["tool", "run", "again"], true],
    ["run -h", ["tool", "run"], false],
    ["run -jh --bogus", ["tool", "run"], false],
    ["run again --help", ["tool", "run", "again"], true],
  ])("help: %s", (line, path, long) => {
    const result = parseArguments(tool, words(line));
    if (result.kind !== "help") throw new Error(result.kind);
    expect(result.path.map(({ name }) => name)).toEqual(path);
    expect(result.long).toBe(long);
  });

  it.each([
    ["--version", "tool 1.2"],
    ["-V", "tool 1.2"],
    ["run --version", "tool-run 1.2"],
  ])("version: %s", (line, text) => {
    expect(parseArguments(tool, words(line))).toEqual({ kind: "version", text });
  });
});

const RUN_USAGE = "Usage: tool run [OPTIONS] [PROMPT] [COMMAND]";
const CHOICES = "\n  [possible values: slow, fast]";

describe("what is wrong", () => {
  it.each<[line: string, first: string, rest: string[]]>([
    [
      "run --bogus-thing",
      "unexpected argument '--bogus-thing' found",
      ["  tip: to pass '--bogus-thing' as a value, use '-- --bogus-thing'", RUN_USAGE],
    ],
    ["run -Z", "unexpected argument '-Z' found", ["  tip: to pass '-Z' as a value, use '-- -Z'", RUN_USAGE]],
    ["run --mod x", "unexpected argument '--mod' found", ["  tip: a similar argument exists: '--model'", RUN_USAGE]],
    ["run --jsno x", "unexpected argument '--jsno' found", ["  tip: a similar argument exists: '--json'", RUN_USAGE]],
    [
      "--json run x",
      "unexpected argument '--json' found",
      ["  tip: 'run --json' exists", "Usage: tool [OPTIONS] <COMMAND>"],
    ],
    ["run -s", `a value is required for '--mode <MODE>' but none was supplied${CHOICES}`, []],
    ["run -m", "a value is required for '--model <MODEL>' but none was supplied", []],
    ["run -m --json", "a value is required for '--model <MODEL>' but none was supplied", []],
    ["run -i", "a value is required for '--image <FILE>...' but none was supplied", []],
    ["run -s odd x", `invalid value 'odd' for '--mode <MODE>'${CHOICES}`, []],
    ["run --count x y", "invalid value 'x' for '--count <N>': not a number", []],
    ["group shell zsh", "invalid value 'zsh' for '[NAME]'\n  [possible values: sh, fish]", []],
    ["run --json=1 x", "unexpected value '1' for '--json' found; no more were expected", [RUN_USAGE]],
    ["run --json --json x", "the argument '--json' cannot be used multiple times", [RUN_USAGE]],
    ["run -m a -m b x", "the argument '--model <MODEL>' cannot be used multiple times", [RUN_USAGE]],
    ["run --auto --naked x", "the argument '--auto' cannot be used with '--bare'", [RUN_USAGE]],
    ["run --naked --auto x", "the argument '--bare' cannot be used with '--auto'", [RUN_USAGE]],
    [
      "run again --last id",
      "the argument '--last' cannot be used with '[ID]'",
      ["Usage: tool run again [OPTIONS] [ID] [PROMPT]"],
    ],
    [
      "run again --title t",
      "the following required arguments were not provided:\n  --last",
      ["Usage: tool run again [OPTIONS] [ID] [PROMPT]"],
    ],
    [
      "group check",
      "the following required arguments were not provided:\n  --rules <PATH>\n  <COMMAND>...",
      ["Usage: tool group check [OPTIONS] <COMMAND>..."],
    ],
    ["run a b", "unexpected argument 'b' found", [RUN_USAGE]],
    ["run again a b c", "unexpected argument 'c' found", ["Usage: tool run again [OPTIONS] [ID] [PROMPT]"]],
    ["group nosuch", "unrecognized subcommand 'nosuch'", ["Usage: tool group [OPTIONS] <COMMAND>"]],
    [
      "group chekc",
      "unrecognized subcommand 'chekc'",
      ["  tip: a similar subcommand exists: 'check'", "Usage: tool group [OPTIONS] <COMMAND>"],
    ],
    ["help nosuch", "unrecognized subcommand 'nosuch'", ["Usage: tool [OPTIONS] <COMMAND>"]],
    [
      "run again --version",
      "unexpected argument '--version' found",
      ["  tip: to pass '--version' as a value, use '-- --version'", "Usage: tool run again [OPTIONS] [ID] [PROMPT]"],
    ],
  ])("%s", (line, first, rest) => {
    const text = [`error: ${first}`, ...rest, "For more information, try '--help'."].join("\n\n");
    expect(parseArguments(tool, words(line))).toEqual({ kind: "error", text: `${text}\n` });
  });

  it("a group without a command gets its short help", () => {
    const result = parseArguments(tool, ["group"]);
    expect(result).toMatchObject({
      kind: "error",
      text: expect.stringMatching(/^Things\n\nUsage: tool group \[OPTIONS\] <COMMAND>\n/),
    });
  });

  it("never throws, whatever the words are", () => {
    const word = fc.oneof(
      fc.constantFrom(
        "run",
        "r",
        "again",
        "group",
        "check",
        "help",
        "-",
        "--",
        "-i",
        "-m",
        "--model",
        "--model=",
        "-c",
        "--json",
        "-jm",
        "a=b",
        "",
        "-ix,y",
        "--=",
        "-é",
        "--last",
      ),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (line) => {
        const result = parseArguments(tool, line);
        expect(["run", "help", "version", "error"]).toContain(result.kind);
        expect(result.kind !== "error" || result.text.endsWith("\n")).toBe(true);
      }),
      { numRuns: process.env["CODEX_TS_NIGHTLY"] ? 100_000 : 1_000 },
    );
  });
});
