/** Puts a question of an app-server to the functions of the caller. */

import type { FileUpdateChange, ServerRequest } from "@codex-ts/app-server-protocol";
import type { ThreadOptions } from "../options.js";
import type { ApprovalDecision } from "../questions/handlers.js";
import { runTool } from "../questions/tool.js";

/** What is known of the turn that asks. */
export interface AskingTurn {
  options: ThreadOptions;
  /** What a patch item changes. */
  changesOf: (itemId: string) => readonly FileUpdateChange[];
  /** Fires when the turn is over. */
  signal: AbortSignal;
}

/** The result that the server gets. Rejects with what a function of the caller throws. */
export async function answerRequest(
  request: ServerRequest,
  { options, changesOf, signal }: AskingTurn,
): Promise<unknown> {
  const { onApproval, onUserInput, tools = [] } = options;
  switch (request.method) {
    case "item/commandExecution/requestApproval": {
      const { threadId, turnId, itemId, command, cwd, reason, proposedExecpolicyAmendment } = request.params;
      const decision = await onApproval?.(
        {
          kind: "command",
          threadId,
          turnId,
          itemId,
          command: command ?? "",
          cwd: cwd ?? "",
          reason,
          proposedPrefix: proposedExecpolicyAmendment,
        },
        { signal },
      );
      return { decision: commandDecision(decision ?? "decline") };
    }
    case "item/fileChange/requestApproval": {
      const { threadId, turnId, itemId, reason, grantRoot } = request.params;
      const changes = changesOf(itemId).map(({ path, kind, diff }) => ({ path, kind: kind.type, diff }));
      const asked = { kind: "fileChange" as const, threadId, turnId, itemId, changes, reason, grantRoot };
      const decision = (await onApproval?.(asked, { signal })) ?? "decline";
      return { decision: typeof decision === "string" ? decision : "accept" };
    }
    case "item/tool/requestUserInput": {
      const answers = Object.entries((await onUserInput?.(request.params, { signal })) ?? {});
      return { answers: Object.fromEntries(answers.map(([id, texts]) => [id, { answers: texts }])) };
    }
    case "item/tool/call": {
      const { threadId, turnId, callId, tool, arguments: args } = request.params;
      return await runTool(tools, tool, args, { threadId, turnId, callId, signal });
    }
    default:
      throw new Error(`this client does not answer ${request.method}`);
  }
}

function commandDecision(decision: ApprovalDecision): unknown {
  if (typeof decision === "string") return decision;
  return { acceptWithExecpolicyAmendment: { execpolicy_amendment: decision.acceptPrefix } };
}
