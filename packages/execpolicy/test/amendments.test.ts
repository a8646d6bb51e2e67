import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, symlink, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  AmendmentError,
  appendAllowRule,
  type Decision,
  evaluate,
  parseRules,
  Policy,
  proposeAmendment,
} from "../src/index.js";

const BUN = join(import.meta.dirname, "../../../node_modules/.bin/bun");

describe("proposals", () => {
  const propose = (rules: string, commands: string[][], fallback: (command: readonly string[]) => Decision) =>
    proposeAmendment(evaluate(new Policy(parseRules(rules, "p").rules), commands, fallback));
  const dangerous = (command: readonly string[]): Decision => (command[0] === "wc" ? "allow" : "prompt");

  it.each([
    ["the command that was asked for", "", [["wc"], ["printf", "1"], ["touch", "x"]], ["printf", "1"], null],
    [
      "a whole script that could not be split",
      "",
      [["/bin/bash", "-lc", "a > b"]],
      ["/bin/bash", "-lc", "a > b"],
      null,
    ],
    ["a command beside one that a rule allows", 'prefix_rule(["cat"])', [["cat"], ["rm", "x"]], ["rm", "x"], null],
    ["for an allowed run, its first command", "", [["wc", "x"]], ["wc", "x"], null],
    ["program and subcommand as well", "", [["git", "push", "-f"]], ["git", "push", "-f"], ["git", "push"]],
    [
      "two subcommands",
      "",
      [["npm", "run", "test", "--", "x"]],
      ["npm", "run", "test", "--", "x"],
      ["npm", "run", "test"],
    ],
    ["nothing short for options first", "", [["git", "-C", "x", "push"]], ["git", "-C", "x", "push"], null],
    ["nothing short for what runs anything", "", [["docker", "run", "x"]], ["docker", "run", "x"], null],
    ["nothing short when it is short", "", [["git", "push"]], ["git", "push"], null],
  ] as [string, string, string[][], string[], string[] | null][])("%s", (_, rules, commands, exact, short) => {
    expect(propose(rules, commands, dangerous)).toEqual({ exact, short });
  });

  it.each([
    ["a rule asks", 'prefix_rule(["rm"], decision="prompt")', [["rm"], ["touch"]], dangerous],
    ["a rule allowed a part of an allowed run", 'prefix_rule(["cat"])', [["cat"], ["wc"]], dangerous],
    ["the command is forbidden", 'prefix_rule(["rm"], decision="forbidden")', [["rm"], ["touch"]], dangerous],
    ["the heuristic forbids", "", [["rm"]], () => "forbidden"],
  ] as [string, string, string[][], typeof dangerous][])("none when %s", (_, rules, commands, fallback) => {
    expect(propose(rules, commands, fallback)).toBeNull();
  });
});

describe("appending", () => {
  let home: string;
  let file: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "execpolicy-append-"));
    file = join(home, "deep", "rules", "default.rules");
  });
  afterEach(() => rm(home, { recursive: true }));
  const text = () => readFile(file, "utf8");

  it("makes the folders and the file", async () => {
    await appendAllowRule(file, ["touch", "zz"]);
    expect(await text()).toBe('prefix_rule(pattern=["touch", "zz"], decision="allow")\n');
  });

  it("writes tokens as the original does", async () => {
    await appendAllowRule(file, ["/bin/bash", "-lc", 'mkdir -p q"u\\\\ote && printf "a b"']);
    expect(await text()).toBe(
      String.raw`prefix_rule(pattern=["/bin/bash", "-lc", "mkdir -p q\"u\\\\ote && printf \"a b\""], decision="allow")` +
        "\n",
    );
  });

  it.each([
    ["without a last line end", "# x", "# x\n"],
    ["with one", "# x\n", "# x\n"],
    ["with Windows line ends", "# x\r\n", "# x\r\n"],
    ["that is empty", "", ""],
  ])("keeps a file %s", async (_, before, kept) => {
    await mkdir(join(home, "deep", "rules"), { recursive: true });
    await writeFile(file, before);
    await appendAllowRule(file, ["a"]);
    expect(await text()).toBe(`${kept}prefix_rule(pattern=["a"], decision="allow")\n`);
  });

  it("does not repeat a line", async () => {
    await appendAllowRule(file, ["a"]);
    await appendAllowRule(file, ["b"]);
    await appendAllowRule(file, ["a"]);
    expect(await text()).toBe(
      'prefix_rule(pattern=["a"], decision="allow")\nprefix_rule(pattern=["b"], decision="allow")\n',
    );
  });

  it("writes through a link", async () => {
    const real = join(home, "real.rules");
    await writeFile(real, "");
    await mkdir(join(home, "deep", "rules"), { recursive: true });
    await symlink(real, file);
    await appendAllowRule(file, ["a"]);
    expect(await readFile(real, "utf8")).toContain('["a"]');
  });

  it("always writes what reads back as the same rule", async () => {
    const token = fc.string({ unit: "binary" }).filter((each) => each.isWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.array(token, { minLength: 1 }), async (prefix) => {
        await rm(file, { force: true });
        await appendAllowRule(file, prefix);
        const [rule, ...others] = parseRules(await text(), "default.rules").rules;
        expect(others).toEqual([]);
        expect([rule?.first, ...(rule?.rest ?? [])]).toEqual(prefix);
      }),
    );
  });

  it.each([
    [[], "prefix rule requires at least one token"],
    [["a\ud800"], "prefix rule tokens must be valid Unicode"],
  ])("refuses %j", async (prefix, message) => {
    await expect(appendAllowRule(file, prefix)).rejects.toEqual(new AmendmentError(file, message));
  });

  it("says which step failed", async () => {
    await writeFile(join(home, "deep"), "");
    await expect(appendAllowRule(file, ["a"])).rejects.toThrow(
      `failed to create policy directory ${join(home, "deep", "rules")}: Not a directory (os error 20)`,
    );
    await expect(appendAllowRule(home, ["a"])).rejects.toThrow(`failed to open policy file ${home}: Is a directory`);
    await expect(appendAllowRule("/", ["a"])).rejects.toThrow("policy path has no parent: /");
  });

  it("survives several writers at once", async () => {
    const tokens = Array.from({ length: 40 }, (_, index) => String(index));
    await Promise.all(tokens.map((token) => appendAllowRule(file, [token])));
    const { rules } = parseRules(await text(), "default.rules");
    expect(rules.map(({ first }) => Number(first)).sort((a, b) => a - b)).toEqual(tokens.map(Number));
  });

  it.skipIf(!existsSync(BUN))(
    "survives writers in several processes, which take turns by a lock (needs bun)",
    async () => {
      const source = join(import.meta.dirname, "..", "src", "index.ts");
      const script = `
        const { appendAllowRule } = await import(${JSON.stringify(source)});
        for (let index = 0; index < 25; index += 1) {
          await appendAllowRule(${JSON.stringify(file)}, [process.env.WRITER, String(index)]);
        }`;
      const writers = Array.from({ length: 4 }, (_, index) =>
        spawn(BUN, ["-e", script], {
          env: { ...process.env, WRITER: `w${index}` },
          stdio: ["ignore", "inherit", "inherit"],
        }),
      );
      const codes = await Promise.all(writers.map((writer) => once(writer, "exit")));
      expect(codes.map(([code]) => code)).toEqual([0, 0, 0, 0]);
      expect(parseRules(await text(), "default.rules").rules).toHaveLength(100);
    },
  );
});
