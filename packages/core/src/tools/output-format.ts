/** Words a command's outcome for the model, in the two forms that models know. */

import type { TruncationPolicy } from "@codex-ts/protocol";
import { countLines, truncateMiddle, truncateWithLineCount } from "../context/truncation.js";

/** What is told of a finished command. */
export interface CommandOutcomeText {
  output: string;
  exitCode: number;
  durationMs: number;
  timedOut: boolean;
}

/** The text form: exit code, wall time, output. */
export function asText(outcome: CommandOutcomeText, policy: TruncationPolicy): string {
  const body = withTimeoutLine(outcome);
  const cut = truncateMiddle(body, policy);
  const lines = [`Exit code: ${outcome.exitCode}`, `Wall time: ${roundedSeconds(outcome.durationMs)} seconds`];
  const total = countLines(body);
  if (total !== countLines(cut)) lines.push(`Total output lines: ${total}`);
  lines.push("Output:", cut);
  return lines.join("\n");
}

/** The JSON form; the duration always has a decimal. */
export function asJson(outcome: CommandOutcomeText, policy: TruncationPolicy): string {
  const output = truncateWithLineCount(withTimeoutLine(outcome), policy);
  const seconds = roundedSeconds(outcome.durationMs);
  const duration = Number.isInteger(seconds) ? seconds.toFixed(1) : String(seconds);
  return `{"output":${JSON.stringify(output)},"metadata":{"exit_code":${outcome.exitCode},"duration_seconds":${duration}}}`;
}

/** The output as events carry it: truncated, with the number of lines it had. */
export function asEventText(outcome: CommandOutcomeText, policy: TruncationPolicy): string {
  return truncateWithLineCount(withTimeoutLine(outcome), policy);
}

/** Seconds with one decimal: 0, 0.2, 3. */
export function roundedSeconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}

function withTimeoutLine({ output, timedOut, durationMs }: CommandOutcomeText): string {
  return timedOut ? `command timed out after ${Math.round(durationMs)} milliseconds\n${output}` : output;
}
