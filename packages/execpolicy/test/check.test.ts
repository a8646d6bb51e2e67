import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runExecPolicyCheck } from "../src/index.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "execpolicy-check-"));
});
afterAll(() => rm(dir, { recursive: true }));

async function run(args: string[], options: { flagProblem?: string } = {}) {
  let stdout = "";
  let stderr = "";
  const code = await runExecPolicyCheck(args, {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    checkSharedFlags: () => options.flagProblem ?? null,
  });
  return { code, stdout, stderr };
}

async function file(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, text);
  return path;
}

const match = (matchedPrefix: string[], decision: string) => ({ prefixRuleMatch: { matchedPrefix, decision } });

describe("output", () => {
  it.each([
    ['prefix_rule(pattern=["git","status"])', "git status -s", [match(["git", "status"], "allow")], "allow"],
    ['prefix_rule(pattern=["git","status"])', "git log", [], null],
    [
      'prefix_rule(pattern=[["npm","yarn"],["i","install"]],decision="prompt")',
      "yarn install x",
      [match(["yarn", "install"], "prompt")],
      "prompt",
    ],
    [
      'prefix_rule(["a"])\nprefix_rule(["a","b"],decision="prompt")\nprefix_rule(["a","b","c"],decision="forbidden")',
      "a b c",
      [match(["a"], "allow"), match(["a", "b"], "prompt"), match(["a", "b", "c"], "forbidden")],
      "forbidden",
    ],
    [
      'prefix_rule(["a"],decision="forbidden")\nprefix_rule(["a","b"])',
      "a b",
      [match(["a"], "forbidden"), match(["a", "b"], "allow")],
      "forbidden",
    ],
    ['prefix_rule(pattern=[["a","a"]])', "a", [match(["a"], "allow"), match(["a"], "allow")], "allow"],
    ["", "a", [], null],
  ])("%j checks %j", async (rules, command, matchedRules, decision) => {
    const path = await file("a.rules", rules);
    const { code, stdout } = await run(["--rules", path, ...command.split(" ")]);
    expect(code).toBe(0);
    expect(stdout).toBe(`${JSON.stringify({ matchedRules, ...(decision === null ? {} : { decision }) })}\n`);
  });

  it("has the justification, and the keys in the original's order", async () => {
    const path = await file("a.rules", 'prefix_rule(pattern=["rm"],decision="forbidden",justification="use trash")');
    expect((await run(["-r", path, "--", "rm", "-rf", "/"])).stdout).toBe(
      '{"matchedRules":[{"prefixRuleMatch":{"matchedPrefix":["rm"],"decision":"forbidden","justification":"use trash"}}],"decision":"forbidden"}\n',
    );
  });

  it("matches an empty word", async () => {
    const path = await file("a.rules", 'prefix_rule([""])');
    expect((await run([`--rules=${path}`, ""])).stdout).toContain('"matchedPrefix":[""]');
  });

  it("merges several files in order", async () => {
    const first = await file("1.rules", 'prefix_rule(["git","status"])');
    const second = await file("2.rules", 'prefix_rule(["git"],decision="prompt")');
    expect(JSON.parse((await run(["--rules", first, "--rules", second, "git", "status"])).stdout)).toEqual({
      matchedRules: [match(["git", "status"], "allow"), match(["git"], "prompt")],
      decision: "prompt",
    });
  });

  it("is indented with --pretty and then says which rule decided", async () => {
    const path = await file("a.rules", '\nprefix_rule(["a"])\nprefix_rule(["a","b"],decision="prompt")');
    const { stdout } = await run(["--pretty", "--rules", path, "a", "b"]);
    expect(stdout).toMatch(/^\{\n {2}"matchedRules": \[\n {4}\{\n/);
    expect(JSON.parse(stdout)).toMatchObject({ decision: "prompt", decidedBy: [{ file: path, line: 3 }] });
    expect((await run(["--pretty", "--rules", path, "x"])).stdout).toBe('{\n  "matchedRules": []\n}\n');
  });

  it("takes every word after the first of the command", async () => {
    const path = await file("a.rules", 'prefix_rule(["-x", "--pretty"])');
    expect((await run(["--rules", path, "-x", "--pretty", "--", "b"])).stdout).toContain('["-x","--pretty"]');
  });

  it("matches restrictions behind paths and wrappers, as a session would", async () => {
    const path = await file("a.rules", 'prefix_rule(["rm"], decision="forbidden")');
    expect((await run(["--rules", path, "sudo", "/bin/rm"])).stdout).toContain('"matchedPrefix":["sudo","/bin/rm"]');
  });
});

describe("errors", () => {
  it("of reading", async () => {
    const missing = join(dir, "none");
    expect(await run(["--rules", missing, "a"])).toEqual({
      code: 1,
      stdout: "",
      stderr: `Error: failed to read policy at ${missing}\n\nCaused by:\n    No such file or directory (os error 2)\n`,
    });
    expect((await run(["--rules", dir, "a"])).stderr).toContain("    Is a directory (os error 21)\n");
    const bytes = await file("bytes.rules", new Uint8Array([0xff]));
    expect((await run(["--rules", bytes, "a"])).stderr).toContain("    stream did not contain valid UTF-8\n");
  });

  it("of parsing", async () => {
    const path = await file("bad.rules", 'fail("a\\n\\nb")');
    const { code, stderr } = await run(["--rules", path, "a"]);
    expect(code).toBe(1);
    expect(stderr).toBe(`Error: failed to parse policy at ${path}

Caused by:
    starlark error: Traceback (most recent call last):
      * ${path}:1, in <module>
          fail("a\\n\\nb")
    error: fail: a
    
    b
     --> ${path}:1:1
      |
    1 | fail("a\\n\\nb")
      | ^^^^^^^^^^^^^^
      |
    
`);
  });

  const usage = "Usage: codex execpolicy check --rules <PATH> <COMMAND>...\n";
  const hint = "\nFor more information, try '--help'.\n";
  it.each([
    [
      [],
      `error: the following required arguments were not provided:\n  --rules <PATH>\n  <COMMAND>...\n\n${usage}${hint}`,
    ],
    [["--rules", "x"], `error: the following required arguments were not provided:\n  <COMMAND>...\n\n${usage}${hint}`],
    [
      ["--rules", "x", "--"],
      `error: the following required arguments were not provided:\n  <COMMAND>...\n\n${usage}${hint}`,
    ],
    [
      ["a", "--rules", "x"],
      `error: the following required arguments were not provided:\n  --rules <PATH>\n\n${usage}${hint}`,
    ],
    [["-rx", "a"], `error: the following required arguments were not provided:\n  --rules <PATH>\n\n${usage}${hint}`],
    [["--rules"], `error: a value is required for '--rules <PATH>' but none was supplied\n${hint}`],
    [["--rules", "", "a"], `error: a value is required for '--rules <PATH>' but none was supplied\n${hint}`],
    [["--rules", "x", "-c"], `error: a value is required for '--config <key=value>' but none was supplied\n${hint}`],
    [
      ["--pretty", "--pretty", "--rules", "x", "a"],
      `error: the argument '--pretty' cannot be used multiple times\n\nUsage: codex execpolicy check [OPTIONS] --rules <PATH> <COMMAND>...\n${hint}`,
    ],
    [
      ["--rules", "x", "--pretty=1", "a"],
      `error: unexpected value '1' for '--pretty' found; no more were expected\n\nUsage: codex execpolicy check --rules <PATH> --pretty <COMMAND>...\n${hint}`,
    ],
  ])("of usage: %j", async (args, stderr) => {
    expect(await run(args)).toEqual({ code: 2, stdout: "", stderr });
  });

  it("of the flags that all commands share come from who knows them", async () => {
    const path = await file("a.rules", "");
    expect(await run(["--rules", path, "--enable", "x", "a"], { flagProblem: "Unknown feature flag: x" })).toEqual({
      code: 1,
      stdout: "",
      stderr: "Error: Unknown feature flag: x\n",
    });
    expect((await run(["-c", "a=b", "--rules", path, "a"])).code).toBe(0);
  });
});

it("prints help", async () => {
  const { code, stdout } = await run(["-h"]);
  expect(code).toBe(0);
  expect(stdout).toContain("Usage: codex execpolicy check [OPTIONS] --rules <PATH> <COMMAND>...");
});
