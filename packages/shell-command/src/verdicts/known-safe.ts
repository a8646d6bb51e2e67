/** Says whether a command is known to do no more than read. Everything not known is not safe. */

import { fileName, shellCall } from "../script/shell-call.js";
import { plainScript } from "../script/plain.js";
import type { PlainCommand, PlainWord } from "../script/plain.js";
import { isSafeGit } from "./safe-git.js";
import { isLongOption } from "./options.js";
import { isSafePowerShell } from "./safe-powershell.js";
import { isSafeRipgrep } from "./safe-ripgrep.js";
import { isTrustedProgram } from "./trusted-program.js";

/** Where the command would run. */
export interface VerdictContext {
  platform: NodeJS.Platform;
  /** Absolute path of the user's own shell: trusted wherever it lies. */
  userShell?: string;
}

/**
 * True when `argv`, or every simple command of the plain script it gives to a shell, is in the table of
 * reading programs with options that keep it reading, and the program is a bare name or lies in a system folder.
 */
export function isKnownSafe(argv: readonly string[], context: VerdictContext): boolean {
  const [program] = argv;
  if (program === undefined) return false;
  if (!isTrustedProgram(program, context.platform) && program !== context.userShell) return false;
  const call = shellCall(argv);
  if (call !== null) return isSafeScript(call.script, context);
  return isSafeCommand(argv.map(certainWord), context) || isSafePowerShell(argv);
}

function isSafeScript(script: string, context: VerdictContext): boolean {
  const commands = plainScript(script);
  if (commands === null || commands.length === 0) return false;
  // A folder may hold a repository of its own, whose configuration names programs that Git then runs.
  const names = commands.map((command) => fileName(command[0]?.value ?? ""));
  if (names.includes("cd") && names.lastIndexOf("git") > names.indexOf("cd")) return false;
  return commands.every((command) => isSafeCommand(command, context));
}

function certainWord(word: string): PlainWord {
  return { text: word, value: word, uncertain: false };
}

function isSafeCommand(command: PlainCommand, context: VerdictContext): boolean {
  const [program, ...rest] = command;
  const nested = command.some((word) => word.uncertain) ? null : shellCall(command.map((word) => word.value));
  if (program === undefined || program.uncertain || !isTrustedProgram(program.value, context.platform)) return false;
  if (nested !== null) return isSafeScript(nested.script, context);
  const name = fileName(program.value);
  if (ALWAYS.has(name) || (context.platform === "linux" && LINUX.has(name))) return true;
  const isSafeWith = BY_OPTIONS.get(name);
  if (isSafeWith === undefined || rest.some((word) => word.uncertain)) return false;
  return isSafeWith(rest.map((word) => word.value));
}

const ALWAYS = new Set(
  "cat cd cut echo expr false grep head id ls nl paste pwd rev seq stat tail tr true uname wc which whoami".split(" "),
);
const LINUX = new Set(["numfmt", "tac"]);

const BY_OPTIONS: ReadonlyMap<string, (words: readonly string[]) => boolean> = new Map(
  Object.entries({
    base64: (words) => !words.some((word) => /^-[^-]*o/.test(word) || isLongOption(word, "--output")),
    cargo: isSafeCargo,
    find: (words) => !words.some((word) => FIND_ACTIONS.has(word)),
    git: isSafeGit,
    rg: isSafeRipgrep,
    sed: isSafeSed,
    uniq: isSafeUniq,
  } satisfies Record<string, (words: readonly string[]) => boolean>),
);

const FIND_ACTIONS = new Set("-exec -execdir -ok -okdir -delete -fls -fprint -fprint0 -fprintf".split(" "));

/** `cargo check`, without options that bring in other code or write elsewhere. */
function isSafeCargo(words: readonly string[]): boolean {
  const [subcommand, ...rest] = words;
  const harmful = /^(?:-Z|-C|--config|--manifest-path|--target-dir|--artifact-dir|--lockfile-path)/;
  return subcommand === "check" && !rest.some((word) => harmful.test(word));
}

/** `sed -n 5p` and `sed -n 1,5p`, from standard input or one file. */
function isSafeSed(words: readonly string[]): boolean {
  const [quiet, script = "", file] = words;
  if (words.length > 3 || quiet !== "-n" || !/^(?:\d+,)?\d+p$/.test(script)) return false;
  return file === undefined || file === "-" || !file.startsWith("-");
}

/** A second file name is where uniq writes. */
function isSafeUniq(words: readonly string[]): boolean {
  const files = words.filter((word, index) => {
    const isOption = word.length > 1 && word.startsWith("-");
    const isValue = ["-f", "-s", "-w"].includes(words[index - 1] ?? "");
    return !isOption && !isValue;
  });
  return files.length <= 1 && !words.includes("--");
}
