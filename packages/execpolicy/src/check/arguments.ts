/** Reads the command line of `execpolicy check`. */

/** A flag that all commands share, handed back to whoever knows about configuration. */
export interface SharedFlag {
  readonly name: "config" | "enable" | "disable";
  readonly value: string;
}

/** What is to be checked. */
export interface CheckArguments {
  readonly kind: "check";
  readonly rulesFiles: readonly string[];
  readonly pretty: boolean;
  readonly command: readonly string[];
  readonly sharedFlags: readonly SharedFlag[];
}

/** A usage error with its full text, or a wish for help. */
export type ParsedArguments =
  | CheckArguments
  | { readonly kind: "help" }
  | { readonly kind: "usage"; readonly text: string };

const USAGE = "Usage: codex execpolicy check --rules <PATH> <COMMAND>...";
const HELP_HINT = "For more information, try '--help'.\n";

/** Value flags by every way to write them, with the name that messages use. */
const VALUE_FLAGS: ReadonlyMap<string, { readonly name: "rules" | SharedFlag["name"]; readonly shown: string }> =
  new Map([
    ["-r", { name: "rules", shown: "--rules <PATH>" }],
    ["--rules", { name: "rules", shown: "--rules <PATH>" }],
    ["-c", { name: "config", shown: "--config <key=value>" }],
    ["--config", { name: "config", shown: "--config <key=value>" }],
    ["--enable", { name: "enable", shown: "--enable <FEATURE>" }],
    ["--disable", { name: "disable", shown: "--disable <FEATURE>" }],
  ]);

/** Flags first; the first word that is none begins the command, and everything after it belongs to it. */
export function parseCheckArguments(args: readonly string[]): ParsedArguments {
  const rulesFiles: string[] = [];
  const sharedFlags: SharedFlag[] = [];
  let pretty = false;
  let at = 0;
  for (; at < args.length; at += 1) {
    const word = args[at] ?? "";
    if (word === "-h" || word === "--help") return { kind: "help" };
    if (word === "--pretty") {
      if (pretty) return usage("the argument '--pretty' cannot be used multiple times", OPTIONS_USAGE);
      pretty = true;
      continue;
    }
    if (word.startsWith("--pretty=")) {
      const value = word.slice("--pretty=".length);
      return usage(`unexpected value '${value}' for '--pretty' found; no more were expected`, PRETTY_USAGE);
    }
    const [name, attached] = splitAttached(word);
    const flag = VALUE_FLAGS.get(name);
    if (flag === undefined) break;
    const value = attached ?? args[(at += 1)];
    if (value === undefined || value === "") {
      return usage(`a value is required for '${flag.shown}' but none was supplied`, null);
    }
    if (flag.name === "rules") rulesFiles.push(value);
    else sharedFlags.push({ name: flag.name, value });
  }
  if (args[at] === "--") at += 1;
  const command = args.slice(at);
  const missing = [
    ...(rulesFiles.length === 0 ? ["  --rules <PATH>\n"] : []),
    ...(command.length === 0 ? ["  <COMMAND>...\n"] : []),
  ];
  if (missing.length > 0)
    return usage(`the following required arguments were not provided:\n${missing.join("")}`, USAGE);
  return { kind: "check", rulesFiles, pretty, command, sharedFlags };
}

const OPTIONS_USAGE = "Usage: codex execpolicy check [OPTIONS] --rules <PATH> <COMMAND>...";
const PRETTY_USAGE = "Usage: codex execpolicy check --rules <PATH> --pretty <COMMAND>...";

function usage(problem: string, line: string | null): ParsedArguments {
  const parts = [`error: ${problem.trimEnd()}\n`, ...(line === null ? [] : [`${line}\n`]), HELP_HINT];
  return { kind: "usage", text: parts.join("\n") };
}

/** Long flags may carry their value after `=`. */
function splitAttached(word: string): [name: string, value: string | undefined] {
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}
