/** Makes the request to the model, and the session file's line about it, from a turn. */

import type { ModelRequest } from "@codex-ts/model-client";
import type { TurnContextLine } from "@codex-ts/protocol";
import { itemsToSend } from "../context/normalise.js";
import type { Turn } from "./turn.js";

/** The next request: the whole conversation, with this turn's tools and settings. */
export function modelRequest(turn: Turn): ModelRequest {
  const { session, settings, model, tools, outputSchema } = turn;
  const { config } = session;
  const verbosity = model.verbosity;
  const text = {
    ...(verbosity === null ? {} : { verbosity }),
    ...(outputSchema === undefined || outputSchema === null ? {} : { outputSchema }),
  };
  return {
    model: settings.model,
    instructions: session.baseInstructions,
    input: itemsToSend(session.history.items, { commandOutputsAsText: tools.hasFreeformPatch }),
    tools: tools.definitions,
    parallelToolCalls: model.supportsParallelToolCalls,
    reasoning: model.supportsReasoningSummaries
      ? { effort: settings.effort ?? model.defaultReasoningEffort ?? undefined, summary: settings.summary }
      : null,
    text: Object.keys(text).length === 0 ? undefined : text,
    promptCacheKey: session.id,
    threadId: session.id,
    subAgent: session.subAgentLabel ?? undefined,
    webSearchEligible: config.webSearch !== "disabled",
  };
}

/** What the session file keeps of the settings of a request. */
export function turnContextLine(turn: Turn): TurnContextLine {
  const { session, settings, truncation, outputSchema } = turn;
  const userInstructions = session.userInstructionsFor(settings.cwd);
  const { developerInstructions } = session.config;
  return {
    cwd: settings.cwd,
    approval_policy: settings.approvalPolicy,
    sandbox_policy: settings.sandboxPolicy,
    model: settings.model,
    ...(settings.personality === null ? {} : { personality: settings.personality }),
    collaboration_mode: settings.collaborationMode,
    ...(settings.effort === null ? {} : { effort: settings.effort }),
    summary: settings.summary,
    ...(userInstructions === null ? {} : { user_instructions: userInstructions }),
    ...(developerInstructions === null ? {} : { developer_instructions: developerInstructions }),
    ...(outputSchema === undefined || outputSchema === null ? {} : { final_output_json_schema: outputSchema }),
    truncation_policy: truncation,
  };
}
