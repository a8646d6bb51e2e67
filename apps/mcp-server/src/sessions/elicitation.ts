/** Questions of a turn as `elicitation/create` requests, and what the client's answers mean. Pure. */

import { quoteCommand } from "@codex-ts/shell-command";
import type {
  Answer,
  CommandDecision,
  FileChangeDecision,
  Question,
  UserInputPrompt,
  UserInputQuestion,
} from "@codex-ts/protocol";
import { isObject, type RpcId } from "../rpc/message.js";

/** Where a question comes from. */
export interface AskedDuring {
  threadId: string;
  turnId: string;
  /** The tools/call that is running. */
  requestId: RpcId;
}

const NOTHING_TO_FILL_IN = { properties: {}, type: "object" };

/** The request's params; null: a client of MCP cannot be asked this. */
export function elicitationOf(question: Question, { threadId, turnId, requestId }: AskedDuring): object | null {
  const during = (kind: string): object => ({
    threadId,
    codex_elicitation: kind,
    codex_mcp_tool_call_id: String(requestId),
    codex_event_id: turnId,
  });
  switch (question.kind) {
    case "command":
      return {
        message: `Allow Codex to run \`${quoteCommand(question.argv)}\` in \`${question.cwd}\`?`,
        requestedSchema: NOTHING_TO_FILL_IN,
        ...during("exec-approval"),
        codex_call_id: question.itemId,
        codex_command: question.argv,
        codex_cwd: question.cwd,
        codex_parsed_cmd: question.actions,
      };
    case "fileChange": {
      const { reason, grantRoot } = question;
      return {
        message: [...(reason === null ? [] : [reason]), "Allow Codex to apply proposed code changes?"].join("\n"),
        requestedSchema: NOTHING_TO_FILL_IN,
        ...during("patch-approval"),
        codex_call_id: question.itemId,
        ...(reason === null ? {} : { codex_reason: reason }),
        ...(grantRoot === null ? {} : { codex_grant_root: grantRoot }),
        codex_changes: question.changes,
      };
    }
    case "elicitation":
      return {
        message: `${question.server}: ${question.message}`,
        requestedSchema: isObject(question.requestedSchema) ? question.requestedSchema : NOTHING_TO_FILL_IN,
        ...during("mcp-elicitation"),
        codex_server_name: question.server,
      };
    case "userInput":
      return {
        message: question.questions.map(({ question: text }) => text).join("\n"),
        requestedSchema: formOf(question),
        ...during("user-input"),
        codex_call_id: question.itemId,
      };
    case "clientTool":
      return null;
  }
}

/** Whether the question is answered by a form, which only a client that says so can show. */
export function needsForm(question: Question): boolean {
  return question.kind === "elicitation" || question.kind === "userInput";
}

/** @param result what the client sent; null: an error, or nobody was there. What is no answer means no. */
export function answerOf(question: Question, result: unknown): Answer {
  const answer = isObject(result) ? result : {};
  const action = actionOf(answer["action"]);
  switch (question.kind) {
    case "command":
      return { kind: "command", decision: amendmentOf(answer["decision"]) ?? decisionOf(answer) };
    case "fileChange":
      return {
        kind: "fileChange",
        decision: amendmentOf(answer["decision"]) === null ? decisionOf(answer) : "approved",
      };
    case "elicitation":
      return { kind: "elicitation", action, content: action === "accept" ? (answer["content"] ?? {}) : null };
    case "userInput":
      return { kind: "userInput", response: action === "accept" ? filledIn(question, answer["content"]) : null };
    case "clientTool":
      return { kind: "clientTool", output: "this client runs no tools", success: false };
  }
}

// helpers

/** Codex's own `decision` says more than the standard `action`, and wins. */
function decisionOf({ decision, action }: Record<string, unknown>): FileChangeDecision {
  switch (decision) {
    case "approved":
    case "approved_for_session":
    case "denied":
    case "abort":
      return decision;
    case undefined:
      return { accept: "approved" as const, decline: "denied" as const, cancel: "abort" as const }[
        action === undefined ? "decline" : actionOf(action)
      ];
    default:
      return "denied";
  }
}

function actionOf(action: unknown): "accept" | "decline" | "cancel" {
  return action === "accept" || action === "cancel" ? action : "decline";
}

function amendmentOf(decision: unknown): CommandDecision | null {
  if (!isObject(decision) || !isObject(decision["approved_execpolicy_amendment"])) return null;
  const prefix = decision["approved_execpolicy_amendment"]["proposed_execpolicy_amendment"];
  if (!Array.isArray(prefix) || !prefix.every((word) => typeof word === "string")) return null;
  return { approved_execpolicy_amendment: { proposed_execpolicy_amendment: prefix } };
}

function formOf({ questions }: UserInputQuestion): object {
  return {
    type: "object",
    properties: Object.fromEntries(questions.map((prompt) => [prompt.id, fieldOf(prompt)])),
    required: questions.map(({ id }) => id),
  };
}

function fieldOf({ header, question, options, isOther }: UserInputPrompt): object {
  const labels = (options ?? []).map(({ label }) => label);
  const choice = labels.length > 0 && isOther !== true ? { enum: labels } : {};
  return { type: "string", title: header, description: question, ...choice };
}

function filledIn(
  { questions }: UserInputQuestion,
  content: unknown,
): Extract<Answer, { kind: "userInput" }>["response"] {
  const given = isObject(content) ? content : {};
  const answers = questions.map(({ id }) => [id, { answers: given[id] === undefined ? [] : [String(given[id])] }]);
  return { answers: Object.fromEntries(answers) as Record<string, { answers: string[] }> };
}
