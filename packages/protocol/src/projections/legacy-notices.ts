/** Notices in the older language. */

import type { EventMsg } from "../event-msg.js";
import type { Notice } from "../thread-events.js";

/** @returns the event that says the same */
export function legacyOfNotice(notice: Notice): EventMsg {
  switch (notice.kind) {
    case "warning":
      return { type: "warning", message: notice.message };
    case "error":
      return { type: "error", message: notice.error.message, codex_error_info: notice.error.info };
    case "deprecation": {
      const details = notice.details === null ? {} : { details: notice.details };
      return { type: "deprecation_notice", summary: notice.summary, ...details };
    }
    case "background":
      return { type: "background_event", message: notice.message };
    case "retrying":
      return {
        type: "stream_error",
        message: notice.message,
        codex_error_info: notice.info,
        additional_details: notice.additionalDetails,
      };
    case "compacted":
      return { type: "context_compacted" };
    case "rolledBack":
      return { type: "thread_rolled_back", num_turns: notice.numTurns };
    case "undoStarted":
      return { type: "undo_started", ...messageIf(notice.message) };
    case "undoCompleted":
      return { type: "undo_completed", success: notice.success, ...messageIf(notice.message) };
    case "mcpStartup":
      return { type: "mcp_startup_update", server: notice.server, status: notice.status };
    case "mcpStartupComplete": {
      const { ready, failed, cancelled } = notice;
      return { type: "mcp_startup_complete", ready, failed, cancelled };
    }
    case "skillsChanged":
      return { type: "skills_update_available" };
    case "shutdownComplete":
      return { type: "shutdown_complete" };
  }
}

function messageIf(message: string | null): { message?: string } {
  return message === null ? {} : { message };
}
