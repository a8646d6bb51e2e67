/** Keeps the state that the user's login files give a shell, so that each command need not read them again. */

import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Commands may be run with the snapshot in place of the login files. */
export interface ShellSnapshot {
  /** When it is ready, or there is none. */
  readonly ready: Promise<void>;
  /** The argv to start: with the snapshot once it is ready, else as it was given. */
  wrap(argv: readonly string[]): readonly string[];
  /** Removes the file. */
  close(): void;
}

/** No snapshot: every command reads the login files. */
export const noShellSnapshot: ShellSnapshot = {
  ready: Promise.resolve(),
  wrap: (argv) => argv,
  close: () => undefined,
};

/** What a snapshot is made of. */
export interface SnapshotOptions {
  /** Path of the user's shell. */
  shell: string;
  /** `bash` or `zsh`; there is no snapshot of others. */
  kind: string;
  codexHome: string;
  threadId: string;
  /** The environment of commands: what the login files leave as it is does not go into the snapshot. */
  environment: Readonly<Record<string, string>>;
}

/** Folder below CODEX_HOME. */
const FOLDER = "shell_snapshots";
const LIMIT_MS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;
/** A file that a killed process left behind is removed when it is this old. */
const STALE_MS = 7 * 24 * 60 * 60 * 1_000;
/** Begins the file; what login files print comes before it and is dropped. */
const MARKER = "# Snapshot file";
/** Divides the shell's own state from the environment, which follows with NUL after each variable. */
const ENVIRONMENT_MARKER = "# Snapshot environment";
/** Variables that belong to one shell, not to all. */
const OWN_VARIABLES = new Set(["PWD", "OLDPWD", "SHLVL", "_"]);

/** Takes the snapshot in the background. When that fails, there is none and commands read the login files. */
export function takeShellSnapshot(options: SnapshotOptions): ShellSnapshot {
  const dump = DUMP_SCRIPTS.get(options.kind);
  if (dump === undefined || process.platform === "win32") return noShellSnapshot;
  const path = join(options.codexHome, FOLDER, `${options.threadId}.sh`);
  const stop = new AbortController();
  let ready = false;
  const made = make(path, dump, options, stop.signal).then((valid) => {
    ready = valid && !stop.signal.aborted;
    if (!ready) remove(path);
  });
  return {
    ready: made,
    wrap: (argv) => {
      const [shell, flag, script, ...rest] = argv;
      if (!ready || shell !== options.shell || flag !== "-lc" || script === undefined) return argv;
      return [shell, "-c", `. ${quoted(path)}\n${script}`, ...rest];
    },
    close: () => {
      stop.abort();
      ready = false;
      remove(path);
    },
  };
}

// helpers

/**
 * What prints functions, options and aliases as commands that restore them. Options that stop a script are left out. A
 * plain `sh` cannot print its functions, so that a snapshot would lose them: it has none.
 */
const DUMP_SCRIPTS: ReadonlyMap<string, string> = new Map([
  [
    "bash",
    dumpScript(
      "if [ -r ~/.bashrc ]; then . ~/.bashrc; fi",
      "declare -f; shopt -p; set +o | grep -v -e errexit -e nounset -e noexec -e xtrace -e verbose; alias -p",
    ),
  ],
  [
    "zsh",
    dumpScript('if [ -r "${ZDOTDIR:-$HOME}/.zshrc" ]; then . "${ZDOTDIR:-$HOME}/.zshrc"; fi', "functions; alias -L"),
  ],
]);

function dumpScript(readSettings: string, printState: string): string {
  return [
    `${readSettings} >/dev/null 2>&1`,
    `printf '\n%s\n' '${MARKER}'`,
    printState,
    `printf '\n%s\n' '${ENVIRONMENT_MARKER}'`,
    "env -0",
  ].join("\n");
}

/** @returns whether there is a snapshot that a shell can read */
async function make(
  path: string,
  dump: string,
  { shell, environment }: SnapshotOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeStale(folder);
    const printed = await run(shell, ["-lc", dump], environment, signal);
    const text = snapshotText(printed, environment);
    if (text === null) return false;
    writeFileSync(path, text, { mode: 0o600 });
    await run(shell, ["-c", `set -e; . ${quoted(path)}`], environment, signal);
    return true;
  } catch {
    return false; // a shell that fails or hangs here still runs commands with its login files
  }
}

async function run(
  shell: string,
  args: string[],
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const { execFile } = await import("node:child_process");
  return await new Promise((resolve, reject) => {
    const options = { env, signal, timeout: LIMIT_MS, maxBuffer: MAX_BYTES, killSignal: "SIGKILL" as const };
    const child = execFile(shell, args, options, (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
    child.stdin?.end();
  });
}

/** The file's text from what the shell printed; null when it printed something else. */
function snapshotText(printed: string, before: Readonly<Record<string, string>>): string | null {
  const start = printed.indexOf(`\n${MARKER}\n`);
  const border = printed.lastIndexOf(`\n${ENVIRONMENT_MARKER}\n`);
  if (start === -1 || border < start) return null;
  const state = printed.slice(start + 1, border);
  const variables = printed.slice(border + ENVIRONMENT_MARKER.length + 2).split("\0");
  const exports = variables.flatMap((line) => {
    const [, name = "", value = ""] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(line) ?? [];
    return name === "" || OWN_VARIABLES.has(name) || before[name] === value ? [] : [`export ${name}=${quoted(value)}`];
  });
  return `${state}\n${exports.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nobody reads it, and a later session tries again when it is old.
  }
}

function removeStale(folder: string): void {
  const oldest = Date.now() - STALE_MS;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < oldest) rmSync(path, { force: true });
  }
}
