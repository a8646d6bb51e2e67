/** Conversations of v1 on disk: list, summary, archive. */

import { stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { type ConversationSummary, conversationSummaryOf } from "@codex-ts/app-server-protocol";
import { findRollout, InvalidCursorError, listRollouts, previewOf, type Rollout, readRollout } from "@codex-ts/rollout";
import { internalError, invalidRequest } from "../../router/rpc-error.js";
import type { Methods } from "../../router/call.js";
import { uuidFault } from "../../threads/thread-id.js";
import { osErrorText } from "@codex-ts/config";
import { archive, readFault } from "../stored-threads.js";
import { parseConversationId } from "./conversation-id.js";

const DEFAULT_PAGE = 25;

export const storedConversationMethods = {
  listConversations: async ({ pageSize, cursor, modelProviders }, { engine }) => {
    const { codexHome, modelProviderId: defaultProvider } = engine.config;
    try {
      const { sessions, nextCursor } = await listRollouts({
        codexHome,
        pageSize: pageSize ?? DEFAULT_PAGE,
        cursor: cursor ?? null,
        sort: "updated_at",
        providers: modelProviders ?? [defaultProvider],
        defaultProvider,
      });
      const items = sessions.map(({ meta, path, preview, updatedAt }) =>
        conversationSummaryOf({ meta, path, preview, updatedAtMs: updatedAt * 1000, defaultProvider }),
      );
      return { items, nextCursor };
    } catch (error) {
      if (error instanceof InvalidCursorError) throw invalidRequest(error.message);
      throw internalError(`failed to list threads: ${osErrorText(error)}`, error);
    }
  },

  getConversationSummary: async (params, { engine }) => {
    const { codexHome, modelProviderId } = engine.config;
    const path = "rolloutPath" in params ? under(codexHome, params.rolloutPath) : summedUp(params, codexHome);
    try {
      return { summary: await summaryOf(await readRollout(path), modelProviderId) };
    } catch (error) {
      const why = readFault(path, error);
      throw internalError(`failed to load conversation summary from ${path}: ${why}`, error);
    }
  },

  archiveConversation: async ({ conversationId, rolloutPath }, { engine }) => {
    await archive(parseConversationId(conversationId), rolloutPath, engine);
    return {};
  },
} satisfies Methods;

/** @throws {RpcError} the id is none, or nothing is stored under it */
export function conversationPath(conversationId: string, codexHome: string): string {
  const id = parseConversationId(conversationId);
  const path = findRollout({ codexHome, id });
  if (path === null) throw invalidRequest(`no rollout found for conversation id ${id}`);
  return path;
}

// helpers

/** An id that is none makes the parameters none, as they are told apart by their form. */
function summedUp({ conversationId }: { conversationId: string }, codexHome: string): string {
  if (uuidFault(conversationId) !== null) {
    const text = "data did not match any variant of untagged enum GetConversationSummaryParams";
    throw invalidRequest(`Invalid request: ${text}`);
  }
  return conversationPath(conversationId, codexHome);
}

function under(codexHome: string, path: string): string {
  return isAbsolute(path) ? path : join(codexHome, path);
}

async function summaryOf({ meta, path, items }: Rollout, defaultProvider: string): Promise<ConversationSummary> {
  const { mtimeMs: updatedAtMs } = await stat(path);
  return conversationSummaryOf({ meta, path, preview: previewOf(items), updatedAtMs, defaultProvider });
}
