/** Puts a question of core to the functions of the caller. */

import type { Answer, CommandDecision, FileChangeDecision, Question, ThreadEvent } from "@codex-ts/protocol";
import { fileUpdateChanges } from "@codex-ts/app-server-protocol";
import { quoteCommand } from "@codex-ts/shell-command";
import type { ThreadOptions } from "../options.js";
import type { ApprovalDecision, ApprovalRequest, AskedBy } from "../questions/handlers.js";
import { runTool } from "../questions/tool.js";

type Asked = Extract<ThreadEvent, { type: "question.asked" }>;
type Of<Kind extends Question["kind"]> = Extract<Question, { kind: Kind }>;

/** The answer; where nobody is there to ask, it is no. Rejects with what a function of the caller throws. */
export async function answerQuestion(
  { question, threadId, turnId }: Asked,
  { onApproval, onUserInput, tools = [] }: ThreadOptions,
  signal: AbortSignal,
): Promise<Answer> {
  const by: AskedBy = { threadId, turnId: turnId ?? "", itemId: question.itemId ?? "" };
  switch (question.kind) {
    case "command": {
      const decision = (await onApproval?.(commandRequest(question, by), { signal })) ?? "decline";
      return { kind: "command", decision: commandDecision(decision) };
    }
    case "fileChange": {
      const decision = (await onApproval?.(fileChangeRequest(question, by), { signal })) ?? "decline";
      return { kind: "fileChange", decision: fileChangeDecision(decision) };
    }
    case "userInput": {
      if (onUserInput === undefined) return { kind: "userInput", response: null };
      const questions = question.questions.map(({ isOther = false, options = null, ...rest }) => ({
        ...rest,
        isOther,
        options,
      }));
      const answers = Object.entries(await onUserInput({ ...by, questions }, { signal }));
      const response = { answers: Object.fromEntries(answers.map(([id, texts]) => [id, { answers: texts }])) };
      return { kind: "userInput", response };
    }
    case "clientTool": {
      const context = { threadId, turnId: by.turnId, callId: question.itemId, signal };
      return { kind: "clientTool", ...(await runTool(tools, question.tool, question.arguments, context)) };
    }
    case "elicitation":
      return { kind: "elicitation", action: "cancel", content: null };
  }
}

// helpers

function commandRequest({ argv, cwd, reason, proposedAmendment }: Of<"command">, by: AskedBy): ApprovalRequest {
  return { kind: "command", ...by, command: quoteCommand(argv), cwd, reason, proposedPrefix: proposedAmendment };
}

function fileChangeRequest({ changes, reason, grantRoot }: Of<"fileChange">, by: AskedBy): ApprovalRequest {
  const proposed = fileUpdateChanges(changes).map(({ path, kind, diff }) => ({ path, kind: kind.type, diff }));
  return { kind: "fileChange", ...by, changes: proposed, reason, grantRoot };
}

function commandDecision(decision: ApprovalDecision): CommandDecision {
  if (typeof decision === "string") return fileChangeDecision(decision);
  return { approved_execpolicy_amendment: { proposed_execpolicy_amendment: decision.acceptPrefix } };
}

/** A rule for commands says nothing about files: here it is a plain yes. */
function fileChangeDecision(decision: ApprovalDecision): FileChangeDecision {
  switch (decision) {
    case "acceptForSession":
      return "approved_for_session";
    case "decline":
      return "denied";
    case "cancel":
      return "abort";
    default:
      return "approved";
  }
}
