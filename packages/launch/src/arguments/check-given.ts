/** Checks what was given to a command as a whole: what excludes what, and what is missing. */

import type { ParsedCommand } from "./parsed.js";
import { optionName, type CommandSpec } from "./spec.js";
import { usageError } from "./usage-error.js";

/** @param path the commands down to this one, for the usage line @throws {UsageError} */
export function checkConflicts(command: ParsedCommand, path: readonly CommandSpec[]): void {
  for (const name of command.given()) {
    const option = command.spec.options.find(({ long }) => long === name);
    const other = option?.conflicts?.find((one) => command.has(one) || command.argument(one) !== undefined);
    if (option === undefined || other === undefined) continue;
    throw usageError(`the argument '${optionName(option)}' cannot be used with '${nameOf(command.spec, other)}'`, path);
  }
}

/** @throws {UsageError} that names everything that is missing */
export function checkRequired(command: ParsedCommand, path: readonly CommandSpec[]): void {
  const { options, arguments: specs = [] } = command.spec;
  const needed = new Set(options.filter(({ long }) => command.has(long)).flatMap(({ requires = [] }) => requires));
  const missing = [
    ...options
      .filter(({ long, required }) => (required === true || needed.has(long)) && !command.has(long))
      .map(optionName),
    ...specs
      .filter(({ name, required }) => required === true && command.arguments(name).length === 0)
      .map(({ name, rest }) => `<${name}>${rest === true ? "..." : ""}`),
  ];
  if (missing.length === 0) return;
  const rows = missing.map((name) => `  ${name}`).join("\n");
  throw usageError(`the following required arguments were not provided:\n${rows}`, path);
}

/** An option or an argument, as errors name it. */
function nameOf({ options }: CommandSpec, name: string): string {
  const option = options.find(({ long }) => long === name);
  return option === undefined ? `[${name}]` : optionName(option);
}
