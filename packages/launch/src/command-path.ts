/** Puts our own helpers on the PATH of commands: made when the first command runs, gone when the process ends. */

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { OwnProgram } from "./program.js";

type Env = Readonly<Record<string, string | undefined>>;

/** What the helpers are made from. */
export interface CommandPathOptions {
  env: Env;
  codexHome: string;
  program: OwnProgram;
  platform?: NodeJS.Platform;
  /** Hears why there are no helpers: commands run without them. */
  warn: (text: string) => void;
}

/** @returns the environment that commands inherit from; the first call makes the helpers */
export function commandPath(options: CommandPathOptions): () => Env {
  let made: Env | null = null;
  return () => (made ??= withHelpers(options));
}

// helpers

/** Beginning of the name of a process's folder, as other programs of this family know it. */
const PREFIX = "codex-arg0";

/** After this time nobody works with a folder any more: its process was killed. */
const STALE_MS = 7 * 24 * 60 * 60 * 1000;

function withHelpers({ env, codexHome, program, platform = process.platform, warn }: CommandPathOptions): Env {
  try {
    const parent = join(codexHome, "tmp", "path");
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    removeStale(parent);
    const folder = mkdtempSync(join(parent, PREFIX));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    for (const [name, content] of helperFiles(program, platform)) place(join(folder, name), content);
    const variable = Object.keys(env).find((name) => isPath(name, platform)) ?? "PATH";
    const rest = env[variable];
    return { ...env, [variable]: rest === undefined || rest === "" ? folder : `${folder}${delimiter}${rest}` };
  } catch (error) {
    warn(`Could not put helpers on the PATH of commands: ${error instanceof Error ? error.message : String(error)}`);
    return env;
  }
}

/** A link to a program, or the text of a script. */
type HelperContent = { link: string } | { script: string };

/** The helpers by name. A Node bundle cannot be linked to: its helpers are scripts, and it has no sandbox helper. */
export function helperFiles(
  { executable, patchProgram }: OwnProgram,
  platform: NodeJS.Platform,
): [name: string, content: HelperContent][] {
  const patchNames = ["apply_patch", "applypatch"];
  if (platform === "win32") {
    const command = executable === undefined ? patchProgram : [executable, "--codex-run-as-apply-patch"];
    const script = `@echo off\r\n${command.map((word) => `"${word}"`).join(" ")} %*\r\n`;
    return patchNames.map((name) => [`${name}.bat`, { script }]);
  }
  if (executable === undefined) {
    const command = patchProgram.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
    const script = `#!/bin/sh\nif [ $# -gt 0 ]; then printf '%s' "$1" | ${command}; else exec ${command}; fi\n`;
    return patchNames.map((name) => [name, { script }]);
  }
  const names = platform === "linux" ? [...patchNames, "codex-linux-sandbox"] : patchNames;
  return names.map((name) => [name, { link: executable }]);
}

function place(path: string, content: HelperContent): void {
  if ("link" in content) return symlinkSync(content.link, path);
  writeFileSync(path, content.script);
  chmodSync(path, 0o755);
}

function removeStale(parent: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    const info = statSync(path, { throwIfNoEntry: false });
    if (!name.startsWith(PREFIX) || info === undefined || Date.now() - info.mtimeMs < STALE_MS) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function isPath(name: string, platform: NodeJS.Platform): boolean {
  return platform === "win32" ? name.toUpperCase() === "PATH" : name === "PATH";
}
