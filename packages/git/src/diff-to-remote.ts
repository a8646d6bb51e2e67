/** What a work tree holds that no remote has: the closest commit a remote knows, and the difference to it. */

import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withoutLocalDrivers } from "./drivers.js";
import { codeOf } from "./error-code.js";
import { currentBranch, defaultBranch, remoteNames } from "./refs.js";
import { findRepository } from "./repository.js";
import { askGit, gitOutput, runGit, type RunGitOptions } from "./run-git.js";

/** A difference and the commit it is to. */
export interface DiffToRemote {
  sha: string;
  /** Git's form; files that are not tracked and not ignored stand at the end as new ones. */
  diff: string;
}

/** Paths on one command line stay below this, in bytes. */
const MAX_ARGUMENT_BYTES = 100_000;
const DIFF_TIMEOUT_MS = 30_000;

/** Null when there is no repository, no remote that knows an ancestor of HEAD, or git cannot tell. */
export async function diffToRemote(cwd: string, signal?: AbortSignal): Promise<DiffToRemote | null> {
  const repository = findRepository(cwd);
  if (repository === null) return null;
  const options: RunGitOptions = { cwd, timeoutMs: DIFF_TIMEOUT_MS, ...(signal ? { signal } : {}) };
  try {
    const sha = await closestRemoteCommit(cwd, options);
    if (sha === null) return null;
    const hardened = { ...options, config: await withoutLocalDrivers(options) };
    const tracked = await differences([sha], hardened);
    return { sha, diff: tracked + (await untrackedDifferences(repository, sha, hardened)) };
  } catch {
    signal?.throwIfAborted();
    // As for every fact about a repository: what git cannot tell is unknown.
    return null;
  }
}

/** Of the branches that a remote has, the one with the fewest commits between it and HEAD. */
async function closestRemoteCommit(cwd: string, options: RunGitOptions): Promise<string | null> {
  const remotes = remoteNames(cwd);
  const refs = await refTable(options);
  const containing = await askGit(
    ["for-each-ref", "--format=%(refname)", "--contains", "HEAD", "refs/remotes"],
    options,
  );
  const current = await currentBranch(cwd, options.signal);
  const candidates = new Set<string>();
  for (const branch of [current, defaultBranch(cwd)]) if (branch !== null) candidates.add(branch);
  for (const ref of (containing ?? "").split("\n")) {
    const remote = remotes.find((name) => ref.startsWith(`refs/remotes/${name}/`));
    const branch = remote === undefined ? "HEAD" : ref.slice(`refs/remotes/${remote}/`.length);
    if (branch !== "HEAD") candidates.add(branch);
  }
  let closest: { sha: string; distance: number } | null = null;
  for (const branch of candidates) {
    const remoteRef = remotes.map((remote) => `refs/remotes/${remote}/${branch}`).find((ref) => refs.has(ref));
    const sha = remoteRef === undefined ? undefined : refs.get(remoteRef);
    if (remoteRef === undefined || sha === undefined) continue;
    const local = `refs/heads/${branch}`;
    const from = refs.has(local) ? local : remoteRef;
    const count = await askGit(["rev-list", "--count", `${from}..HEAD`], options);
    if (count === null) continue;
    if (closest === null || Number(count) < closest.distance) closest = { sha, distance: Number(count) };
  }
  return closest?.sha ?? null;
}

async function refTable(options: RunGitOptions): Promise<Map<string, string>> {
  const listing = await askGit(
    ["for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/remotes"],
    options,
  );
  const lines = (listing ?? "").split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(line.indexOf(" ") + 1), line.slice(0, line.indexOf(" "))]));
}

/** `--ignore-submodules=dirty`: git would look into a submodule with that one's own, unchecked config. */
async function differences(args: readonly string[], options: RunGitOptions): Promise<string> {
  const fixed = ["--no-textconv", "--no-ext-diff", "--no-color", "--ignore-submodules=dirty"];
  const { exitCode, stdout, stderr } = await runGit(["--literal-pathspecs", "diff", ...fixed, ...args], options);
  if (exitCode > 1 || exitCode < 0) throw new Error(stderr);
  return stdout.toString();
}

/** Notes the untracked files as "to be added" in a copy of the index; the user's own stays as it is. */
async function untrackedDifferences(
  repository: { root: string; gitDir: string },
  sha: string,
  options: RunGitOptions,
): Promise<string> {
  const inRoot = { ...options, cwd: repository.root };
  const paths = await gitOutput(["ls-files", "--others", "--exclude-standard", "-z"], inRoot);
  if (paths.length === 0) return "";
  const folder = await mkdtemp(join(tmpdir(), "codex-git-index-"));
  try {
    const index = join(folder, "index");
    await copyFile(join(repository.gitDir, "index"), index).catch((error: unknown) => {
      if (codeOf(error) !== "ENOENT") throw error;
    });
    const withCopy = { ...inRoot, env: { GIT_INDEX_FILE: index } };
    const fromInput = ["--pathspec-from-file=-", "--pathspec-file-nul"];
    await gitOutput(["--literal-pathspecs", "add", "--intent-to-add", ...fromInput], { ...withCopy, input: paths });
    const parts: string[] = [];
    for (const group of groups(paths.toString().split("\0").filter(Boolean))) {
      parts.push(await differences(["--binary", sha, "--", ...group], withCopy));
    }
    return parts.join("");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function groups(paths: readonly string[]): string[][] {
  const all: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const path of paths) {
    bytes += path.length * 3 + 1;
    if (bytes > MAX_ARGUMENT_BYTES) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)?.push(path);
  }
  return all;
}
