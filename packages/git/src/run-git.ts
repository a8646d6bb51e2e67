/** Starts git so that a hostile repository, environment or working folder cannot make it run anything else. */

import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { GitFailedError, GitMissingError, GitOutputError, GitTimeoutError } from "./errors.js";

/** Variables of the caller that git may see. Everything else could redirect it (`GIT_*`, `LD_PRELOAD`, ...). */
const PASSED_ON = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "TMPDIR",
  "XDG_CONFIG_HOME",
  "GIT_CONFIG_GLOBAL",
  // Windows
  "SystemRoot",
  "USERPROFILE",
  "HOMEDRIVE",
  "HOMEPATH",
  "APPDATA",
  "LOCALAPPDATA",
  "PROGRAMDATA",
  "PATHEXT",
  "TEMP",
  "TMP",
];

/** Settings with which a repository's own config could start programs; they win over every config file. */
const HARDENING: readonly string[] = [
  "core.fsmonitor=false",
  `core.hooksPath=${process.platform === "win32" ? "NUL" : "/dev/null"}`,
  "core.pager=cat",
  "core.askPass=",
  "core.sshCommand=false",
  "credential.helper=",
  "diff.external=",
  "log.showSignature=false",
  "maintenance.auto=false",
  "gc.auto=0",
  "protocol.allow=never",
];

/** How to run git. */
export interface RunGitOptions {
  cwd: string;
  /** Added to the fixed environment: `GIT_DIR`, `GIT_INDEX_FILE` and the like. */
  env?: Readonly<Record<string, string>>;
  /** More `-c` settings, `name=value`. */
  config?: readonly string[];
  /** Written to git's input, which is empty otherwise. */
  input?: string | Uint8Array;
  /** @default 5000 */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Bytes of output before git is stopped. @default 256 MiB */
  maxOutputBytes?: number;
}

/** How a run of git ended. */
export interface GitResult {
  exitCode: number;
  stdout: Buffer;
  stderr: string;
}

const TIMEOUT_MS = 5_000;
const MAX_OUTPUT_BYTES = 256 << 20;

/**
 * Runs git to its end, whatever its exit code.
 * @throws GitMissingError, GitTimeoutError, GitOutputError; the signal's reason when it is aborted
 */
export async function runGit(args: readonly string[], options: RunGitOptions): Promise<GitResult> {
  const { spawn } = await import("node:child_process"); // with the first run: most starts need no git
  options.signal?.throwIfAborted();
  const program = findGit(process.env["PATH"] ?? "");
  if (program === null) throw new GitMissingError();
  const settings = [...HARDENING, ...(options.config ?? [])].flatMap((setting) => ["-c", setting]);
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const maxBytes = options.maxOutputBytes ?? MAX_OUTPUT_BYTES;

  return await new Promise((resolve, reject) => {
    const child = spawn(program, [...settings, ...args], {
      cwd: options.cwd,
      env: { ...fixedEnvironment(), ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let bytes = 0;
    let failure: unknown = null;

    const finish = (code: number | null): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", onAbort);
      if (failure === null) {
        resolve({ exitCode: code ?? -1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
        return;
      }
      // What git has started (a filter) may hold its output open for as long as it likes: nobody listens any more.
      child.stdout.destroy();
      child.stderr.destroy();
      reject(failure);
    };
    const stop = (reason: unknown): void => {
      failure ??= reason;
      child.kill("SIGKILL");
      if (child.exitCode !== null || child.signalCode !== null) finish(child.exitCode);
    };
    const onAbort = (): void => stop(options.signal?.reason);
    const timer = setTimeout(() => stop(new GitTimeoutError(shown(args), timeoutMs)), timeoutMs);
    options.signal?.addEventListener("abort", onAbort, { once: true });

    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) stop(new GitOutputError(shown(args), maxBytes));
      else stdout.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (stderr.length < 256) stderr.push(chunk);
    });
    child.on("error", (error) => stop(error));
    // Git may end without reading its input; its exit code says why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
    child.on("exit", (code) => {
      if (failure !== null) finish(code);
    });
    child.on("close", finish);
  });
}

/**
 * Runs git and gives its output.
 * @throws GitFailedError when it says no; what `runGit` throws
 */
export async function gitOutput(args: readonly string[], options: RunGitOptions): Promise<Buffer> {
  const { exitCode, stdout, stderr } = await runGit(args, options);
  if (exitCode !== 0) throw new GitFailedError(shown(args), exitCode, stderr);
  return stdout;
}

/** Git's answer as text without its last line end, or null when it has none to give, for whatever reason but an abort. */
export async function askGit(args: readonly string[], options: RunGitOptions): Promise<string | null> {
  try {
    return (await gitOutput(args, options)).toString().replace(/\r?\n$/, "");
  } catch {
    options.signal?.throwIfAborted();
    // A question about a repository that git cannot answer has the answer "unknown".
    return null;
  }
}

/** Whether there is a git to run. */
export function hasGit(): boolean {
  return findGit(process.env["PATH"] ?? "") !== null;
}

const found = new Map<string, string | null>();

/** Only absolute folders of PATH count: `.` and the like would run a program of the folder that is worked on. */
function findGit(path: string): string | null {
  const known = found.get(path);
  if (known !== undefined) return known;
  const name = process.platform === "win32" ? "git.exe" : "git";
  const program =
    path
      .split(delimiter)
      .filter((folder) => isAbsolute(folder))
      .map((folder) => join(folder, name))
      .find(isProgram) ?? null;
  // A git that is installed while we run should be found.
  if (program !== null) found.set(path, program);
  return program;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run.
    return false;
  }
}

function fixedEnvironment(): Record<string, string> {
  const env: Record<string, string> = {
    // Output is parsed: no translations.
    LC_ALL: "C",
    // Looking must not write: no refreshed index behind the user's back.
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_PAGER: "cat",
    GIT_EDITOR: ":",
  };
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

function shown(args: readonly string[]): string {
  return ["git", ...args].join(" ");
}
