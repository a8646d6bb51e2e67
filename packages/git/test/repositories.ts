/** Real repositories in a temporary folder, made with the installed git. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";

const IDENTITY = {
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_ALLOW_PROTOCOL: "file",
};

/** Runs git plainly and gives its output without the last line end. */
export function git(cwd: string, ...args: string[]): string {
  const all = ["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", ...args];
  return execFileSync("git", all, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...IDENTITY },
    stdio: "pipe",
  }).trimEnd();
}

export function write(root: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** A repository with one commit of `a.txt`. */
export function repositoryAt(root: string): string {
  mkdirSync(root, { recursive: true });
  git(root, "init", "-q");
  write(root, "a.txt", "one\ntwo\nthree\n");
  git(root, "add", ".");
  git(root, "commit", "-qm", "first");
  return root;
}

export const hasGitHere = spawnSync("git", ["--version"]).status === 0;

/** A folder per test, and a home without the user's git config. */
export function useFolder(): { path: string } {
  const folder = { path: "" };
  const before = { HOME: process.env["HOME"], XDG: process.env["XDG_CONFIG_HOME"] };
  beforeEach(() => {
    folder.path = realpathSync(mkdtempSync(join(tmpdir(), "git-")));
    process.env["HOME"] = join(folder.path, "home");
    delete process.env["XDG_CONFIG_HOME"];
    mkdirSync(process.env["HOME"]);
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true, force: true });
    process.env["HOME"] = before.HOME;
    if (before.XDG !== undefined) process.env["XDG_CONFIG_HOME"] = before.XDG;
  });
  return folder;
}
