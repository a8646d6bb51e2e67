/** Questions of a turn as permission requests, and what the person's choice means. Pure. */

import type { PermissionOption, RequestPermissionRequest, RequestPermissionResponse } from "@agentclientprotocol/sdk";
import type { Answer, CommandDecision, CommandQuestion, FileChangeQuestion } from "@codex-ts/protocol";
import { changedPlaces, diffsOf } from "../updates/diffs.js";

/** Questions that an editor can ask. */
export type PermissionQuestion = CommandQuestion | FileChangeQuestion;

const ALLOW_RULE = "allow-rule";
const ALLOW_SHORT_RULE = "allow-short-rule";

const CHOICES: readonly (PermissionOption & { optionId: FileDecision })[] = [
  { optionId: "approved", name: "Yes", kind: "allow_once" },
  { optionId: "approved_for_session", name: "Yes, and not again in this session", kind: "allow_always" },
  { optionId: "denied", name: "No, go on without it", kind: "reject_once" },
  { optionId: "abort", name: "No, and stop", kind: "reject_once" },
];

type FileDecision = "approved" | "approved_for_session" | "denied" | "abort";

/** The request. */
export function permissionOf(sessionId: string, question: PermissionQuestion): RequestPermissionRequest {
  return { sessionId, toolCall: callOf(question), options: optionsOf(question) };
}

/** @param response what the editor sent; null: it could not ask. Then nobody has said yes */
export function answerOf(question: PermissionQuestion, response: RequestPermissionResponse | null): Answer {
  const decision = decisionOf(response);
  if (question.kind === "fileChange") return { kind: "fileChange", decision };
  const chosen = response?.outcome.outcome === "selected" ? response.outcome.optionId : null;
  const rule = rulesOf(question).find(({ optionId }) => optionId === chosen)?.prefix;
  const withRule: CommandDecision | null =
    rule === undefined ? null : { approved_execpolicy_amendment: { proposed_execpolicy_amendment: rule } };
  return { kind: "command", decision: withRule ?? decision };
}

// helpers

function callOf(question: PermissionQuestion): RequestPermissionRequest["toolCall"] {
  const { reason } = question;
  const why = reason === null ? [] : [{ type: "content" as const, content: { type: "text" as const, text: reason } }];
  const about = { toolCallId: question.itemId, status: "pending" as const };
  if (question.kind === "command") {
    return { ...about, content: why, rawInput: { command: question.argv, cwd: question.cwd } };
  }
  const { changes } = question;
  return { ...about, kind: "edit", content: [...why, ...diffsOf(changes)], locations: changedPlaces(changes) };
}

function optionsOf(question: PermissionQuestion): PermissionOption[] {
  const rules = question.kind === "command" ? rulesOf(question) : [];
  const options = rules.map(({ optionId, prefix }): PermissionOption => ({
    optionId,
    name: `Yes, and always for commands that begin with \`${prefix.join(" ")}\``,
    kind: "allow_always",
  }));
  return [...CHOICES.slice(0, 2), ...options, ...CHOICES.slice(2)];
}

/** Rules that the person may add with a yes, the one that allows the least first. */
function rulesOf({ proposedAmendment, shortAmendment }: CommandQuestion): { optionId: string; prefix: string[] }[] {
  return [
    ...(proposedAmendment === null ? [] : [{ optionId: ALLOW_RULE, prefix: proposedAmendment }]),
    ...(shortAmendment === null ? [] : [{ optionId: ALLOW_SHORT_RULE, prefix: shortAmendment }]),
  ];
}

/** A person who closes the question wants the turn to stop. */
function decisionOf(response: RequestPermissionResponse | null): FileDecision {
  if (response === null) return "denied";
  const { outcome } = response;
  if (outcome.outcome === "cancelled") return "abort";
  return CHOICES.find(({ optionId }) => optionId === outcome.optionId)?.optionId ?? "denied";
}
