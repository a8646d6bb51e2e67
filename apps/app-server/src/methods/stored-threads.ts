/** Methods for threads on disk: list, read, name, archive, unarchive, delete, and their turns page by page. */

import { rm } from "node:fs/promises";
import type { Thread, Turn } from "@codex-ts/app-server-protocol";
import {
  archivableRollout,
  archiveRollout,
  findRollout,
  InvalidCursorError,
  listRollouts,
  nameThread,
  readRollout,
  type Rollout,
  RolloutMoveError,
  RolloutReadError,
  ThreadNameError,
  unarchiveRollout,
} from "@codex-ts/rollout";
import type { ThreadListParams } from "@codex-ts/app-server-protocol";
import type { ThreadId } from "@codex-ts/protocol";
import { internalError, invalidRequest, messageOf } from "../router/rpc-error.js";
import type { Call, Methods } from "../router/call.js";
import { parseThreadId } from "../threads/thread-id.js";
import { freshThread, listedThread, storedThread, storedTurns } from "../threads/thread-view.js";
import { osErrorText } from "@codex-ts/config";
import { pageOf } from "./page.js";
import { allNames, pathOf, viewFacts } from "./threads.js";

const DEFAULT_PAGE = 25;
const MAX_PAGE = 100;

export const storedThreadMethods = {
  "thread/list": (params, call) => list(params, call),

  "thread/read": async (params, call) => {
    const { engine } = call;
    const threadId = parseThreadId(params.threadId);
    const includeTurns = params.includeTurns ?? false;
    const path = findRollout({ codexHome: engine.config.codexHome, id: threadId });
    if (path === null) return { thread: ephemeral(threadId, includeTurns, call) };
    const rollout = await readStored(path, threadId);
    return { thread: storedThread(rollout, viewFacts(call), includeTurns ? await storedTurns(rollout.items) : []) };
  },

  "thread/name/set": ({ threadId: text, name }, call) => {
    const threadId = parseThreadId(text);
    checkNameable(threadId, call);
    const threadName = named(threadId, name, call);
    const { engine, connection } = call;
    call.afterReply(() => {
      const params = { threadId, threadName };
      for (const hearer of engine.server.connections) {
        const knowsNames = hearer === connection || hearer.client?.newer;
        if (knowsNames) hearer.notify({ method: "thread/name/updated", params });
      }
    });
    return {};
  },

  "thread/archive": async ({ threadId: text }, { engine, connection }) => {
    const threadId = parseThreadId(text);
    await archive(threadId, pathOf(threadId, engine.config.codexHome), engine);
    if (connection.client?.newer) connection.notify({ method: "thread/archived", params: { threadId } });
    return {};
  },

  "thread/unarchive": async ({ threadId: text }, call) => {
    const threadId = parseThreadId(text);
    const { engine, connection } = call;
    try {
      const path = unarchiveRollout({ codexHome: engine.config.codexHome, id: threadId });
      const thread = storedThread(await readRollout(path), viewFacts(call));
      if (connection.client?.newer) {
        call.afterReply(() => connection.notify({ method: "thread/unarchived", params: { threadId } }));
      }
      return { thread };
    } catch (error) {
      if (error instanceof RolloutMoveError) throw invalidRequest(error.message);
      throw internalError(`failed to unarchive thread: ${osErrorText(error)}`, error);
    }
  },

  "thread/delete": async ({ threadId: text }, { engine, connection }) => {
    const threadId = parseThreadId(text);
    const path = pathOf(threadId, engine.config.codexHome);
    await engine.threads.close(threadId);
    await rm(path, { force: true });
    connection.notify({ method: "thread/deleted", params: { threadId } });
    return {};
  },

  "thread/turns/list": async ({ threadId, cursor, limit, sortDirection }, { engine }) => {
    const turns = await turnsOf(threadId, engine.config.codexHome);
    return pageOf(sortDirection === "asc" ? turns : turns.toReversed(), { cursor, limit }, "turns");
  },

  "thread/items/list": async ({ threadId, turnId, cursor, limit, sortDirection }, { engine }) => {
    const turns = await turnsOf(threadId, engine.config.codexHome);
    const items = turns.filter(({ id }) => !turnId || id === turnId).flatMap((turn) => turn.items);
    return pageOf(sortDirection === "desc" ? items.toReversed() : items, { cursor, limit }, "items");
  },
} satisfies Methods;

/** Closes a thread and moves its file; a thread whose end takes too long is moved all the same. */
export async function archive(threadId: ThreadId, path: string, { config, threads }: Call["engine"]): Promise<void> {
  const file = { codexHome: config.codexHome, id: threadId, path };
  try {
    archivableRollout(file); // a thread whose file is not moved is not closed
    await Promise.race([threads.close(threadId), patience()]);
    archiveRollout(file);
  } catch (error) {
    if (error instanceof RolloutMoveError) throw invalidRequest(error.message);
    throw internalError(`failed to archive thread: ${osErrorText(error)}`, error);
  }
}

// helpers

const CLOSING_MS = 10_000;

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, CLOSING_MS).unref();
  });
}

async function list(params: ThreadListParams, call: Call): Promise<{ data: Thread[]; nextCursor: string | null }> {
  const { config } = call.engine;
  const { cursor, limit, sortKey, modelProviders, sourceKinds, archived, searchTerm, cwd } = params;
  const names = allNames(call.engine);
  const facts = { ...viewFacts(call), nameOf: (id: ThreadId) => names.get(id.toLowerCase()) ?? null };
  const wanted = (searchTerm ?? "").toLowerCase();
  try {
    const { sessions, nextCursor } = await listRollouts({
      codexHome: config.codexHome,
      archived: archived ?? false,
      pageSize: Math.min(Math.max(limit ?? DEFAULT_PAGE, 1), MAX_PAGE),
      cursor: cursor ?? null,
      sort: sortKey ?? "created_at",
      sources: sourceKinds ?? [],
      providers: modelProviders ?? [config.modelProviderId],
      defaultProvider: config.modelProviderId,
      ...(cwd ? { cwd } : {}),
      ...(wanted === "" ? {} : { fits: (session) => isFound(listedThread(session, facts), wanted) }),
    });
    return { data: sessions.map((session) => listedThread(session, facts)), nextCursor };
  } catch (error) {
    if (error instanceof InvalidCursorError) throw invalidRequest(error.message);
    throw internalError(`failed to list threads: ${osErrorText(error)}`, error);
  }
}

/** @param wanted in lower case */
function isFound({ preview, name }: Thread, wanted: string): boolean {
  return preview.toLowerCase().includes(wanted) || (name ?? "").toLowerCase().includes(wanted);
}

/** A thread has a name in whatever folder its file is; without a file nothing would ever be found by it. */
function checkNameable(threadId: ThreadId, { engine }: Call): void {
  const { codexHome } = engine.config;
  const path = findRollout({ codexHome, id: threadId }) ?? findRollout({ codexHome, id: threadId, archived: true });
  if (path !== null) return;
  const isLoaded = engine.threads.find(threadId) !== null;
  throw invalidRequest(isLoaded ? "ephemeral threads do not support names" : `thread not found: ${threadId}`);
}

function named(id: ThreadId, name: string, { engine }: Call): string {
  try {
    return nameThread({ codexHome: engine.config.codexHome, id, name, now: new Date() });
  } catch (error) {
    if (error instanceof ThreadNameError) throw invalidRequest(error.message);
    throw internalError(`failed to name thread: ${osErrorText(error)}`, error);
  }
}

function ephemeral(threadId: ThreadId, includeTurns: boolean, call: Call): Thread {
  const loaded = call.engine.threads.find(threadId);
  if (loaded === null) throw invalidRequest(`thread not loaded: ${threadId}`);
  if (includeTurns) throw invalidRequest("ephemeral threads do not support includeTurns");
  return freshThread(loaded.thread, viewFacts(call));
}

async function readStored(path: string, threadId: ThreadId): Promise<Rollout> {
  try {
    return await readRollout(path);
  } catch (error) {
    throw internalError(`failed to load rollout \`${path}\` for thread ${threadId}: ${readFault(path, error)}`, error);
  }
}

/** Why a stored thread cannot be shown. */
export function readFault(path: string, error: unknown): string {
  if (!(error instanceof RolloutReadError)) return messageOf(error);
  if (error.problem === "empty") return `rollout at ${path} is empty`;
  return error.problem === "no-meta"
    ? `rollout at ${path} does not start with session metadata`
    : osErrorText(error.cause);
}

async function turnsOf(threadId: string, codexHome: string): Promise<Turn[]> {
  const rollout = await readStored(pathOf(threadId, codexHome), threadId);
  return await storedTurns(rollout.items);
}
