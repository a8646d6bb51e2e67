/** Command rules: reads *.rules files and decides allow, prompt or forbidden; the legacy policy language beside it. */

export { appendAllowRule, AmendmentError } from "./rules/append.js";
export {
  type CommandEvaluation,
  evaluate,
  type EvaluateOptions,
  type Evaluation,
  type HeuristicsRuleMatch,
  type MatchedRule,
  type PrefixRuleMatch,
  type RuleMatch,
} from "./rules/evaluate.js";
export { type LoadedRules, loadRules, type RuleLayer, type RuleProblem } from "./rules/load.js";
export { parseRules, type RuleFile } from "./rules/parse-rules.js";
export { RuleError } from "./rules/rule-error.js";
export { type Decision, type PatternToken, Policy, type PrefixRule, type RuleOrigin } from "./rules/policy.js";
export { type AmendmentProposal, proposeAmendment } from "./rules/propose.js";
export { forbiddenReason, PROMPT_IMPOSSIBLE, promptReason } from "./rules/reasons.js";
export { joinWords } from "./rules/shell-words.js";
export type { Position, SourceRange } from "./starlark/source.js";
export { type ProgramIo, runExecPolicyCheck } from "./check/program.js";
export type { SharedFlag } from "./check/arguments.js";
export type { ArgMatcher, ArgType, ExecCall, ProgramSpec, ValidExec } from "./legacy/exec-call.js";
export type { Mismatch } from "./legacy/errors.js";
export { checkPaths, type PathRules } from "./legacy/check-paths.js";
export { LegacyPolicyError, parseLegacyPolicy } from "./legacy/parse-policy.js";
export {
  checkCommand,
  type FailingExample,
  failingExamples,
  type ForbiddenCause,
  type LegacyPolicy,
  type LegacyVerdict,
} from "./legacy/policy.js";
export { BUILTIN_POLICY } from "./legacy/builtin-policy.js";
export { runLegacyCheck } from "./legacy/program.js";
