/** What a command line may look like, as data: parsing, help and completions are derived from it. */

/** An option: `--long VALUE`, `-s VALUE`, or a plain flag. */
export interface OptionSpec {
  long: string;
  short?: string;
  /** Other long names that work and are not shown. */
  hiddenAliases?: readonly string[];
  /** What follows it; without this it is a flag. */
  value?: ValueSpec;
  /** It may be given more than once; every value counts. */
  repeatable?: boolean;
  /** It is understood after subcommands, too. */
  global?: boolean;
  hidden?: boolean;
  /** The command cannot do without it. */
  required?: boolean;
  /** Long names of options, and names of arguments, that exclude it. */
  conflicts?: readonly string[];
  /** Long names of options without which it makes no sense. */
  requires?: readonly string[];
  help: string;
  /** More for `--help`; `-h` shows only `help`. */
  details?: string;
}

/** The value of an option or argument. */
export interface ValueSpec {
  /** As shown: `FILE`. */
  name: string;
  choices?: readonly string[];
  /** Every following word up to the next option belongs to it. */
  greedy?: boolean;
  /** Several values in one word, separated by commas. */
  commas?: boolean;
  /** Says what is wrong with a value; null when nothing is. */
  check?: (value: string) => string | null;
  /** What completions offer. */
  hint?: "file" | "folder";
}

/** An argument without a name. */
export interface ArgumentSpec {
  /** As shown and as it is read: `PROMPT`. */
  name: string;
  required?: boolean;
  /** All remaining words, options included, once the first one was met. */
  rest?: boolean;
  help: string;
  choices?: readonly string[];
}

/** A command. */
export interface CommandSpec {
  name: string;
  aliases?: readonly string[];
  hiddenAliases?: readonly string[];
  hidden?: boolean;
  about: string;
  /** Shown under `--help`. */
  examples: readonly string[];
  options: readonly OptionSpec[];
  arguments?: readonly ArgumentSpec[];
  subcommands?: readonly CommandSpec[];
  /** It does nothing without a subcommand. */
  needsSubcommand?: boolean;
  /** Text of `--version`; without it the command has no such option. */
  version?: string;
}

/** Finds a subcommand by name or alias. */
export function subcommandOf(command: CommandSpec, word: string): CommandSpec | undefined {
  return command.subcommands?.find((candidate) =>
    [candidate.name, ...(candidate.aliases ?? []), ...(candidate.hiddenAliases ?? [])].includes(word),
  );
}

/** An option as errors name it: `--model <MODEL>`. */
export function optionName({ long, value }: OptionSpec): string {
  if (value === undefined) return `--${long}`;
  return `--${long} <${value.name}>${value.greedy === true ? "..." : ""}`;
}
