/** ThreadEvent -> EventMsg: the older language, in the order that its readers know. Used by session files, `codex/event/*` and the MCP server. */

import type { EventMsg } from "../event-msg.js";
import type { ItemDelta } from "../items.js";
import type { Question } from "../questions.js";
import type { Reply, ThreadEvent, ThreadOrigin, ThreadSettings, TurnOutcome } from "../thread-events.js";
import { base64Of } from "./base64.js";
import { legacyOfEndedItem, legacyOfStartedItem } from "./legacy-items.js";
import { legacyOfNotice } from "./legacy-notices.js";
import type { LegacyOptions, LegacyPlace } from "./legacy-options.js";
import { toldItem } from "./told-item.js";

/**
 * The events of the older language that say the same, in order: a new-style event is followed by its older twins.
 * Each event says all that is needed, so there is no state besides the options.
 */
export function legacyOf(event: ThreadEvent, options: LegacyOptions): EventMsg[] {
  switch (event.type) {
    case "thread.configured":
      return event.origin === null ? [] : [sessionConfigured(event.threadId, event.settings, event.origin)];
    case "turn.started":
      return [{ type: "task_started", model_context_window: event.contextWindow }];
    case "turn.ended":
      return turnEnded(event.outcome, event.lastAgentMessage);
    case "item.started":
      return legacyOfStartedItem(event.item, placeOf(event));
    case "item.delta":
      return deltas(event.itemId, event.delta, placeOf(event));
    case "item.ended":
      return legacyOfEndedItem(event.item, placeOf(event), options);
    case "question.asked":
      return [asked(event.question, submissionIdOf(event))];
    case "question.answered":
      return [];
    case "turn.diff":
      return [{ type: "turn_diff", unified_diff: event.diff }];
    case "turn.plan":
      return [{ type: "plan_update", explanation: event.plan.explanation, plan: event.plan.plan }];
    case "usage":
      return [{ type: "token_count", info: event.usage, rate_limits: event.rateLimits }];
    case "notice":
      return [legacyOfNotice(event.notice)];
    case "reply":
      return reply(event.reply);
    case "response.item":
      return [{ type: "raw_response_item", item: toldItem(event.item) }];
  }
}

/** @returns the id that the older language puts beside an event: the turn's, or empty for the session's own events */
export function submissionIdOf(event: ThreadEvent): string {
  return event.turnId ?? "";
}

function placeOf(event: ThreadEvent): LegacyPlace {
  return { thread_id: event.threadId, turn_id: submissionIdOf(event) };
}

function sessionConfigured(threadId: string, settings: ThreadSettings, origin: ThreadOrigin): EventMsg {
  return {
    type: "session_configured",
    session_id: threadId,
    ...(origin.forkedFromId === null ? {} : { forked_from_id: origin.forkedFromId }),
    model: settings.model,
    model_provider_id: settings.modelProviderId,
    approval_policy: settings.approvalPolicy,
    sandbox_policy: settings.sandboxPolicy,
    cwd: settings.cwd,
    ...(settings.reasoningEffort === null ? {} : { reasoning_effort: settings.reasoningEffort }),
    history_log_id: origin.historyLogId,
    history_entry_count: origin.historyEntryCount,
    ...(origin.initialMessages === undefined ? {} : { initial_messages: origin.initialMessages }),
    ...(origin.rolloutPath === null ? {} : { rollout_path: origin.rolloutPath }),
  };
}

/** A failed turn tells its error and then completes; the older language knows no failed end. */
function turnEnded(outcome: TurnOutcome, lastAgentMessage: string | null): EventMsg[] {
  switch (outcome.kind) {
    case "completed":
      return [{ type: "task_complete", last_agent_message: lastAgentMessage }];
    case "failed":
      return [
        { type: "error", message: outcome.error.message, codex_error_info: outcome.error.info },
        { type: "task_complete", last_agent_message: null },
      ];
    case "interrupted":
      return [{ type: "turn_aborted", reason: outcome.reason }];
  }
}

function deltas(itemId: string, delta: ItemDelta, place: LegacyPlace): EventMsg[] {
  switch (delta.kind) {
    case "text":
      return [
        { type: "agent_message_content_delta", ...place, item_id: itemId, delta: delta.text },
        { type: "agent_message_delta", delta: delta.text },
      ];
    case "reasoningSummary": {
      const where = { ...place, item_id: itemId, summary_index: delta.summaryIndex };
      return [
        { type: "reasoning_content_delta", ...where, delta: delta.text },
        { type: "agent_reasoning_delta", delta: delta.text },
      ];
    }
    case "reasoningSection":
      return [{ type: "agent_reasoning_section_break", item_id: itemId, summary_index: delta.summaryIndex }];
    case "reasoningRaw": {
      const where = { ...place, item_id: itemId, content_index: delta.contentIndex };
      return [
        { type: "reasoning_raw_content_delta", ...where, delta: delta.text },
        { type: "agent_reasoning_raw_content_delta", delta: delta.text },
      ];
    }
    case "commandOutput": {
      const chunk = base64Of(delta.chunk);
      return [{ type: "exec_command_output_delta", call_id: itemId, stream: delta.stream, chunk }];
    }
    case "terminalInput":
      return [{ type: "terminal_interaction", call_id: itemId, process_id: delta.processId, stdin: delta.text }];
  }
}

function asked(question: Question, turnId: string): EventMsg {
  switch (question.kind) {
    case "command":
      return {
        type: "exec_approval_request",
        call_id: question.itemId,
        turn_id: turnId,
        command: question.argv,
        cwd: question.cwd,
        ...(question.reason === null ? {} : { reason: question.reason }),
        ...(question.proposedAmendment === null ? {} : { proposed_execpolicy_amendment: question.proposedAmendment }),
        parsed_cmd: question.actions,
        ...(question.risk === null ? {} : { risk: question.risk }),
      };
    case "fileChange":
      return {
        type: "apply_patch_approval_request",
        call_id: question.itemId,
        turn_id: turnId,
        changes: question.changes,
        ...(question.reason === null ? {} : { reason: question.reason }),
        ...(question.grantRoot === null ? {} : { grant_root: question.grantRoot }),
      };
    case "elicitation":
      return {
        type: "elicitation_request",
        server_name: question.server,
        id: question.requestId,
        message: question.message,
      };
    case "userInput":
      return { type: "request_user_input", call_id: question.itemId, turn_id: turnId, questions: question.questions };
    case "clientTool": {
      const { itemId, tool, arguments: args } = question;
      return { type: "dynamic_tool_call_request", callId: itemId, turnId, tool, arguments: args };
    }
  }
}

function reply(answer: Reply): EventMsg[] {
  switch (answer.kind) {
    case "historyEntry":
      return [{ type: "get_history_entry_response", ...answer.entry }];
    case "mcpTools":
      return [{ type: "mcp_list_tools_response", ...answer.tools }];
    case "customPrompts":
      return [{ type: "list_custom_prompts_response", custom_prompts: answer.prompts }];
    case "skills":
      return [{ type: "list_skills_response", skills: answer.skills }];
    case "models":
      // declared in the older language, but never answered there
      return [];
  }
}
