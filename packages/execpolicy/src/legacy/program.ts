/** The program of the legacy checker: one command in, one line of JSON out. */

import { readFile } from "node:fs/promises";
import type { ProgramIo } from "../check/program.js";
import { decode } from "../rules/layer-files.js";
import { reasonOf } from "../rules/system-errors.js";
import { BUILTIN_POLICY } from "./builtin-policy.js";
import type { ExecCall } from "./exec-call.js";
import { LegacyPolicyError, parseLegacyPolicy } from "./parse-policy.js";
import { checkCommand, type LegacyPolicy, type LegacyVerdict } from "./policy.js";

const USAGE = `Usage: codex-execpolicy-legacy [OPTIONS] <COMMAND>

Commands:
  check ARGV...    Check a command given as words
  check-json JSON  Check a command given as {"program": "...", "args": ["..."]}

Options:
      --require-safe   Exit with 12, 13 or 14 unless the command is known to be safe
  -p, --policy <FILE>  A policy file instead of the built-in policy
  -h, --help           Print help
`;

/** Exit codes with `--require-safe`. */
const EXIT_CODES: Readonly<Record<LegacyVerdict["result"], number>> = {
  safe: 0,
  match: 12,
  unverified: 13,
  forbidden: 14,
};

/** @returns the exit code; 0 whatever the verdict unless `--require-safe`, 1 for bad input, 2 for wrong usage */
export async function runLegacyCheck(args: readonly string[], io: ProgramIo): Promise<number> {
  const parsed = parseArguments(args);
  if (parsed.kind === "help") {
    io.stdout(USAGE);
    return 0;
  }
  if (parsed.kind === "usage") {
    io.stderr(`error: ${parsed.problem}\n\n${USAGE}`);
    return 2;
  }
  const call = readCall(parsed);
  if ("problem" in call) {
    io.stderr(`${call.problem}\n`);
    return 1;
  }
  const policy = await readPolicy(parsed.policyFile);
  if ("problem" in policy) {
    io.stderr(`Error: ${policy.problem}\n`);
    return 1;
  }
  const verdict = checkCommand(policy, call);
  io.stdout(`${JSON.stringify(verdict)}\n`);
  return parsed.requireSafe ? EXIT_CODES[verdict.result] : 0;
}

interface LegacyArguments {
  readonly kind: "check" | "check-json";
  readonly requireSafe: boolean;
  readonly policyFile: string | null;
  readonly words: readonly string[];
}

function parseArguments(
  args: readonly string[],
): LegacyArguments | { readonly kind: "help" } | { readonly kind: "usage"; readonly problem: string } {
  let requireSafe = false;
  let policyFile: string | null = null;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? "";
    if (word === "-h" || word === "--help") return { kind: "help" };
    if (word === "--require-safe") requireSafe = true;
    else if (word === "-p" || word === "--policy") {
      policyFile = args[(at += 1)] ?? null;
      if (policyFile === null) {
        return { kind: "usage", problem: "a value is required for '--policy <POLICY>' but none was supplied" };
      }
    } else if (word.startsWith("--policy=")) policyFile = word.slice("--policy=".length);
    else if (word === "check" || word === "check-json") {
      return { kind: word, requireSafe, policyFile, words: args.slice(at + 1) };
    } else if (word.startsWith("-")) return { kind: "usage", problem: `unexpected argument '${word}' found` };
    else return { kind: "usage", problem: `unrecognized subcommand '${word}'` };
  }
  return { kind: "usage", problem: "a subcommand is required" };
}

function readCall({ kind, words }: LegacyArguments): ExecCall | { readonly problem: string } {
  if (kind === "check-json") return parseCall(words[0] ?? "");
  const [program, ...args] = words[0] === "--" ? words.slice(1) : words;
  return program === undefined ? { problem: "no command provided" } : { program, args };
}

function parseCall(text: string): ExecCall | { readonly problem: string } {
  const bad = { problem: 'Error: expected JSON like {"program": "ls", "args": ["-l"]}' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The text is the user's; what was expected says more than the parser's message.
    return bad;
  }
  if (typeof value !== "object" || value === null || !("program" in value)) return bad;
  const { program } = value;
  const args: unknown = "args" in value ? value.args : [];
  if (typeof program !== "string" || !Array.isArray(args)) return bad;
  const words = args.filter((arg): arg is string => typeof arg === "string");
  return words.length === args.length ? { program, args: words } : bad;
}

async function readPolicy(path: string | null): Promise<LegacyPolicy | { readonly problem: string }> {
  if (path === null) return parseLegacyPolicy(BUILTIN_POLICY, "#default");
  try {
    return parseLegacyPolicy(decode(await readFile(path)), path);
  } catch (error) {
    if (error instanceof LegacyPolicyError) return { problem: `failed to parse policy at ${path}\n\n${error.details}` };
    return { problem: `failed to read policy at ${path}: ${reasonOf(error).text}` };
  }
}
