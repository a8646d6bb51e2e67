import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BUILTIN_POLICY,
  checkCommand,
  checkPaths,
  failingExamples,
  LegacyPolicyError,
  parseLegacyPolicy,
  runLegacyCheck,
} from "../src/index.js";

const builtin = parseLegacyPolicy(BUILTIN_POLICY, "builtin");
const verdict = (command: string, policy = builtin) => {
  const [program = "", ...args] = command.split(" ").map((word) => (word === "''" ? "" : word));
  return checkCommand(policy, { program, args });
};

describe("the built-in policy", () => {
  it("does what its own examples say", () => {
    expect(failingExamples(builtin)).toEqual([]);
  });

  it.each([
    "ls",
    "ls -1 -a -l x y",
    "cat x",
    "head -n 5 -c 3 x",
    "printenv",
    "printenv PATH",
    "pwd -L -P",
    "rg x",
    "rg -A 1 --max-depth 2 -g *.ts --glob a -n -i -l --files x src",
    "sed -n 1,5p x",
    "sed -u -e 1,5p x y",
    "which -a -s ls",
  ])("%s is safe", (command) => {
    expect(verdict(command).result).toBe("safe");
  });

  it("says that cp may write", () => {
    expect(verdict("cp -r a b c")).toEqual({
      result: "match",
      match: {
        program: "cp",
        flags: [{ name: "-r" }],
        opts: [],
        args: [
          { index: 1, type: "ReadableFile", value: "a" },
          { index: 2, type: "ReadableFile", value: "b" },
          { index: 3, type: "WriteableFile", value: "c" },
        ],
        system_path: ["/bin/cp", "/usr/bin/cp"],
      },
    });
  });

  it("reports options with value and type", () => {
    expect(verdict("head -n 5 x")).toMatchObject({
      match: { opts: [{ name: "-n", value: "5", type: "PositiveInteger" }], args: [{ index: 2 }] },
    });
  });

  it.each([
    ["rm x", { type: "NoSpecForProgram", program: "rm" }],
    ["/bin/ls", { type: "NoSpecForProgram", program: "/bin/ls" }],
    ["ls --all", { type: "UnknownOption", program: "ls", option: "--all" }],
    ["rg --max-depth=1 x", { type: "UnknownOption", program: "rg", option: "--max-depth=1" }],
    ["ls --", { type: "DoubleDashNotSupportedYet", program: "ls" }],
    ["ls -", { type: "UnknownOption", program: "ls", option: "-" }],
    ["head x -n", { type: "OptionMissingValue", program: "head", option: "-n" }],
    ["head -n -c x", { type: "OptionFollowedByOptionInsteadOfValue", program: "head", option: "-n", value: "-c" }],
    ["head -n 0 x", { type: "InvalidPositiveInteger", value: "0" }],
    ["head -n 1x x", { type: "InvalidPositiveInteger", value: "1x" }],
    ["head -n 18446744073709551616 x", { type: "InvalidPositiveInteger", value: "18446744073709551616" }],
    ["cat", { type: "VarargMatcherDidNotMatchAnything", program: "cat", matcher: "ReadableFiles" }],
    ["cat ''", { type: "EmptyFileName" }],
    ["cp", { type: "NotEnoughArgs", program: "cp", args: [], arg_patterns: ["ReadableFiles", "WriteableFile"] }],
    ["cp a", { type: "VarargMatcherDidNotMatchAnything", program: "cp", matcher: "ReadableFiles" }],
    ["pwd x", { type: "UnexpectedArguments", program: "pwd", args: [{ index: 0, value: "x" }] }],
    ["rg", { type: "RangeEndOutOfBounds", end: 1, len: 0 }],
    ["printenv A B", { type: "UnexpectedArguments", program: "printenv", args: [{ index: 1, value: "B" }] }],
    ["sed s/a/b/ x", { type: "MissingRequiredOptions", program: "sed", options: ["-e"] }],
    ["sed -e s/a/b/ x", { type: "SedCommandNotProvablySafe", command: "s/a/b/" }],
    ["sed -e 5p x", { type: "SedCommandNotProvablySafe", command: "5p" }],
  ])("%s is unverified", (command, error) => {
    expect(verdict(command)).toEqual({ result: "unverified", error });
  });
});

describe("the language", () => {
  const policy = parseLegacyPolicy(
    `
forbid_substrings(["$(", "\`"])
forbid_program_regex("^(rm|.*sh)$", "no shells")
define_program(program="mv", args=[ARG_RFILE, ARG_WFILE], forbidden="moves things", should_match=[["a"]], should_not_match=[["a", "b"]])
define_program(program="sub", args=["status", ARG_UNVERIFIED_VARARGS, "end"])
define_program(program="two", args=[ARG_RFILES, ARG_RFILES_OR_CWD])
define_program(program="tight", args=[ARG_RFILE, ARG_RFILES_OR_CWD, ARG_WFILE], option_bundling=True, combined_format=True)
`,
    "p.policy",
  );

  it.each([
    ["bash x", { result: "forbidden", reason: "no shells" }],
    ["ls $(x)", { result: "forbidden", reason: "arg `$(x)` contains forbidden substring" }],
    [
      "sub status a b end",
      { result: "match", match: { args: [{ type: { Literal: "status" } }, { type: "Unknown" }, {}, {}] } },
    ],
    [
      "sub log end",
      { result: "unverified", error: { type: "LiteralValueDidNotMatch", expected: "status", actual: "log" } },
    ],
    ["two a", { error: { type: "MultipleVarargPatterns", first: "ReadableFiles", second: "ReadableFilesOrCwd" } }],
    ["tight a", { error: { type: "PrefixOverlapsSuffix" } }],
    ["tight a b", { result: "match" }],
  ])("%s", (command, expected) => {
    expect(verdict(command, policy)).toMatchObject(expected);
  });

  it("names the cause of a refusal", () => {
    expect(verdict("rm x", policy)).toMatchObject({
      cause: { Program: { program: "rm", exec_call: { program: "rm", args: ["x"] } } },
    });
    expect(verdict("ls `", policy)).toMatchObject({ cause: { Arg: { arg: "`", exec_call: { program: "ls" } } } });
    expect(verdict("mv a b", policy)).toMatchObject({
      reason: "moves things",
      cause: { Exec: { exec: { program: "mv" } } },
    });
  });

  it("checks examples only when asked", () => {
    expect(failingExamples(policy)).toEqual([
      { program: "mv", list: "should_match", args: ["a"] },
      { program: "mv", list: "should_not_match", args: ["a", "b"] },
    ]);
  });

  it.each([
    ['define_program(program="a", options=[flag("-a"), flag("-a")])', "duplicate flag: -a"],
    ['define_program(program="a", args=[1])', "expected an ARG_ constant or a string (got int)"],
    ['define_program(program="a", options=["-a"])', "options must be a list of flag() and opt() (got string)"],
    ['forbid_program_regex("(", "x")', "invalid regex: ("],
    ["prefix_rule()", "Variable `prefix_rule` not found"],
  ])("refuses %s", (source, message) => {
    expect(() => parseLegacyPolicy(source, "p")).toThrow(LegacyPolicyError);
    expect(() => parseLegacyPolicy(source, "p")).toThrow(message);
  });
});

describe("the second stage", () => {
  const exec = (command: string) => {
    const result = verdict(command);
    if (result.result !== "match" && result.result !== "safe") throw new Error(result.result);
    return result.match;
  };
  const rules = { cwd: "/w", readableFolders: ["/w", "/lib"], writeableFolders: ["/w/out"] };

  it.each([
    ["cp a out/b", null],
    ["cat /lib/../w/x", null],
    ["cp a b", { type: "WriteablePathNotInWriteableFolders", file: "/w/b", folders: ["/w/out"] }],
    ["cat ../x", { type: "ReadablePathNotInReadableFolders", file: "/x", folders: ["/w", "/lib"] }],
    ["cat /library", { type: "ReadablePathNotInReadableFolders", file: "/library", folders: ["/w", "/lib"] }],
  ])("%s", async (command, error) => {
    const checked = await checkPaths(exec(command), rules);
    expect("error" in checked ? checked.error : null).toEqual(error);
  });

  it("needs a folder for relative paths", async () => {
    const error = { type: "CannotCheckRelativePath", file: "x" };
    expect(await checkPaths(exec("cat x"), { ...rules, cwd: null })).toEqual({ error });
  });

  it("finds the executable, or leaves the name", async () => {
    expect(await checkPaths(exec("ls"), rules)).toEqual({ program: "/bin/ls" });
    expect(await checkPaths({ ...exec("ls"), system_path: ["/none/ls", "/etc/passwd"] }, rules)).toEqual({
      program: "ls",
    });
  });
});

describe("the program", () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "execpolicy-legacy-"));
    await writeFile(join(dir, "p.policy"), 'forbid_program_regex("^rm$", "no")');
    await writeFile(join(dir, "bad.policy"), "x = [");
  });
  afterAll(() => rm(dir, { recursive: true }));

  async function run(args: string[]) {
    let stdout = "";
    let stderr = "";
    const code = await runLegacyCheck(args, { stdout: (text) => (stdout += text), stderr: (text) => (stderr += text) });
    return { code, stdout, stderr };
  }

  it.each([
    [["check", "pwd"], 0, "safe"],
    [["--require-safe", "check", "pwd"], 0, "safe"],
    [["check", "cp", "a", "b"], 0, "match"],
    [["--require-safe", "check", "cp", "a", "b"], 12, "match"],
    [["--require-safe", "check", "rm"], 13, "unverified"],
    [["check-json", '{"program":"ls","args":["-l"]}'], 0, "safe"],
    [["check-json", '{"program":"pwd"}'], 0, "safe"],
  ])("%j exits with %d", async (args, code, result) => {
    const { stdout, ...rest } = await run(args);
    expect(rest).toEqual({ code, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^\\{"result":"${result}",.*\\}\\n$`));
  });

  it("takes a policy file", async () => {
    const { code, stdout } = await run(["--require-safe", "-p", join(dir, "p.policy"), "check", "rm"]);
    expect(code).toBe(14);
    expect(stdout).toBe(
      '{"result":"forbidden","reason":"no","cause":{"Program":{"program":"rm","exec_call":{"program":"rm","args":[]}}}}\n',
    );
  });

  it.each([
    [["check"], 1, "no command provided\n"],
    [["check-json", "{"], 1, "Error: expected JSON"],
    [["check-json", '{"program":"a","args":[1]}'], 1, "Error: expected JSON"],
    [["-p", "/none", "check", "ls"], 1, "Error: failed to read policy at /none: No such file"],
    [["--bogus"], 2, "error: unexpected argument '--bogus' found"],
    [["nope"], 2, "error: unrecognized subcommand 'nope'"],
    [["-p"], 2, "error: a value is required"],
    [[], 2, "error: a subcommand is required"],
  ])("%j fails with %d", async (args, code, text) => {
    const { stderr, ...rest } = await run(args);
    expect(rest).toEqual({ code, stdout: "" });
    expect(stderr).toContain(text);
  });

  it("shows where a policy file is broken", async () => {
    const { code, stderr } = await run(["-p", join(dir, "bad.policy"), "check", "ls"]);
    expect(code).toBe(1);
    expect(stderr).toContain("bad.policy:1:6");
  });
});

it.skipIf(spawnSync("bun", ["--version"]).status !== 0)("codex-execpolicy-legacy is a program", () => {
  const entry = fileURLToPath(new URL("../src/legacy/program-entry.ts", import.meta.url));
  const args = ["--conditions=@codex-ts/source", entry, "--require-safe", "check", "cp", "a", "b"];
  const { status, stdout } = spawnSync("bun", args, { encoding: "utf8" });
  expect([status, JSON.parse(stdout)]).toMatchObject([12, { result: "match", match: { program: "cp" } }]);
});
