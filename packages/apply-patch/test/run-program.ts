/** Runs the program in this process and keeps what it prints. */

import { runApplyPatch } from "../src/index.js";

export interface ProgramRun {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runProgram(cwd: string, args: readonly string[], stdin = ""): Promise<ProgramRun> {
  let stdout = "";
  let stderr = "";
  const exit = await runApplyPatch(args, {
    cwd,
    stdin: () => Buffer.from(stdin),
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
  });
  return { exit, stdout, stderr };
}
