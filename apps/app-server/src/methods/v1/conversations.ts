/** Conversations of v1: threads under their older name, with explicit subscriptions. */

import { randomUUID } from "node:crypto";
import {
  type NewConversationParams,
  type ResumeConversationResponse,
  userInputFromV1,
} from "@codex-ts/app-server-protocol";
import type { Thread } from "@codex-ts/core";
import { type EventMsg, isPersisted, type Op, type ReasoningEffort, type RolloutItem } from "@codex-ts/protocol";
import { promptHistory, type PromptHistoryInfo, type Rollout } from "@codex-ts/rollout";
import { internalError, invalidRequest } from "../../router/rpc-error.js";
import type { Call, Methods } from "../../router/call.js";
import type { ThreadSettingsGiven } from "../../threads/derive-config.js";
import type { LoadedThread } from "../../threads/loaded-thread.js";
import { forked, readable, resumed, started } from "../threads.js";
import { begin, checkPolicies, interrupt, submit } from "../turns.js";
import { parseConversationId, parseUuid } from "./conversation-id.js";
import { conversationPath } from "./stored-conversations.js";

export const conversationMethods = {
  newConversation: async (params, { engine }) => {
    const config = await engine.configFor(settingsGiven(params));
    const thread = await started(() => engine.agent.start(config, "vscode"), "conversation");
    engine.threads.of(thread);
    const { model, effort } = thread.settings;
    return { conversationId: thread.id, model, reasoningEffort: effort, rolloutPath: recorded(thread) };
  },

  resumeConversation: async ({ path, conversationId, history, overrides }, call) => {
    const given = settingsGiven(overrides ?? {});
    if (!path && !conversationId && history && history.length > 0) {
      const config = await call.engine.configFor(given);
      const thread = await resumed(() => call.engine.agent.startFrom(config, "vscode", history));
      const items = history.map((payload): RolloutItem => ({ type: "response_item", payload }));
      return continued(thread, items, call);
    }
    const missing = "either path, conversation id or non empty history must be provided";
    const rollout = await source({ path, conversationId }, missing, call);
    const config = await call.engine.configFor({ ...given, cwd: given.cwd ?? rollout.meta.cwd });
    const thread = await resumed(() => call.engine.agent.resume(config, "vscode", rollout));
    return continued(thread, rollout.items, call);
  },

  forkConversation: async ({ path, conversationId, overrides }, call) => {
    const given = settingsGiven(overrides ?? {});
    const rollout = await source({ path, conversationId }, "either path or conversation id must be provided", call);
    const config = await call.engine.configFor({ ...given, cwd: given.cwd ?? rollout.meta.cwd });
    const thread = await forked(() => call.engine.agent.fork(config, "vscode", rollout, null));
    return continued(thread, rollout.items, call);
  },

  addConversationListener: ({ conversationId, experimentalRawEvents }, call) => {
    const id = parseConversationId(conversationId);
    const loaded = call.engine.threads.find(id);
    if (loaded === null) throw invalidRequest(`thread not found: ${id}`);
    const subscriptionId = randomUUID();
    call.afterReply(() => loaded.listenV1(call.connection, subscriptionId, experimentalRawEvents ?? false));
    return { subscriptionId };
  },

  removeConversationListener: (params, { engine }) => {
    const subscriptionId = parseUuid(params.subscriptionId);
    const ended = engine.threads.all().some((loaded) => loaded.endV1(subscriptionId));
    if (!ended) throw invalidRequest(`subscription not found: ${subscriptionId}`);
    return {};
  },

  sendUserMessage: ({ conversationId, items }, call) => {
    const loaded = conversation(conversationId, call);
    const op: Op = { type: "user_input", items: items.map(userInputFromV1) };
    call.afterReply(() => sendInput(loaded, op, call));
    return {};
  },

  sendUserTurn: (params, call) => {
    const loaded = conversation(params.conversationId, call);
    checkPolicies(params.approvalPolicy, params.sandboxPolicy, loaded.thread.config);
    const op: Op = {
      type: "user_turn",
      items: params.items.map(userInputFromV1),
      cwd: params.cwd,
      approval_policy: params.approvalPolicy,
      sandbox_policy: params.sandboxPolicy,
      model: params.model,
      effort: params.effort ?? null,
      summary: params.summary,
      ...(params.outputSchema === undefined || params.outputSchema === null
        ? {}
        : { final_output_json_schema: params.outputSchema }),
    };
    call.afterReply(() => sendInput(loaded, op, call));
    return {};
  },

  interruptConversation: async ({ conversationId }, call) => {
    const loaded = conversation(conversationId, call);
    if (loaded.turn === null) return { abortReason: "interrupted" };
    await interrupt(loaded, call, (outcome) =>
      call.reply({ abortReason: outcome.kind === "interrupted" ? outcome.reason : "interrupted" }),
    );
    return { abortReason: "interrupted" };
  },
} satisfies Methods;

// helpers

function settingsGiven(params: NewConversationParams): ThreadSettingsGiven {
  const { includeApplyPatchTool, ...same } = params;
  if (includeApplyPatchTool === null || includeApplyPatchTool === undefined) return same;
  return { ...same, features: { apply_patch_freeform: includeApplyPatchTool } };
}

function recorded({ rolloutPath }: Thread): string {
  if (rolloutPath === null) throw internalError("rollout path missing for v1 conversation");
  return rolloutPath;
}

async function source(
  { path, conversationId }: { path: string | null | undefined; conversationId: string | null | undefined },
  missing: string,
  { engine }: Call,
): Promise<Rollout> {
  if (path) return await readable(path);
  if (!conversationId) throw invalidRequest(missing);
  return await readable(conversationPath(conversationId, engine.config.codexHome));
}

/** Says what the conversation is before the reply, as clients of v1 expect it. */
function continued(thread: Thread, items: readonly RolloutItem[], call: Call): ResumeConversationResponse {
  call.engine.threads.of(thread);
  const { model, effort } = thread.settings;
  const rolloutPath = recorded(thread);
  // Of the events that are stored here besides, clients of v1 know the beginnings live only: they would hear of the ends alone.
  const initialMessages = items.flatMap((item): EventMsg[] =>
    item.type === "event_msg" && isPersisted(item.payload) ? [item.payload] : [],
  );
  const params = { sessionId: thread.id, model, reasoningEffort: effort satisfies ReasoningEffort | null };
  const { logId: historyLogId, entryCount: historyEntryCount } = promptsSoFar(call);
  const history = { historyLogId, historyEntryCount, initialMessages, rolloutPath };
  call.connection.notify({ method: "sessionConfigured", params: { ...params, ...history } });
  return { conversationId: thread.id, model, initialMessages, rolloutPath };
}

function promptsSoFar({ engine }: Call): PromptHistoryInfo {
  try {
    return promptHistory(engine.config.codexHome).info();
  } catch (error) {
    engine.server.report(error, "prompt history");
    return { logId: 0, entryCount: 0 };
  }
}

function conversation(conversationId: string, { engine }: Call): LoadedThread {
  const id = parseConversationId(conversationId);
  const loaded = engine.threads.find(id);
  if (loaded === null) throw invalidRequest(`conversation not found: ${id}`);
  return loaded;
}

/** Starts a turn, or goes into the one that runs. */
function sendInput(loaded: LoadedThread, op: Op, call: Call): void {
  if (loaded.inputTurn !== null) submit(loaded, op, call);
  else begin(loaded, op, { id: loaded.thread.reserveId(), steers: true }, call);
}
