/** Methods that load threads: start, resume, fork; and which are loaded. */

import { sandboxPolicyToV2, type Thread, type ThreadStartResponse } from "@codex-ts/app-server-protocol";
import { ClientToolError, type Thread as CoreThread } from "@codex-ts/core";
import type { Config } from "@codex-ts/config";
import type { Op, ThreadId } from "@codex-ts/protocol";
import {
  allThreadNames,
  findRollout,
  readRollout,
  type Rollout,
  RolloutLockedError,
  RolloutReadError,
  threadNames,
} from "@codex-ts/rollout";
import { internalError, invalidRequest, messageOf } from "../router/rpc-error.js";
import type { Call, Methods } from "../router/call.js";
import type { ThreadSettingsGiven } from "../threads/derive-config.js";
import { canonicalId, parseThreadId, uuidFault } from "../threads/thread-id.js";
import { freshThread, storedThread, storedTurns, type ViewFacts } from "../threads/thread-view.js";
import { osErrorText } from "@codex-ts/config";

export const threadMethods = {
  "thread/start": async (params, call) => {
    const { engine, connection } = call;
    const config = await engine.configFor(params);
    const thread = await started(() => engine.agent.start(config, "vscode", params.dynamicTools ?? []));
    const loaded = engine.threads.of(thread);
    const view = freshThread(thread, viewFacts(call));
    call.afterReply(() => {
      connection.notify({ method: "thread/started", params: { thread: view } });
      loaded.listen(connection, { form: "v2", rawEvents: params.experimentalRawEvents ?? false });
    });
    return loadedReply(view, thread);
  },

  "thread/resume": async (params, call) => {
    const { engine, connection } = call;
    if (params.history) return await startFromHistory(params, call);
    const rollout = await rolloutFor(params, call);
    const config = await engine.configFor({ ...params, cwd: params.cwd ?? rollout.meta.cwd });
    const known = engine.threads.find(rollout.meta.id);
    const thread = known?.thread ?? (await resumed(() => engine.agent.resume(config, "vscode", rollout)));
    const changed = known === null ? {} : changeSettings(thread, params, config, engine);
    const turns = await storedTurns(rollout.items);
    call.afterReply(() => engine.threads.of(thread).listen(connection, { form: "v2", rawEvents: false }));
    return loadedReply(storedThread(rollout, viewFacts(call), turns), thread, changed);
  },

  "thread/fork": async (params, call) => {
    const { engine, connection } = call;
    const rollout = await rolloutFor(params, call);
    const config = await engine.configFor({ ...params, cwd: params.cwd ?? rollout.meta.cwd });
    const thread = await forked(() => engine.agent.fork(config, "vscode", rollout, null));
    const { rolloutPath } = thread;
    const copy = rolloutPath === null ? rollout : await readRollout(rolloutPath);
    const turns = await storedTurns(copy.items);
    const view =
      rolloutPath === null
        ? { ...freshThread(thread, viewFacts(call)), turns }
        : storedThread(copy, viewFacts(call), turns);
    const loaded = engine.threads.of(thread);
    call.afterReply(() => {
      connection.notify({ method: "thread/started", params: { thread: view } });
      loaded.listen(connection, { form: "v2", rawEvents: false });
    });
    return loadedReply(view, thread);
  },

  "thread/loaded/list": ({ cursor, limit }, { engine }) => {
    const all = engine.threads.ids();
    const after = cursor ?? null;
    // Of nothing every page is empty, whatever is asked for.
    if (after === null || all.length === 0) return pageBehind(all, limit);
    if (uuidFault(after) !== null) throw invalidRequest(`invalid cursor: ${after}`);
    return pageBehind(
      all.filter((id) => id > canonicalId(after)),
      limit,
    );
  },

  "thread/unsubscribe": ({ threadId }, { engine, connection }) => {
    const loaded = engine.threads.find(parseThreadId(threadId));
    if (loaded === null) return { status: "notLoaded" };
    return { status: loaded.leave(connection) ? "unsubscribed" : "notSubscribed" };
  },
} satisfies Methods;

/** What views of threads need of the server. */
export function viewFacts({ engine, connection }: Call): ViewFacts {
  return {
    originator: engine.originator,
    defaultProvider: engine.config.modelProviderId,
    nameOf: (id) => readNames(engine, (codexHome) => threadNames(codexHome, [id])).get(id) ?? null,
    newer: connection.client?.newer ?? false,
  };
}

/** The names of all stored threads, by their ids in lower case. */
export function allNames(engine: Call["engine"]): Map<ThreadId, string> {
  return readNames(engine, allThreadNames);
}

/** The file that a client means: by its path, or by the thread's id. */
export async function rolloutFor(
  { path, threadId }: { path?: string | null; threadId: string },
  { engine }: Call,
): Promise<Rollout> {
  return await readable(path || pathOf(threadId, engine.config.codexHome));
}

/** @throws {RpcError} there is no such file */
export function pathOf(threadId: string, codexHome: string): string {
  const id = parseThreadId(threadId);
  const path = findRollout({ codexHome, id });
  if (path === null) throw invalidRequest(`no rollout found for thread id ${id}`);
  return path;
}

/** @throws {RpcError} `failed to load rollout ...` */
export async function readable(path: string): Promise<Rollout> {
  try {
    return await readRollout(path);
  } catch (error) {
    const why = error instanceof RolloutReadError ? error.message : osErrorText(error);
    throw invalidRequest(`failed to load rollout \`${path}\`: ${why}`);
  }
}

/** Starts a thread; failures in the words of the method. @param called what the method's version calls a thread */
export async function started(
  start: () => Promise<CoreThread>,
  called: "thread" | "conversation" = "thread",
): Promise<CoreThread> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof ClientToolError) throw invalidRequest(error.message);
    throw internalError(`error creating ${called}: ${messageOf(error)}`, error);
  }
}

/** Resumes a thread; failures in the words of the method. */
export async function resumed(resume: () => Promise<CoreThread>): Promise<CoreThread> {
  try {
    return await resume();
  } catch (error) {
    if (error instanceof RolloutLockedError) throw invalidRequest(error.message);
    throw internalError(`error resuming thread: ${messageOf(error)}`, error);
  }
}

/** Forks a thread; failures in the words of the method. */
export async function forked(fork: () => Promise<CoreThread>): Promise<CoreThread> {
  try {
    return await fork();
  } catch (error) {
    throw internalError(`error forking thread: ${messageOf(error)}`, error);
  }
}

// helpers

function pageBehind(
  ids: ThreadId[],
  limit: number | null | undefined,
): { data: ThreadId[]; nextCursor: string | null } {
  const data = ids.slice(0, Math.max(1, limit ?? ids.length));
  return { data, nextCursor: data.length < ids.length ? (data.at(-1) ?? null) : null };
}

/** When names cannot be read, the log is told, and the threads are there all the same. */
function readNames(
  { config, server }: Call["engine"],
  read: (codexHome: string) => Map<ThreadId, string>,
): Map<ThreadId, string> {
  try {
    return read(config.codexHome);
  } catch (error) {
    server.report(error, "names of threads");
    return new Map();
  }
}

async function startFromHistory(
  params: { history?: Parameters<Call["engine"]["agent"]["startFrom"]>[2] | null } & ThreadSettingsGiven,
  call: Call,
): Promise<ThreadStartResponse> {
  const { engine, connection } = call;
  const history = params.history ?? [];
  if (history.length === 0) throw invalidRequest("history must not be empty");
  const config = await engine.configFor(params);
  const thread = await resumed(() => engine.agent.startFrom(config, "vscode", history));
  const stored = thread.rolloutPath === null ? null : await readable(thread.rolloutPath);
  const view =
    stored === null
      ? freshThread(thread, viewFacts(call))
      : storedThread(stored, viewFacts(call), await storedTurns(stored.items));
  call.afterReply(() => engine.threads.of(thread).listen(connection, { form: "v2", rawEvents: false }));
  return loadedReply(view, thread);
}

/** A thread that is loaded already takes the settings that the client gave, and keeps the others. @returns what is new */
function changeSettings(
  thread: CoreThread,
  given: ThreadSettingsGiven,
  config: Config,
  { server }: Call["engine"],
): Partial<CoreThread["settings"]> {
  const changed = {
    ...(given.cwd ? { cwd: config.cwd } : {}),
    ...(given.approvalPolicy ? { approvalPolicy: config.approvalPolicy } : {}),
    ...(given.sandbox ? { sandboxPolicy: config.sandboxPolicy } : {}),
    ...(given.model ? { model: given.model } : {}),
    ...(given.personality ? { personality: given.personality } : {}),
  };
  if (Object.keys(changed).length === 0) return changed;
  const { approvalPolicy: approval_policy, sandboxPolicy: sandbox_policy, ...same } = changed;
  const op: Op = {
    type: "override_turn_context",
    ...same,
    ...(approval_policy === undefined ? {} : { approval_policy }),
    ...(sandbox_policy === undefined ? {} : { sandbox_policy }),
  };
  thread.submit(op).catch((error: unknown) => server.report(error, op.type));
  return changed;
}

function loadedReply(
  thread: Thread,
  core: CoreThread,
  changed: Partial<CoreThread["settings"]> = {},
): ThreadStartResponse {
  const { config } = core;
  const settings = { ...core.settings, ...changed };
  return {
    thread,
    model: settings.model,
    modelProvider: config.modelProviderId,
    cwd: settings.cwd,
    approvalPolicy: settings.approvalPolicy,
    sandbox: sandboxPolicyToV2(settings.sandboxPolicy),
    reasoningEffort: settings.effort,
  };
}
