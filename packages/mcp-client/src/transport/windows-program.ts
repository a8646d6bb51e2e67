/** Finds programs as Windows' shells do, so that `npx` is `npx.cmd`. Pure but for the look at the disk that is passed in. */

import { win32 } from "node:path";

/** argv and how to pass it. */
export interface ProgramCall {
  command: string;
  args: string[];
  /** The arguments are quoted already. */
  verbatim: boolean;
}

/** How to start `command` with `args`; scripts (.cmd, .bat) go through the command interpreter. */
export function windowsCall(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  isFile: (path: string) => boolean,
): ProgramCall {
  const program = findProgram(command, env, isFile) ?? command;
  if (!/\.(cmd|bat)$/i.test(program)) return { command: program, args: [...args], verbatim: false };
  const line = [program, ...args].map((word) => escapeForCmd(quoteWord(word))).join(" ");
  return { command: env["COMSPEC"] ?? "cmd.exe", args: ["/d", "/s", "/c", `"${line}"`], verbatim: true };
}

// helpers

function findProgram(
  command: string,
  env: Readonly<Record<string, string>>,
  isFile: (path: string) => boolean,
): string | undefined {
  const extensions = (env["PATHEXT"] ?? ".COM;.EXE;.BAT;.CMD").split(";").filter((extension) => extension !== "");
  const folders = /[\\/]/.test(command) ? [""] : (env["PATH"] ?? "").split(";").filter((folder) => folder !== "");
  const names =
    win32.extname(command) === "" ? extensions.map((extension) => command + extension.toLowerCase()) : [command];
  return folders
    .flatMap((folder) => names.map((name) => (folder === "" ? name : win32.join(folder, name))))
    .find((path) => isFile(path));
}

/** A word as programs split their command line: backslashes count before quotes only. */
function quoteWord(word: string): string {
  if (word !== "" && !/[\s"]/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
}

/** Takes the meaning from what the interpreter would act on. */
function escapeForCmd(text: string): string {
  return text.replace(/[()%!^"<>&|;, ]/g, "^$&");
}
