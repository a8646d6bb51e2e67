/** What a person (or a client on their behalf) can answer when asked, and what an answer may change for later. */

/** Tokens that a command must start with for an allow rule: `["git", "push"]`. */
export type ExecPolicyAmendment = string[];

/** Allow this command now and add an allow rule for the prefix. @inline @closed */
export interface ApprovedExecPolicyAmendment {
  approved_execpolicy_amendment: { proposed_execpolicy_amendment: ExecPolicyAmendment };
}

/** Answers for commands: file changes know no rules, so they have no amendment (see {@link FileChangeDecision}). @inline */
export type CommandDecision = "approved" | ApprovedExecPolicyAmendment | "approved_for_session" | "denied" | "abort";

/** Answers for file changes. `approved_for_session` is remembered by absolute path, for both ends of a move. */
export type FileChangeDecision = "approved" | "approved_for_session" | "denied" | "abort";

/** The wire's single type for both. */
export type ReviewDecision = CommandDecision;

/** Answer to a question that an MCP server asked. */
export type ElicitationAction = "accept" | "decline" | "cancel";

/** How risky a command looks to the optional assessment. */
export type RiskLevel = "low" | "medium" | "high";

/** What kind of harm a risky command could do. */
export type RiskCategory =
  | "data_deletion"
  | "data_exfiltration"
  | "privilege_escalation"
  | "system_modification"
  | "network_access"
  | "resource_exhaustion"
  | "compliance";

/** A short model call's view of a command that waits for approval; advice for a person, never a decision. */
export interface CommandRisk {
  level: RiskLevel;
  /** null when the command looks harmless. */
  category: RiskCategory | null;
  description: string;
}
