/** Loads the rules files of all configuration layers into one policy, however broken some of them are. */

import { Budget, LEAST_STEPS } from "../starlark/limits.js";
import type { RuleFile } from "./parse-rules.js";
import { readLayer, type FoundFile } from "./layer-files.js";
import { Policy, type PrefixRule } from "./policy.js";
import { RuleError } from "./rule-error.js";
import type { SourceRange } from "../starlark/source.js";

/** A configuration layer's folder, which may have a folder `rules` in it. */
export interface RuleLayer {
  readonly dir: string;
  /** Untrusted layers can only restrict: their allow rules do not count. */
  readonly trusted: boolean;
  /** The layer's name in problems and explanations. */
  readonly label: string;
}

/** What could not be used of a layer. Its other files still count, but none of the layer's allow rules. */
export interface RuleProblem {
  readonly layer: string;
  /** The file or folder that is broken. */
  readonly path: string;
  readonly kind: "syntax" | "unreadable";
  /** One line. */
  readonly message: string;
  /** The reason with the source line, over several lines. */
  readonly details: string;
  /** Where in the file; null for problems with the file itself. */
  readonly range: SourceRange | null;
}

/** The rules in force and what is wrong with the files they come from. */
export interface LoadedRules {
  readonly policy: Policy;
  readonly problems: readonly RuleProblem[];
}

/**
 * Reads `rules/*.rules` of each layer, lowest precedence first. A layer fails safe: with any problem in it, its allow
 * rules do not count (what limited them may be what is broken), while its readable prompt and forbidden rules do.
 * Never rejects: problems are part of the answer.
 */
export async function loadRules(layers: readonly RuleLayer[]): Promise<LoadedRules> {
  const loaded = await Promise.all(layers.map(loadLayer));
  return {
    policy: new Policy(loaded.flatMap(({ rules }) => rules)),
    problems: loaded.flatMap(({ problems }) => problems),
  };
}

interface LoadedLayer {
  readonly rules: readonly PrefixRule[];
  readonly problems: readonly RuleProblem[];
}

async function loadLayer(layer: RuleLayer): Promise<LoadedLayer> {
  const found = await readLayer(layer.dir);
  if (found.length === 0) return { rules: [], problems: [] };
  // Loaded only when there is something to parse: most sessions have no rules.
  const parser = await import("./parse-rules.js");
  const budget = new Budget();
  const files = found.map((file) => {
    budget.ensure(LEAST_STEPS);
    return loadFile(file, (text) => parser.parseRules(text, file.path, { layer: layer.label, budget }), layer.label);
  });
  const problems = files.flatMap((file) => file.problems);
  const rules = files.flatMap((file) => file.rules);
  const mayAllow = layer.trusted && problems.length === 0;
  return { rules: mayAllow ? rules : rules.filter((rule) => rule.decision !== "allow"), problems };
}

function loadFile(found: FoundFile, parse: (text: string) => RuleFile, label: string): LoadedLayer {
  if ("unreadable" in found) {
    const details = found.unreadable;
    return {
      rules: [],
      problems: [{ layer: label, path: found.path, kind: "unreadable", message: details, details, range: null }],
    };
  }
  try {
    return { rules: parse(found.text).rules, problems: [] };
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return { rules: error.restrictions, problems: [syntaxProblem(error, label)] };
  }
}

function syntaxProblem({ file, message, details, range }: RuleError, layer: string): RuleProblem {
  const place = `${file}:${range.start.line}:${range.start.column}`;
  return {
    layer,
    path: file,
    kind: "syntax",
    message: `${place}: ${message.split("\n")[0] ?? ""}`,
    details: `failed to parse rules file ${file}: ${details}`,
    range,
  };
}
