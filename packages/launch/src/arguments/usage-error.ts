/** Words what is wrong with a command line. */

import { helpText, usageLine } from "./help.js";
import type { CommandSpec } from "./spec.js";

/** The command line cannot be carried out; the message is complete. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `error: ...`, the tip and the usage, each in a paragraph of its own. */
export function usageError(
  message: string,
  path: readonly CommandSpec[],
  { tip, usage = true }: { tip?: string; usage?: boolean } = {},
): UsageError {
  const parts = [`error: ${message}`];
  if (tip !== undefined) parts.push(`  tip: ${tip}`);
  if (usage) parts.push(usageLine(path));
  parts.push("For more information, try '--help'.");
  return new UsageError(`${parts.join("\n\n")}\n`);
}

/** A group of commands called without one: its short help. */
export function missingSubcommand(path: readonly CommandSpec[]): string {
  return helpText(path, { long: false });
}
