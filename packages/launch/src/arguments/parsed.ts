/** A parsed command line: which command, and what was given to it. */

import type { CommandSpec } from "./spec.js";

/** Values of one command of the path. */
export class ParsedCommand {
  readonly spec: CommandSpec;
  readonly #values = new Map<string, string[]>();
  readonly #arguments = new Map<string, string[]>();

  constructor(spec: CommandSpec) {
    this.spec = spec;
  }

  /** @param name long name of an option */
  add(name: string, value: string): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
  }

  addArgument(name: string, value: string): void {
    this.#arguments.set(name, [...(this.#arguments.get(name) ?? []), value]);
  }

  /** Whether an option was given. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The last value of an option. */
  value(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  /** All values of an option, in order. */
  values(name: string): string[] {
    return this.#values.get(name) ?? [];
  }

  /** The only word of an argument. */
  argument(name: string): string | undefined {
    return this.#arguments.get(name)?.[0];
  }

  /** All words of an argument. */
  arguments(name: string): string[] {
    return this.#arguments.get(name) ?? [];
  }

  /** Names of the options that were given. */
  given(): string[] {
    return [...this.#values.keys()];
  }
}

/** The commands from the root to the one that was called, each with what was given to it. */
export interface ParsedLine {
  /** The root is first, the command that was called is last. */
  path: ParsedCommand[];
}

/** What to do with a command line. */
export type ParseResult =
  | { kind: "run"; line: ParsedLine }
  | { kind: "help"; path: CommandSpec[]; long: boolean }
  | { kind: "version"; text: string }
  /** `text` goes to stderr, and the program ends with 2. */
  | { kind: "error"; text: string };
