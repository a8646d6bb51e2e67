/** Help and completion scripts, which are written from the same description as the parser reads. */

import { describe, expect, it } from "vitest";
import { completionScript, completionShells, helpText, type CommandSpec } from "../src/index.js";
import { tool } from "./sample-command.js";

function path(...names: string[]): CommandSpec[] {
  const specs = [tool];
  for (const name of names) {
    const sub = specs.at(-1)?.subcommands?.find((spec) => spec.name === name);
    if (sub === undefined) throw new Error(name);
    specs.push(sub);
  }
  return specs;
}

describe("help", () => {
  it("has usage, commands, arguments and options, and in its long form details and examples", () => {
    expect(helpText(path("run"), { long: true })).toBe(`Run something

Usage: tool run [OPTIONS] [PROMPT] [COMMAND]

Commands:
  again  Once more
  help   Print this message or the help of the given command

Arguments:
  [PROMPT]  What to do

Options:
  -i, --image <FILE>...  Pictures
  -m, --model <MODEL>    Model
                         More about it
  -s, --mode <MODE>      Speed [possible values: slow, fast]
      --count <N>        Times
      --auto             Automatic
      --bare             Bare
  -j, --json             As JSON
  -c, --set <key=value>  Set a key
  -h, --help             Print help (a summary with '-h')
  -V, --version          Print version

Examples:
  tool run "a task"
  tool run again --last
`);
  });

  it("leaves details and examples out of its short form", () => {
    const text = helpText(path("run"), { long: false });
    expect(text).not.toContain("More about it");
    expect(text).not.toContain("Examples");
  });

  it("shows aliases, and nothing that is hidden", () => {
    const text = helpText(path(), { long: true });
    expect(text).toContain("  run    Run something [aliases: r]\n");
    expect(text).not.toContain("ghost");
    expect(helpText(path("run"), { long: true })).not.toContain("secret");
  });

  it("lists global options of the commands above", () => {
    expect(helpText(path("run", "again"), { long: false })).toMatch(/--last[^]*--model[^]*--set/);
  });
});

it("breaks long texts, and puts long names on lines of their own", () => {
  const text = helpText(
    [
      {
        name: "x",
        about: "X",
        examples: [],
        options: [
          { long: "a-name-that-leaves-no-room-for-words", value: { name: "VALUE" }, help: "Short" },
          { long: "short", help: "word ".repeat(40).trim() },
        ],
      },
    ],
    { long: false },
  );
  expect(text).toContain("      --a-name-that-leaves-no-room-for-words <VALUE>\n               Short\n");
  expect(text).toMatch(/--short {2}word (word )+word\n {15}word word/);
  expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(100);
});

describe.each(completionShells)("completion for %s", (shell) => {
  const script = completionScript(shell, tool);

  it("knows every command, alias-free, and every option that is shown", () => {
    for (const word of ["run", "again", "group", "check", "image", "title", "rules"]) expect(script).toContain(word);
    expect(script).not.toContain("ghost");
    expect(script).not.toContain("secret");
  });

  it("is text that ends with a line break, without what a shell would carry out", () => {
    expect(script.endsWith("\n")).toBe(true);
    expect(script).not.toContain("`");
  });
});

it("elvish and PowerShell get one table entry a command", () => {
  expect(completionScript("elvish", tool)).toContain("&'tool;run;again'= {");
  expect(completionScript("elvish", tool)).toContain("set edit:completion:arg-completer[tool]");
  expect(completionScript("powershell", tool)).toContain("Register-ArgumentCompleter -Native -CommandName 'tool'");
  expect(completionScript("powershell", tool)).toContain("'tool;run;again' {");
});
