/** A fresh copy of the sample project with a home of its own, outside of the temporary folder that sandboxes leave writable. */

import { cpSync, mkdirSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";

export const repository = join(import.meta.dirname, "..", "..");
export const example = join(repository, "examples", "fix-the-tests");
export const recording = join(example, "recording.jsonl");
export const codex = join(repository, "apps", "cli", "dist", "codex");
export const task = "The tests of this project fail. Find out why, fix the code, and show that they pass.";

/** @returns where the copy is, and the environment to run in */
export function freshWorkspace() {
  const root = join(homedir(), ".cache", "codex-ts-demo");
  rmSync(root, { recursive: true, force: true });
  const workspace = join(root, "fix-the-tests");
  const codexHome = join(root, "codex-home");
  mkdirSync(codexHome, { recursive: true });
  cpSync(example, workspace, { recursive: true, filter: (path) => path !== recording });
  execFileSync("git", ["init", "--quiet"], { cwd: workspace });
  return { workspace, codexHome, env: { ...process.env, CODEX_HOME: codexHome } };
}
