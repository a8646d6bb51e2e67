/** The contract for judging a command by rules and heuristics; `policy-rules.ts` is the real one. */

import type { ApprovalPolicy, ExecPolicyAmendment, ParsedCommand } from "@codex-ts/protocol";
import type { CommandFacts, SandboxPermissions } from "./command-verdict.js";

/** Judges commands. */
export interface CommandRules {
  /**
   * What rules and heuristics say of a command.
   * @param machine `enforceable`: the operating system can hold the command to the sandbox policy, or needs not
   */
  facts(
    argv: readonly string[],
    permissions: SandboxPermissions,
    approval: ApprovalPolicy,
    machine: { enforceable: boolean },
  ): Promise<CommandFacts>;
  /** What a command does, for display. */
  actions(argv: readonly string[]): Promise<ParsedCommand[]>;
  /** What is wrong with rules files, for people; each is told once, when the rules were first needed. */
  takeProblems(): string[];
  /** Allows a prefix from now on, in memory and in the user's rules file. @throws when the file cannot be written */
  amend(prefix: ExecPolicyAmendment): Promise<void>;
}
