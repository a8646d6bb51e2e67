/** Reads a command line by its description; words errors the way the original's users know them. */

import { nearestName } from "@codex-ts/config";
import { checkConflicts, checkRequired } from "./check-given.js";
import { optionsOf } from "./help.js";
import { ParsedCommand, type ParseResult } from "./parsed.js";
import { optionName, subcommandOf, type CommandSpec, type OptionSpec } from "./spec.js";
import { missingSubcommand, usageError, UsageError } from "./usage-error.js";

/** Parses the words after the program's name. */
export function parseArguments(root: CommandSpec, words: readonly string[]): ParseResult {
  const parser = new Parser(root, words);
  try {
    return parser.parse();
  } catch (error) {
    if (error instanceof UsageError) return { kind: "error", text: error.message };
    throw error;
  }
}

class Parser {
  readonly #words: readonly string[];
  readonly #path: ParsedCommand[];
  #at = 0;
  #onlyArguments = false;
  #argumentIndex = 0;

  constructor(root: CommandSpec, words: readonly string[]) {
    this.#words = words;
    this.#path = [new ParsedCommand(root)];
  }

  parse(): ParseResult {
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at] ?? "";
      this.#at += 1;
      if (this.#onlyArguments) {
        this.#argument(word);
      } else if (word === "--") {
        this.#onlyArguments = true;
      } else if (word.startsWith("--")) {
        const early = this.#long(word);
        if (early !== null) return early;
      } else if (word.startsWith("-") && word !== "-") {
        const early = this.#short(word);
        if (early !== null) return early;
      } else {
        const early = this.#word(word);
        if (early !== null) return early;
      }
    }
    const { spec } = this.#current;
    if (spec.needsSubcommand) return { kind: "error", text: missingSubcommand(this.#specs) };
    checkConflicts(this.#current, this.#specs);
    checkRequired(this.#current, this.#specs);
    return { kind: "run", line: { path: this.#path } };
  }

  get #current(): ParsedCommand {
    const last = this.#path.at(-1);
    if (last === undefined) throw new Error("a command line has a root");
    return last;
  }

  get #specs(): CommandSpec[] {
    return this.#path.map(({ spec }) => spec);
  }

  #long(word: string): ParseResult | null {
    const equals = word.indexOf("=");
    const name = equals === -1 ? word.slice(2) : word.slice(2, equals);
    if (name === "help") return { kind: "help", path: this.#specs, long: true };
    if (name === "version" && this.#current.spec.version !== undefined) {
      return { kind: "version", text: this.#current.spec.version };
    }
    const found = this.#find((option) => option.long === name || option.hiddenAliases?.includes(name) === true);
    if (found === null) throw this.#unexpected(`--${name}`);
    this.#take(found.option, found.owner, equals === -1 ? null : word.slice(equals + 1));
    return null;
  }

  /** `-m x`, `-mx`, `-m=x`, and flags written together. */
  #short(word: string): ParseResult | null {
    for (let at = 1; at < word.length; at += 1) {
      const letter = word[at] ?? "";
      if (letter === "h") return { kind: "help", path: this.#specs, long: false };
      if (letter === "V" && this.#current.spec.version !== undefined) {
        return { kind: "version", text: this.#current.spec.version };
      }
      const found = this.#find((option) => option.short === letter);
      if (found === null) throw this.#unexpected(`-${letter}`);
      if (found.option.value === undefined) {
        this.#take(found.option, found.owner, null);
        continue;
      }
      const rest = word.slice(at + 1).replace(/^=/, "");
      this.#take(found.option, found.owner, rest === "" ? null : rest);
      return null;
    }
    return null;
  }

  #word(word: string): ParseResult | null {
    const { spec } = this.#current;
    if (spec.subcommands !== undefined && word === "help") return this.#help();
    const sub = this.#argumentIndex === 0 || spec.arguments?.[0]?.rest !== true ? subcommandOf(spec, word) : undefined;
    if (sub === undefined) {
      this.#argument(word);
      return null;
    }
    checkConflicts(this.#current, this.#specs);
    this.#path.push(new ParsedCommand(sub));
    this.#argumentIndex = 0;
    return null;
  }

  /** `help [COMMAND...]`. */
  #help(): ParseResult {
    const path = this.#specs;
    for (const word of this.#words.slice(this.#at)) {
      const sub = subcommandOf(path.at(-1) ?? this.#current.spec, word);
      if (sub === undefined) throw usageError(`unrecognized subcommand '${word}'`, path);
      path.push(sub);
    }
    return { kind: "help", path, long: true };
  }

  #argument(word: string): void {
    const specs = this.#current.spec.arguments ?? [];
    const spec = specs[Math.min(this.#argumentIndex, specs.length - 1)];
    if (spec === undefined || (this.#argumentIndex >= specs.length && spec.rest !== true)) {
      throw this.#unexpectedWord(word);
    }
    if (spec.choices !== undefined && !spec.choices.includes(word))
      throw this.#badChoice(`[${spec.name}]`, word, spec.choices);
    this.#current.addArgument(spec.name, word);
    if (spec.rest === true) this.#onlyArguments = true;
    else this.#argumentIndex += 1;
  }

  /** The option in the current command, or a global one of a command above it. */
  #find(matches: (option: OptionSpec) => boolean): { option: OptionSpec; owner: ParsedCommand } | null {
    const own = this.#current.spec.options.find(matches);
    if (own !== undefined) return { option: own, owner: this.#current };
    for (const above of this.#path.slice(0, -1).toReversed()) {
      const option = above.spec.options.find((candidate) => candidate.global === true && matches(candidate));
      if (option !== undefined) return { option, owner: this.#current };
    }
    return null;
  }

  #take(option: OptionSpec, owner: ParsedCommand, attached: string | null): void {
    const { value } = option;
    const shown = optionName(option);
    if (value === undefined) {
      if (attached !== null) {
        throw usageError(`unexpected value '${attached}' for '${shown}' found; no more were expected`, this.#specs);
      }
      if (owner.has(option.long)) throw this.#usedTwice(shown);
      owner.add(option.long, "true");
      return;
    }
    if (owner.has(option.long) && option.repeatable !== true) throw this.#usedTwice(shown);
    const words = attached === null ? this.#valueWords(value.greedy === true) : [attached];
    const [first] = words;
    if (first === undefined) {
      const text = `a value is required for '${shown}' but none was supplied${choicesLine(value.choices)}`;
      throw usageError(text, this.#specs, { usage: false });
    }
    for (const text of value.commas === true ? words.flatMap((word) => word.split(",")) : words) {
      if (value.choices !== undefined && !value.choices.includes(text))
        throw this.#badChoice(shown, text, value.choices);
      const wrong = value.check?.(text) ?? null;
      if (wrong !== null) {
        throw usageError(`invalid value '${text}' for '${shown}': ${wrong}`, this.#specs, { usage: false });
      }
      owner.add(option.long, text);
    }
  }

  /** The word after an option, or all up to the next option. */
  #valueWords(greedy: boolean): string[] {
    const words: string[] = [];
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at] ?? "";
      if (word.startsWith("-") && word !== "-") break;
      // `--image a.png resume ID`: the command is meant, not a second image.
      if (greedy && words.length > 0 && subcommandOf(this.#current.spec, word) !== undefined) break;
      words.push(word);
      this.#at += 1;
      if (!greedy) break;
    }
    return words;
  }

  #unexpected(word: string): UsageError {
    const tip = this.#otherPlace(word) ?? this.#similar(word);
    if (tip !== null) return usageError(`unexpected argument '${word}' found`, this.#specs, { tip });
    const takesWords = (this.#current.spec.arguments ?? []).length > 0;
    const asValue = takesWords ? { tip: `to pass '${word}' as a value, use '-- ${word}'` } : {};
    return usageError(`unexpected argument '${word}' found`, this.#specs, asValue);
  }

  /** A command that comes later and has the option. */
  #otherPlace(word: string): string | null {
    const later = this.#words.slice(this.#at).map((name) => subcommandOf(this.#current.spec, name));
    const sub = later.find((spec) => spec?.options.some(({ long, hidden }) => `--${long}` === word && hidden !== true));
    return sub === undefined ? null : `'${sub.name} ${word}' exists`;
  }

  #similar(word: string): string | null {
    if (!word.startsWith("--")) return null;
    const name = similarName(
      word.slice(2),
      optionsOf(this.#specs).map(({ long }) => long),
    );
    return name === null ? null : `a similar argument exists: '--${name}'`;
  }

  #unexpectedWord(word: string): UsageError {
    const { subcommands, arguments: taken = [] } = this.#current.spec;
    if (subcommands === undefined || taken.length > 0) {
      return usageError(`unexpected argument '${word}' found`, this.#specs);
    }
    const shown = subcommands.filter(({ hidden }) => hidden !== true);
    const name = similarName(
      word,
      shown.flatMap((spec) => [spec.name, ...(spec.aliases ?? [])]),
    );
    const tip = name === null ? {} : { tip: `a similar subcommand exists: '${name}'` };
    return usageError(`unrecognized subcommand '${word}'`, this.#specs, tip);
  }

  #usedTwice(shown: string): UsageError {
    return usageError(`the argument '${shown}' cannot be used multiple times`, this.#specs);
  }

  #badChoice(shown: string, value: string, choices: readonly string[]): UsageError {
    return usageError(`invalid value '${value}' for '${shown}'${choicesLine(choices)}`, this.#specs, { usage: false });
  }
}

/** What was begun, or else what was misspelt. */
function similarName(name: string, names: readonly string[]): string | null {
  const begun = name === "" ? undefined : names.find((candidate) => candidate.startsWith(name));
  return begun ?? nearestName(name, names);
}

function choicesLine(choices: readonly string[] | undefined): string {
  return choices === undefined ? "" : `\n  [possible values: ${choices.join(", ")}]`;
}
