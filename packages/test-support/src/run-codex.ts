/** Runs the built executable the way a person or script does. */

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Which build a test runs. */
export type Build = { name: "executable" | "node"; command: string; prefix: string[] };

const repository = join(import.meta.dirname, "..", "..", "..");

/** The builds to run every end-to-end test on. Throws when they were not built. */
export function builds(): Build[] {
  const executable = join(repository, "apps", "cli", "dist", "codex");
  const bundle = join(repository, "apps", "cli", "dist", "node", "codex.js");
  for (const path of [executable, bundle]) {
    if (!existsSync(path)) throw new Error(`${path} is missing: run \`pnpm run build\` first`);
  }
  return [
    { name: "executable", command: executable, prefix: [] },
    { name: "node", command: process.execPath, prefix: [bundle] },
  ];
}

/** The standalone executable. */
export function executable(): Build {
  const [first] = builds();
  if (first === undefined) throw new Error("no build");
  return first;
}

/** How a run ended. */
export interface RunResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** What a run needs to know. */
export interface RunOptions {
  cwd: string;
  env: Record<string, string>;
  /** What stdin holds; it is closed after it. */
  input?: string | Uint8Array;
  /** Called with the child once it runs, for signals in the middle. */
  onStart?: (child: ChildProcess) => void;
  /** Called with every piece of stdout. */
  onStdout?: (text: string, child: ChildProcess) => void;
}

/** Runs to the end. */
export async function runCodex(build: Build, args: string[], options: RunOptions): Promise<RunResult> {
  const child = spawn(build.command, [...build.prefix, ...args], { cwd: options.cwd, env: options.env });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    options.onStdout?.(text, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => {
    // The program may exit without reading its stdin; that is what the test then sees.
  });
  child.stdin.end(options.input ?? "");
  options.onStart?.(child);
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Lines of JSON, parsed. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
