/** The tools that look at files: list_dir, read_file, grep_files. */

import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { grepFilesTool } from "../../src/tools/grep-files.js";
import { listDirTool } from "../../src/tools/list-dir.js";
import { readFileTool } from "../../src/tools/read-file.js";
import { TurnAborted } from "../../src/turn/turn.js";
import { callTool } from "../support/call-tool.js";

const root = realpathSync(mkdtempSync(join(tmpdir(), "codex-reading-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
/** A folder with these files; a name that ends in `/` is a folder. */
function folder(files: Record<string, string> = {}): string {
  const path = join(root, String((folders += 1)));
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, name, name.endsWith("/") ? "." : ".."), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(join(path, name), text);
  }
  return path;
}

describe("list_dir", () => {
  const tree = folder({ "deep/z.py": "", "deep/deeper/": "", "deep/deeper/hidden": "", "a.txt": "" });
  symlinkSync("deep", join(tree, "link"));
  execFileSync("mkfifo", [join(tree, "pipe")]);
  const list = (args: Record<string, unknown> = {}): Promise<unknown> =>
    callTool(listDirTool, { dir_path: tree, ...args });

  it("lists two levels with marks for kinds", async () => {
    expect(await list()).toBe(`Absolute path: ${tree}\na.txt\ndeep/\n  deeper/\n  z.py\nlink@\npipe?`);
  });

  it.each([
    { args: { depth: 1 }, lines: ["a.txt", "deep/", "link@", "pipe?"] },
    { args: { depth: 3, limit: 4 }, lines: ["a.txt", "deep/", "  deeper/", "    hidden", "More than 4 entries found"] },
    { args: { offset: 5 }, lines: ["link@", "pipe?"] },
    { args: { offset: 2, limit: 1 }, lines: ["deep/", "More than 1 entries found"] },
  ])("takes its part with $args", async ({ args, lines }) => {
    expect(await list(args)).toBe([`Absolute path: ${tree}`, ...lines].join("\n"));
  });

  it.each([
    { args: { dir_path: "rel" }, text: "dir_path must be an absolute path" },
    { args: { offset: 0 }, text: "offset must be a 1-indexed entry number" },
    { args: { limit: 0 }, text: "limit must be greater than zero" },
    { args: { depth: 0 }, text: "depth must be greater than zero" },
    { args: { offset: 7 }, text: "offset exceeds directory entry count" },
    { args: { dir_path: "/no/such" }, text: "failed to read directory: No such file or directory (os error 2)" },
    { args: { dir_path: "/etc/passwd" }, text: "failed to read directory: Not a directory (os error 20)" },
  ])("refuses $args", async ({ args, text }) => {
    expect(await list(args)).toBe(text);
  });

  it("sorts by whole paths", async () => {
    const path = folder({ "d/x": "", "d-2": "", "d.txt": "", d0: "" });
    expect(await list({ dir_path: path })).toBe(`Absolute path: ${path}\nd/\nd-2\nd.txt\n  x\nd0`);
  });

  it("ends with the turn, also in the middle of a whole disk", async () => {
    const whole = { dir_path: "/", depth: 50, offset: 1_000_000_000 };
    const cutShort = callTool(listDirTool, whole, { signal: AbortSignal.timeout(20) });
    await expect(cutShort).rejects.toThrow(TurnAborted);
  });

  it("says only where an empty folder is", async () => {
    const empty = folder();
    expect(await list({ dir_path: empty })).toBe(`Absolute path: ${empty}`);
  });

  it("cuts long names at a character", async () => {
    const long = "é".repeat(127);
    const path = folder({ [`${long}/`]: "", [`${long}/${long}/`]: "", [`${long}/${long}/x`]: "" });
    const output = String(await list({ dir_path: path, depth: 3 }));
    expect(output).not.toContain("\uFFFD");
    expect(output).toContain("    x");
  });

  it("goes on past a folder that cannot be read", async (context) => {
    // Root can read everything, so another user lists it.
    const path = folder({ "closed/": "", "open/f": "" });
    execFileSync("chmod", ["-R", "a+rX", root]);
    execFileSync("chmod", ["000", join(path, "closed")]);
    const script = `
      import { listDirTool } from ${JSON.stringify(join(import.meta.dirname, "../../src/tools/list-dir.ts"))};
      const payload = { kind: "function", arguments: JSON.stringify({ dir_path: ${JSON.stringify(path)} }) };
      const { signal } = new AbortController();
      console.log(await listDirTool.run({ callId: "", name: "", payload }, { signal }));`;
    const bun = join(import.meta.dirname, "../../../../node_modules/.bin/bun");
    const asNobody = (...argv: string[]): string =>
      execFileSync("setpriv", ["--reuid=65534", "--clear-groups", ...argv], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
        cwd: "/",
      });
    try {
      asNobody(bun, "--version");
    } catch {
      context.skip("no other user can run here: no setpriv, or the checkout is not readable");
    }
    const output = asNobody(bun, "--conditions=@codex-ts/source", "-e", script);
    expect(output).toBe(`Absolute path: ${path}\nclosed/ [cannot be read]\nopen/\n  f\n`);
  });
});

describe("read_file", () => {
  const lines = folder({
    plain: "one\r\ntwo\n\nfour",
    long: `${"é".repeat(400)}\n${"x".repeat(100_000)}\nend\n`,
    empty: "",
    "code.py": `import os

# about A
class A:
    x = 1

    # about f
    def f(self):
        a = 1

        if a:
            return a
        return 0

    def g(self):
        return 2

def other():
    pass
`,
  });
  writeFileSync(join(lines, "latin"), Buffer.from([0x61, 0xe9, 0x0a]));
  execFileSync("mkfifo", [join(lines, "pipe")]);
  writeFileSync(join(lines, "huge"), "");
  truncateSync(join(lines, "huge"), 2 ** 36);
  const read = (name: string, args: Record<string, unknown> = {}): Promise<unknown> =>
    callTool(readFileTool, { file_path: name.startsWith("/") ? name : join(lines, name), ...args });

  it.each([
    { name: "plain", args: {}, expected: "L1: one\nL2: two\nL3: \nL4: four" },
    { name: "plain", args: { offset: 2, limit: 2 }, expected: "L2: two\nL3: " },
    { name: "latin", args: {}, expected: "L1: a\uFFFD" },
    { name: "long", args: {}, expected: `L1: ${"é".repeat(250)}\nL2: ${"x".repeat(500)}\nL3: end` },
  ])("reads $name $args", async ({ name, args, expected }) => {
    expect(await read(name, args)).toBe(expected);
  });

  it.each([
    { name: "plain", args: { file_path: "rel" }, text: "file_path must be an absolute path" },
    { name: "plain", args: { offset: 0 }, text: "offset must be a 1-indexed line number" },
    { name: "plain", args: { limit: 0 }, text: "limit must be greater than zero" },
    { name: "plain", args: { offset: 5 }, text: "offset exceeds file length" },
    { name: "empty", args: {}, text: "offset exceeds file length" },
    { name: "/no/such", args: {}, text: "failed to read file: No such file or directory (os error 2)" },
    { name: "/etc", args: {}, text: "failed to read file: Is a directory (os error 21)" },
    { name: "/dev/zero", args: {}, text: "failed to read file: not a regular file" },
    { name: "pipe", args: { mode: "indentation" }, text: "failed to read file: not a regular file" },
    {
      name: "huge",
      args: { mode: "indentation" },
      text: 'failed to read file: mode "indentation" takes 16777216 bytes at the most; read the lines with offset and limit',
    },
    {
      name: "plain",
      args: { mode: "indentation", indentation: { anchor_line: 0 } },
      text: "anchor_line must be a 1-indexed line number",
    },
    {
      name: "plain",
      args: { mode: "indentation", indentation: { max_lines: 0 } },
      text: "max_lines must be greater than zero",
    },
    {
      name: "plain",
      args: { mode: "indentation", indentation: { anchor_line: 9 } },
      text: "anchor_line exceeds file length",
    },
  ])("refuses $name $args", async ({ name, args, text }) => {
    expect(await read(name, args)).toBe(text);
  });

  it("ends with the turn", async () => {
    const cutShort = callTool(readFileTool, { file_path: join(lines, "huge") }, { signal: AbortSignal.timeout(20) });
    await expect(cutShort).rejects.toThrow(TurnAborted);
  });

  /** The numbers of the lines around line `anchor`. */
  async function block(anchor: number, indentation: Record<string, unknown>, limit?: number): Promise<number[]> {
    const output = await read("code.py", {
      mode: "indentation",
      indentation: { anchor_line: anchor, ...indentation },
      ...(limit === undefined ? {} : { limit }),
    });
    return [...String(output).matchAll(/^L(\d+):/gm)].map(([, number]) => Number(number));
  }

  const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);
  it.each([
    { what: "the enclosing level with its header", indentation: { max_levels: 1 }, expected: range(7, 16) },
    { what: "without the header", indentation: { max_levels: 1, include_header: false }, expected: range(8, 16) },
    { what: "with siblings", indentation: { max_levels: 1, include_siblings: true }, expected: range(5, 16) },
    { what: "no more than max_lines, around the anchor", indentation: { max_lines: 3 }, expected: [8, 9] },
  ])("finds $what", async ({ indentation, expected }) => {
    expect(await block(9, indentation)).toEqual(expected);
  });

  it("takes everything with the whole depth and siblings", async () => {
    expect(await block(9, { include_siblings: true })).toEqual(range(1, 19));
  });

  it("holds to the limit, too", async () => {
    expect(await block(11, { include_siblings: true }, 1)).toEqual([11]);
  });
});

const hasRipgrep = ((): boolean => {
  try {
    execFileSync("rg", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false; // its tests say that they were skipped
  }
})();
if (!hasRipgrep) console.warn("skipped: grep_files with ripgrep, which is not installed");

describe.each([
  { program: "ripgrep", there: hasRipgrep, path: process.env["PATH"] },
  { program: "grep in its place", there: true, path: withOnlyGrep() },
])("grep_files with $program", ({ there, path }) => {
  const tree = folder({
    "old.ts": "const needle = 1;",
    "new.ts": "const needle = 2;",
    "other.js": "needle",
    "none.ts": "x",
    "sub/in.jsx": "needle 77",
    ".hidden/x.ts": "needle",
  });
  utimesSync(join(tree, "old.ts"), 1_000, 1_000);
  utimesSync(join(tree, "other.js"), 2_000, 2_000);
  utimesSync(join(tree, "sub/in.jsx"), 3_000, 3_000);
  utimesSync(join(tree, "new.ts"), 4_000, 4_000);
  const grep = async (args: Record<string, unknown>): Promise<unknown> => {
    const output = await callTool(grepFilesTool, args, { cwd: tree, environment: { PATH: path } });
    return String(output).replaceAll(`${tree}/`, "");
  };

  it.skipIf(!there).each([
    { what: "newest first", args: { pattern: "needle" }, expected: "new.ts\nsub/in.jsx\nother.js\nold.ts" },
    { what: "of a kind", args: { pattern: "needle", include: "*.ts" }, expected: "new.ts\nold.ts" },
    { what: "of two kinds", args: { pattern: "needle", include: "*.{js,jsx}" }, expected: "sub/in.jsx\nother.js" },
    { what: "up to the limit", args: { pattern: "needle", limit: 1 }, expected: "new.ts" },
    { what: "in a folder", args: { pattern: " needle ", path: "sub" }, expected: "sub/in.jsx" },
    { what: "in one file", args: { pattern: "needle", path: "old.ts" }, expected: "old.ts" },
    { what: "by a regular expression", args: { pattern: "needle \\d{2}$" }, expected: "sub/in.jsx" },
    { what: "that are not there", args: { pattern: "nothing" }, expected: "No matches found." },
    { what: "not, with a pattern like an option", args: { pattern: "--files" }, expected: "No matches found." },
  ])("finds files $what", async ({ args, expected }) => {
    expect(await grep(args)).toBe(expected);
  });

  it.skipIf(!there)("says what is wrong with a pattern", async () => {
    expect(await grep({ pattern: "(" })).toMatch(/^rg failed: /);
  });

  it.each([
    { args: { pattern: "  " }, text: "pattern must not be empty" },
    { args: { pattern: "x", limit: 0 }, text: "limit must be greater than zero" },
    {
      args: { pattern: "x", path: "/no/such" },
      text: "unable to access `/no/such`: No such file or directory (os error 2)",
    },
  ])("refuses $args", async ({ args, text }) => {
    expect(await grep(args)).toBe(text);
  });
});

it("grep_files names ripgrep when there is nothing to search with", async () => {
  const output = await callTool(grepFilesTool, { pattern: "x" }, { cwd: root, environment: { PATH: "/nonexistent" } });
  expect(output).toBe(
    "failed to launch rg: No such file or directory (os error 2). Ensure ripgrep is installed and on PATH.",
  );
});

function withOnlyGrep(): string {
  const bin = folder();
  symlinkSync(execFileSync("sh", ["-c", "command -v grep"], { encoding: "utf8" }).trim(), join(bin, "grep"));
  return bin;
}
