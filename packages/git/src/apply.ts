/** Applies a diff to a work tree with git, merging three ways where the context has moved. */

import { lstat, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApplyOutcome, parseApplyOutput, pathsInDiff } from "./apply-output.js";
import { withoutLocalDrivers } from "./drivers.js";
import { NotARepositoryError } from "./errors.js";
import { runGit, type RunGitOptions } from "./run-git.js";

/** A diff to apply. */
export interface ApplyDiffOptions {
  cwd: string;
  diff: string;
  /** Take the diff back instead. @default false */
  revert?: boolean;
  /** Only look whether it would apply. @default false */
  preflight?: boolean;
  /** `CODEX_APPLY_GIT_CFG`: more settings for git, `a.b=c,d.e=f`. */
  gitConfig?: string;
  signal?: AbortSignal;
}

/** How applying went. */
export interface ApplyDiffResult extends ApplyOutcome {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** What was run, to be shown in a log. */
  command: string;
}

const APPLY_TIMEOUT_MS = 120_000;

/**
 * Applies, takes back or checks a diff. Like `git apply --3way` it also stages what it changes.
 * @throws NotARepositoryError; GitMissingError and its kin
 */
export async function applyDiff(options: ApplyDiffOptions): Promise<ApplyDiffResult> {
  const { cwd, diff, revert = false, preflight = false, signal } = options;
  const asked: RunGitOptions = { cwd, timeoutMs: APPLY_TIMEOUT_MS, ...(signal ? { signal } : {}) };
  const root = await topLevel(asked);
  const settings = parseSettings(options.gitConfig ?? "");
  const inRoot = {
    ...asked,
    cwd: root,
    config: [...settings, ...(await withoutLocalDrivers({ ...asked, cwd: root }))],
  };
  const folder = await mkdtemp(join(tmpdir(), "codex-apply-"));
  try {
    const file = join(folder, "patch.diff");
    await writeFile(file, diff, { mode: 0o600 });
    if (revert && !preflight) await stage(await existing(root, pathsInDiff(diff)), inRoot);
    const args = ["apply", preflight ? "--check" : "--3way", ...(revert ? ["-R"] : []), file];
    const { exitCode, stdout, stderr } = await runGit(args, inRoot);
    const output = stdout.toString();
    return {
      exitCode,
      stdout: output,
      stderr,
      command: shownCommand(root, settings, args),
      ...outcomeOf(exitCode === 0 && !preflight, diff, parseApplyOutput(`${output}\n${stderr}`)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Git names a file only where it merged; when all went well every file of the diff was applied. */
function outcomeOf(success: boolean, diff: string, said: ApplyOutcome): ApplyOutcome {
  if (!success) return said;
  const applied = new Set([...said.applied, ...said.skipped, ...pathsInDiff(diff)]);
  return { applied: [...applied].toSorted(), skipped: [], conflicted: said.conflicted };
}

async function topLevel(options: RunGitOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await runGit(["rev-parse", "--show-toplevel"], options);
  if (exitCode !== 0) throw new NotARepositoryError(exitCode, stderr);
  return stdout.toString().replace(/\r?\n$/, "");
}

function parseSettings(text: string): string[] {
  return text
    .split(",")
    .map((pair) => pair.trim())
    .filter((pair) => pair.includes("="));
}

async function existing(root: string, paths: readonly string[]): Promise<string[]> {
  const checked = await Promise.all(
    paths.map((path) =>
      lstat(join(root, path)).then(
        () => path,
        () => null,
      ),
    ),
  );
  return checked.filter((path) => path !== null);
}

/** A three-way merge backwards needs the files as they are in the index. What cannot be staged, git apply will name. */
async function stage(paths: readonly string[], options: RunGitOptions): Promise<void> {
  if (paths.length === 0) return;
  const args = ["--literal-pathspecs", "add", "--pathspec-from-file=-", "--pathspec-file-nul"];
  await runGit(args, { ...options, input: paths.join("\0") });
}

function shownCommand(root: string, settings: readonly string[], args: readonly string[]): string {
  const words = ["git", ...settings.flatMap((setting) => ["-c", setting]), ...args];
  return `(cd ${quoted(root)} && ${words.map(quoted).join(" ")})`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
