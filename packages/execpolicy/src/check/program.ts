/** The program `codex execpolicy check`: which rules match a command, as JSON. */

import { readFile } from "node:fs/promises";
import { matchingRules, type MatchedRule, wireMatch } from "../rules/evaluate.js";
import { decode } from "../rules/layer-files.js";
import { parseRules } from "../rules/parse-rules.js";
import { RuleError } from "../rules/rule-error.js";
import { type Decision, Policy, strictest } from "../rules/policy.js";
import { reasonOf } from "../rules/system-errors.js";
import { type CheckArguments, parseCheckArguments, type SharedFlag } from "./arguments.js";

/** Where a program writes, and who knows about the flags that all commands share. */
export interface ProgramIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Looks at `-c`, `--enable` and `--disable`; an answer is an error that ends the program. */
  readonly checkSharedFlags?: (flags: readonly SharedFlag[]) => string | null;
}

const HELP = `Show which rules match a command

Usage: codex execpolicy check [OPTIONS] --rules <PATH> <COMMAND>...

Arguments:
  <COMMAND>...  The command's words; everything from the first one on belongs to the command

Options:
  -r, --rules <PATH>        A rules file; may be given several times
      --pretty              Indent the JSON and add which rule, in which file and line, decided
  -c, --config <key=value>  Override a configuration value
      --enable <FEATURE>    Turn a feature on
      --disable <FEATURE>   Turn a feature off
  -h, --help                Print help
`;

/**
 * @param args the words after `execpolicy check`
 * @returns the exit code: 0 whatever the decision, 1 for files that cannot be used, 2 for wrong usage
 */
export async function runExecPolicyCheck(args: readonly string[], io: ProgramIo): Promise<number> {
  const parsed = parseCheckArguments(args);
  if (parsed.kind === "help") {
    io.stdout(HELP);
    return 0;
  }
  if (parsed.kind === "usage") {
    io.stderr(parsed.text);
    return 2;
  }
  const flagProblem = io.checkSharedFlags?.(parsed.sharedFlags) ?? null;
  if (flagProblem !== null) {
    io.stderr(`Error: ${flagProblem}\n`);
    return 1;
  }
  const policy = await readPolicy(parsed.rulesFiles);
  if (!(policy instanceof Policy)) {
    io.stderr(`Error: ${policy.problem}\n\nCaused by:\n${indent(policy.cause)}\n`);
    return 1;
  }
  io.stdout(`${checkOutput(policy, parsed)}\n`);
  return 0;
}

async function readPolicy(paths: readonly string[]): Promise<Policy | { problem: string; cause: string }> {
  const rules = [];
  for (const path of paths) {
    let text: string;
    try {
      text = decode(await readFile(path));
    } catch (error) {
      return { problem: `failed to read policy at ${path}`, cause: reasonOf(error).text };
    }
    try {
      rules.push(...parseRules(text, path).rules);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      return { problem: `failed to parse policy at ${path}`, cause: error.details };
    }
  }
  return new Policy(rules);
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

function checkOutput(policy: Policy, { command, pretty }: CheckArguments): string {
  const found = matchingRules(policy, command);
  const decision = strictest(found.map(({ rule }) => rule.decision));
  const matchedRules = found.map(wireMatch);
  if (decision === null) return JSON.stringify({ matchedRules }, null, pretty ? 2 : 0);
  if (!pretty) return JSON.stringify({ matchedRules, decision });
  return JSON.stringify({ matchedRules, decision, decidedBy: decidedBy(found, decision) }, null, 2);
}

/** The rules that the decision comes from, by their places. */
function decidedBy(found: readonly MatchedRule[], decision: Decision): { file: string; line: number }[] {
  return found.flatMap(({ rule }) =>
    rule.decision === decision && rule.origin !== null ? [{ file: rule.origin.file, line: rule.origin.line }] : [],
  );
}
