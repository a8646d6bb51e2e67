/** Replaces this process by the command, as execvpe would: program looked up in the command's own PATH. */

import type { LibC } from "./libc.js";

/** Why the command could not be executed. */
export interface ExecFailure {
  errno: number;
  /** The last file tried. */
  file: string;
}

const EXECVE = { x64: 59, arm64: 221 } as const;
const EACCES = 13;
const ENOENT = 2;
const ENOTDIR = 20;
const LAST_SIGNAL = 31;
const UNCATCHABLE = new Set([9, 19]);
const DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

/** Returns only when the command cannot be executed. */
export function becomeCommand(
  libc: LibC,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): ExecFailure {
  resetSignals(libc);
  const argv = pointerTable(libc, command);
  const envp = pointerTable(
    libc,
    Object.entries(env).map(([name, value]) => `${name}=${value}`),
  );
  let failure: ExecFailure = { errno: ENOENT, file: command[0] ?? "" };
  for (const file of candidates(command[0] ?? "", env["PATH"])) {
    const path = cString(file);
    libc.call(EXECVE[libc.architecture], path, argv, envp);
    const errno = libc.errno();
    if (errno !== ENOENT && errno !== ENOTDIR) {
      failure = { errno, file };
    }
    if (errno !== ENOENT && errno !== ENOTDIR && errno !== EACCES) {
      break;
    }
  }
  return failure;
}

/** The runtime ignores some signals, and an ignored signal stays ignored across exec. */
function resetSignals(libc: LibC): void {
  for (let signal = 1; signal <= LAST_SIGNAL; signal += 1) {
    if (!UNCATCHABLE.has(signal)) {
      libc.resetSignal(signal);
    }
  }
}

function candidates(program: string, path: string | undefined): string[] {
  if (program.includes("/")) {
    return [program];
  }
  return (path ?? DEFAULT_PATH).split(":").map((folder) => `${folder === "" ? "." : folder}/${program}`);
}

/** A NULL-terminated array of string addresses. */
function pointerTable(libc: LibC, words: readonly string[]): Uint8Array {
  const addresses = words.map((word) => libc.addressOf(cString(word)));
  return new Uint8Array(new BigUint64Array([...addresses, 0n]).buffer);
}

/** What the kernel knows by address only: it must not be collected before exec has read it. */
const keptAlive: Uint8Array[] = [];

function cString(word: string): Uint8Array {
  const bytes = new TextEncoder().encode(`${word}\0`);
  keptAlive.push(bytes);
  return bytes;
}
