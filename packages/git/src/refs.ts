/** Questions about commits and branches. What cannot be known is null or empty, never an error. */

import { readGitConfig } from "./config-file.js";
import { remoteUrl } from "./facts.js";
import { readHead, readRef, readSymbolicRef } from "./head.js";
import { findRepository } from "./repository.js";
import { askGit } from "./run-git.js";

/** A commit in a list. */
export interface CommitSummary {
  sha: string;
  /** Committer's time, unix seconds. */
  time: number;
  subject: string;
}

/** The newest commits of HEAD. @param limit 0: all of them */
export async function recentCommits(cwd: string, limit: number, signal?: AbortSignal): Promise<CommitSummary[]> {
  const count = limit > 0 ? ["-n", String(limit)] : [];
  const log = await askGit(["log", ...count, "-z", "--format=%H%x1f%ct%x1f%s"], asking(cwd, signal));
  return (log ?? "").split("\0").flatMap((entry) => {
    const [sha, time, subject = ""] = entry.split("\x1f");
    return sha && time ? [{ sha, time: Number(time), subject }] : [];
  });
}

/** Local branches by name, the default one (`main`, else `master`) first. */
export async function localBranches(cwd: string, signal?: AbortSignal): Promise<string[]> {
  const listing = await askGit(["for-each-ref", "--format=%(refname)", "refs/heads"], asking(cwd, signal));
  const branches = (listing ?? "")
    .split("\n")
    .flatMap((ref) => (ref === "" ? [] : [ref.slice("refs/heads/".length)]))
    .toSorted();
  const first = ["main", "master"].find((name) => branches.includes(name));
  return first === undefined ? branches : [first, ...branches.filter((name) => name !== first)];
}

/** The branch HEAD is on, also before its first commit; null when detached or outside of a repository. */
export async function currentBranch(cwd: string, signal?: AbortSignal): Promise<string | null> {
  const repository = findRepository(cwd);
  if (repository === null) return null;
  const head = readHead(repository);
  if (head.kind === "branch") return head.branch;
  if (head.kind === "detached") return null;
  return (await askGit(["branch", "--show-current"], asking(cwd, signal))) || null;
}

/** The branch a remote calls its default (`origin` is asked first), else local `main` or `master`. Never uses the network. */
export function defaultBranch(cwd: string): string | null {
  const repository = findRepository(cwd);
  if (repository === null) return null;
  for (const remote of remoteNames(cwd)) {
    const prefix = `refs/remotes/${remote}/`;
    const target = readSymbolicRef(repository, `${prefix}HEAD`);
    if (target?.startsWith(prefix)) return target.slice(prefix.length);
  }
  return ["main", "master"].find((name) => readRef(repository, `refs/heads/${name}`) !== null) ?? null;
}

/** Names of the configured remotes, `origin` first, then in the order of the config. */
export function remoteNames(cwd: string): string[] {
  const repository = findRepository(cwd);
  if (repository === null) return [];
  const names = readGitConfig(repository, process.env).flatMap((entry) =>
    entry.section === "remote" && entry.subsection !== null ? [entry.subsection] : [],
  );
  return [...new Set(names)].toSorted((a, b) => Number(b === "origin") - Number(a === "origin"));
}

/** The configured remotes with their URLs, `origin` first. Remotes without URL are left out. */
export function remoteUrls(cwd: string): { name: string; url: string }[] {
  const repository = findRepository(cwd);
  if (repository === null) return [];
  const config = readGitConfig(repository, process.env);
  return remoteNames(cwd).flatMap((name) => {
    const url = remoteUrl(config, name);
    return url === null ? [] : [{ name, url }];
  });
}

/**
 * Where HEAD and a branch part; the branch's upstream instead when that has commits the branch lacks. Null when one of them
 * does not exist or they have nothing in common.
 */
export async function mergeBaseWithHead(cwd: string, branch: string, signal?: AbortSignal): Promise<string | null> {
  const git = (...args: string[]) => askGit(args, asking(cwd, signal));
  const local = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${branch}^{commit}`);
  if (local === null) return null;
  const upstream = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${branch}@{upstream}^{commit}`);
  const ahead = upstream === null ? null : await git("rev-list", "--count", `${local}..${upstream}`);
  return git("merge-base", "HEAD", upstream !== null && Number(ahead) > 0 ? upstream : local);
}

function asking(cwd: string, signal: AbortSignal | undefined): { cwd: string; signal?: AbortSignal } {
  return signal === undefined ? { cwd } : { cwd, signal };
}
