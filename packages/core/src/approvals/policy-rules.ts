/** Judges commands by the rules files of all layers and by what is known of programs. Everything loads at the first command. */

import { join } from "node:path";
import type { Policy, RuleLayer } from "@codex-ts/execpolicy";
import { loadShellAnalysis, quoteCommand } from "@codex-ts/shell-command";
import type { CommandRules } from "./command-rules.js";
import { heuristicDecision } from "./command-verdict.js";

/** Where rules come from. */
export interface PolicyRulesOptions {
  /** Layers with their folders, lowest precedence first; empty when the feature is off. */
  layers: readonly RuleLayer[];
  /** The user's own folder, to which amendments are added. */
  codexHome: string;
  /** The feature is on: amendments are proposed. */
  proposes: boolean;
  /** Path of the user's shell, which is trusted wherever it lies. */
  userShell: string;
}

/** The real rules. */
export function policyRules(options: PolicyRulesOptions): CommandRules {
  const context = { platform: process.platform, userShell: options.userShell };
  let policy: Promise<Policy> | null = null;
  const problems: string[] = [];
  const loaded = (): Promise<Policy> => (policy ??= load(options, problems));
  return {
    facts: async (argv, permissions, approval, { enforceable }) => {
      const [{ evaluate, forbiddenReason, promptReason, proposeAmendment }, analysis, rules] = await Promise.all([
        import("@codex-ts/execpolicy"),
        loadShellAnalysis(),
        loaded(),
      ]);
      const plain = analysis.plainCommands(argv);
      const evaluation = evaluate(
        rules,
        plain ?? [argv],
        (command) => {
          const safe = analysis.isKnownSafe(command, context);
          // What nothing can hold to the policy is as dangerous as what is known to be.
          const dangerous = !enforceable || analysis.isDangerous(command, context);
          return heuristicDecision({ safe, dangerous }, permissions, approval);
        },
        { embedded: within(analysis.commandsWithin(argv), plain === null ? null : argv) },
      );
      // An empty script does nothing: there is nothing to ask about.
      const decision = plain?.length === 0 ? "allow" : evaluation.decision;
      const quoted = quoteCommand(argv);
      return {
        decision,
        forbiddenReason: forbiddenReason(evaluation, quoted),
        promptReason: promptReason(evaluation, quoted),
        allAllowedByRules: evaluation.allAllowedByRules,
        proposal: options.proposes ? proposeAmendment(evaluation) : null,
        danger: analysis.isDestructive(argv) ? "destroys" : analysis.isKnownSafe(argv, context) ? null : "writes",
      };
    },
    actions: async (argv) => (await loadShellAnalysis()).commandActions(argv),
    takeProblems: () => problems.splice(0),
    amend: async (prefix) => {
      const { appendAllowRule } = await import("@codex-ts/execpolicy");
      if (!options.proposes) throw new Error("cannot append rule because rules feature is disabled");
      const before = await loaded();
      policy = Promise.resolve(before.withAllowRule(prefix));
      await appendAllowRule(join(options.codexHome, "rules", "default.rules"), prefix);
    },
  };
}

/** @param shell the call of a shell whose script was split: nobody asks about that shell */
function within(commands: readonly string[][], shell: readonly string[] | null): readonly string[][] {
  if (shell === null) return commands;
  const script = shell.slice(1).join("\0");
  return commands.filter(([, ...words]) => words.join("\0") !== script);
}

async function load({ layers }: PolicyRulesOptions, told: string[]): Promise<Policy> {
  const { loadRules } = await import("@codex-ts/execpolicy");
  const { policy, problems } = await loadRules(layers);
  told.push(
    ...problems.map(
      ({ details }) => `A rules file cannot be used as a whole; what it forbids may not hold. ${details}`,
    ),
  );
  return policy;
}
