/** A workspace and a Codex home per test, and whole trees as plain data. */

import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type CheckpointLimits, type Checkpoints, openCheckpoints } from "../src/index.js";

export const hasGitHere = spawnSync("git", ["--version"]).status === 0;

export interface TestWorkspace {
  path: string;
  root: string;
  codexHome: string;
}

export function useWorkspace(): TestWorkspace {
  const workspace: TestWorkspace = { path: "", root: "", codexHome: "" };
  beforeEach(() => {
    workspace.path = realpathSync(mkdtempSync(join(tmpdir(), "checkpoints-")));
    workspace.root = join(workspace.path, "work");
    workspace.codexHome = join(workspace.path, "home");
    mkdirSync(workspace.root);
    mkdirSync(workspace.codexHome);
  });
  afterEach(() => rmSync(workspace.path, { recursive: true, force: true }));
  return workspace;
}

export function open(
  workspace: TestWorkspace,
  limits: Partial<CheckpointLimits> = {},
  now?: () => number,
): Checkpoints {
  return openCheckpoints({
    codexHome: workspace.codexHome,
    root: workspace.root,
    limits,
    ...(now === undefined ? {} : { now }),
  });
}

/** A turn in which an agent does something; gives its step's id, or null when nothing changed. */
export async function turn(checkpoints: Checkpoints, turnId: string, work: () => void): Promise<string | null> {
  const name = { threadId: "thread", turnId };
  const coverage = await checkpoints.before(name, { waitMs: 60_000 });
  if (coverage.kind === "uncovered") throw coverage.error;
  work();
  await checkpoints.after(name);
  return checkpoints.steps().some((step) => step.id === coverage.stepId) ? coverage.stepId : null;
}

export const USER = { threadId: "thread", turnId: "" };

export function write(root: string, path: string, content: string | Buffer, mode?: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  if (mode !== undefined) chmodSync(join(root, path), mode);
}

export function link(root: string, path: string, target: string): void {
  rmSync(join(root, path), { force: true, recursive: true });
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

export function remove(root: string, path: string): void {
  rmSync(join(root, path), { recursive: true, force: true });
}

/** Every file of a folder with its kind and content; folders do not count. */
export function treeOf(root: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const stat = lstatSync(path);
    files[relative(root, path)] = stat.isSymbolicLink()
      ? `-> ${readlinkSync(path)}`
      : `${stat.mode & 0o111 ? "x" : "-"} ${readFileSync(path, "latin1")}`;
  }
  return Object.fromEntries(Object.entries(files).toSorted());
}

export function git(cwd: string, ...args: string[]): string {
  const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "protocol.file.allow=always"];
  return execFileSync("git", [...identity, "-c", "init.defaultBranch=main", ...args], {
    cwd,
    encoding: "utf8",
    stdio: "pipe",
  }).trimEnd();
}

/** A git that hangs in one of its commands while it is told to. */
export interface SlowGit extends Disposable {
  hang(on: boolean): void;
}

/** @param command such as `diff-files`, which every snapshot needs */
export function slowGit({ path }: TestWorkspace, command: string): SlowGit {
  const { PATH = "" } = process.env;
  const flag = join(path, "hang");
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const script = `#!/bin/sh\ncase " $* " in *" ${command} "*) while [ -e "${flag}" ]; do sleep 0.05; done;; esac\nexec "${real}" "$@"\n`;
  write(path, "bin/git", script, 0o755);
  process.env["PATH"] = `${join(path, "bin")}:${PATH}`;
  return {
    hang: (on) => (on ? writeFileSync(flag, "") : rmSync(flag, { force: true })),
    [Symbol.dispose]() {
      process.env["PATH"] = PATH;
    },
  };
}
