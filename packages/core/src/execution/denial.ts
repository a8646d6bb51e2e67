/** Guesses from a command's output whether the sandbox made it fail. Pure. */

import type { CapturedOutput } from "./output-capture.js";

/** What programs say when the operating system refuses them something. */
const SIGNS = [
  "operation not permitted",
  "permission denied",
  "read-only file system",
  "seccomp",
  "sandbox",
  "landlock",
  "failed to write file",
];
/** Usage errors and commands that could not be run have reasons of their own. */
const OTHER_REASONS = new Set([2, 126, 127]);
/** 128 + SIGSYS: a forbidden system call. */
const FORBIDDEN_CALL = 159;
/** Reasons for a failure stand at the end of the output. */
const LOOKED_AT = 64 * 1024;

/** Whether a sandboxed command's failure looks like a denial. */
export function looksDenied(exitCode: number, output: CapturedOutput): boolean {
  if (exitCode === 0) return false;
  const text = output.aggregated.slice(-LOOKED_AT).toLowerCase();
  if (SIGNS.some((sign) => text.includes(sign))) return true;
  if (OTHER_REASONS.has(exitCode)) return false;
  return exitCode === FORBIDDEN_CALL;
}
