/** What a client is asked, in the words of v2 and v1, and what its answers mean. */

import type { Answer, CommandDecision, FileChangeDecision, Question, ThreadEvent } from "@codex-ts/protocol";
import type { ServerRequestMethod, ServerRequestParams } from "../messages.js";
import { parseServerRequestResult } from "../validation/parse-messages.js";
import { commandActionToV2, type QuoteCommand } from "./v2-items.js";

/** A request of the server without its id. */
export type ServerRequestCall = {
  [Method in ServerRequestMethod]: { method: Method; params: ServerRequestParams<Method> };
}[ServerRequestMethod];

/** A question with where it belongs. */
export type AskedEvent = Extract<ThreadEvent, { type: "question.asked" }>;

/**
 * @param newer whether the client knows what 0.92 did not have
 * @returns the request, or null when the client cannot be asked this: {@link withoutAnswer} is the answer then
 */
export function v2QuestionOf(event: AskedEvent, quoteCommand: QuoteCommand, newer = false): ServerRequestCall | null {
  const { question, threadId } = event;
  const turnId = event.turnId ?? "";
  switch (question.kind) {
    case "command":
      return {
        method: "item/commandExecution/requestApproval",
        params: {
          threadId,
          turnId,
          itemId: question.itemId,
          reason: question.reason,
          command: quoteCommand(question.argv),
          cwd: question.cwd,
          commandActions: question.actions.map(commandActionToV2),
          proposedExecpolicyAmendment: question.proposedAmendment,
          ...(newer && question.shortAmendment !== null ? { shortExecpolicyAmendment: question.shortAmendment } : {}),
          ...(question.risk === null ? {} : { risk: question.risk }),
        },
      };
    case "fileChange": {
      const { itemId, reason, grantRoot } = question;
      return { method: "item/fileChange/requestApproval", params: { threadId, turnId, itemId, reason, grantRoot } };
    }
    case "userInput": {
      const questions = question.questions.map((prompt) => ({
        id: prompt.id,
        header: prompt.header,
        question: prompt.question,
        isOther: prompt.isOther ?? false,
        options: prompt.options ?? null,
      }));
      return { method: "item/tool/requestUserInput", params: { threadId, turnId, itemId: question.itemId, questions } };
    }
    case "clientTool": {
      const { itemId: callId, tool, arguments: args } = question;
      return { method: "item/tool/call", params: { threadId, turnId, callId, tool, arguments: args } };
    }
    case "elicitation": {
      if (!newer) return null;
      const { server: serverName, message, requestedSchema } = question;
      const asked = { threadId, turnId: event.turnId, serverName, message, requestedSchema };
      return { method: "mcpServer/elicitation/request", params: { ...asked, mode: "form", _meta: null } };
    }
  }
}

/** @returns the request in v1's words, or null when v1 has none: {@link withoutAnswer} is the answer then */
export function v1QuestionOf(event: AskedEvent): ServerRequestCall | null {
  const { question, threadId: conversationId } = event;
  switch (question.kind) {
    case "command":
      return {
        method: "execCommandApproval",
        params: {
          conversationId,
          callId: question.itemId,
          command: question.argv,
          cwd: question.cwd,
          reason: question.reason,
          parsedCmd: question.actions,
          ...(question.risk === null ? {} : { risk: question.risk }),
        },
      };
    case "fileChange": {
      const { itemId: callId, changes: fileChanges, reason, grantRoot } = question;
      return { method: "applyPatchApproval", params: { conversationId, callId, fileChanges, reason, grantRoot } };
    }
    case "userInput":
    case "clientTool":
    case "elicitation":
      return null;
  }
}

/**
 * @param result what the client answered; an unusable answer means what {@link withoutAnswer} says
 * @param method the request that was sent
 */
export function answerOf(question: Question, method: ServerRequestMethod, result: unknown): Answer {
  try {
    return usableAnswer(method, result) ?? withoutAnswer(question);
  } catch {
    // whatever was wrong with it: a person has not said yes
    return unusable(question);
  }
}

function usableAnswer(method: ServerRequestMethod, result: unknown): Answer | null {
  switch (method) {
    case "item/commandExecution/requestApproval": {
      const { decision } = parseServerRequestResult(method, result);
      return { kind: "command", decision: commandDecision(decision) };
    }
    case "item/fileChange/requestApproval":
      return { kind: "fileChange", decision: decisions[parseServerRequestResult(method, result).decision] };
    case "item/tool/requestUserInput":
      return { kind: "userInput", response: parseServerRequestResult(method, result) };
    case "item/tool/call": {
      const { output, success } = parseServerRequestResult(method, result);
      return { kind: "clientTool", output, success };
    }
    case "execCommandApproval":
      return { kind: "command", decision: parseServerRequestResult(method, result).decision };
    case "applyPatchApproval": {
      const { decision } = parseServerRequestResult(method, result);
      return { kind: "fileChange", decision: typeof decision === "string" ? decision : "approved" };
    }
    case "mcpServer/elicitation/request": {
      const { action, content } = parseServerRequestResult(method, result);
      return { kind: "elicitation", action, content };
    }
  }
}

const decisions = {
  accept: "approved",
  acceptForSession: "approved_for_session",
  decline: "denied",
  cancel: "abort",
} as const satisfies Record<string, FileChangeDecision>;

type V2CommandDecision = keyof typeof decisions | { acceptWithExecpolicyAmendment: { execpolicy_amendment: string[] } };

function commandDecision(decision: V2CommandDecision): CommandDecision {
  if (typeof decision === "string") return decisions[decision];
  const { execpolicy_amendment } = decision.acceptWithExecpolicyAmendment;
  return { approved_execpolicy_amendment: { proposed_execpolicy_amendment: execpolicy_amendment } };
}

/** @returns the answer when nobody can or will answer: no */
export function withoutAnswer(question: Question): Answer {
  switch (question.kind) {
    case "command":
      return { kind: "command", decision: "denied" };
    case "fileChange":
      return { kind: "fileChange", decision: "denied" };
    case "elicitation":
      return { kind: "elicitation", action: "decline", content: null };
    case "userInput":
      return { kind: "userInput", response: { answers: {} } };
    case "clientTool":
      return { kind: "clientTool", output: "dynamic tool calls require api v2", success: false };
  }
}

function unusable(question: Question): Answer {
  if (question.kind !== "clientTool") return withoutAnswer(question);
  return { kind: "clientTool", output: "dynamic tool response was invalid", success: false };
}
