/** Runs turns of a thread in an app-server. */

import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type {
  ClientRequestParams,
  FileUpdateChange,
  SandboxPolicy,
  UserInput as V2Input,
} from "@codex-ts/app-server-protocol";
import { threadSettings } from "../config-overrides.js";
import { AbortError, InvalidInputError } from "../errors.js";
import { EventQueue } from "../event-queue.js";
import type { ThreadEvent } from "../events/thread-event.js";
import { imagesOf, promptOf, type Input, type SandboxMode, type ThreadOptions } from "../options.js";
import { checkRepository } from "../repository.js";
import type { RunTurn, TurnRequest } from "../thread.js";
import { answerRequest } from "./answer-request.js";
import type { ServerConnection } from "./connection.js";
import type { Server } from "./server.js";
import { V2Projection } from "./v2-projection.js";

/** Turns of a thread with these options. */
export function serverTurns(server: Server, options: ThreadOptions): RunTurn {
  return async function* (request) {
    const connection = await server.connection();
    const id = request.threadId?.toLowerCase() ?? null;
    const releases = [connection.hold()];
    try {
      // Before anything is changed: a thread whose turn is running keeps what the turn runs with.
      if (id !== null) releases.push(server.reserve(id));
      const thread = await openThread(server, connection, options, id);
      if (thread.id !== id) releases.push(server.reserve(thread.id));
      yield* runTurn(server, connection, { ...thread, options }, request);
    } finally {
      for (const release of releases) release();
    }
  };
}

// helpers, in the order in which a turn needs them

interface OpenThread {
  id: string;
  /** What the server takes with a turn only; null: the thread has it already. */
  settings: TurnSettings | null;
}

type TurnSettings = Pick<ClientRequestParams<"turn/start">, "sandboxPolicy" | "effort">;

async function openThread(
  server: Server,
  connection: ServerConnection,
  options: ThreadOptions,
  id: string | null,
): Promise<OpenThread> {
  const loaded = id === null ? undefined : server.loaded.get(id);
  if (id !== null && loaded?.options === options) return { id, settings: null };
  // A thread that another object has run goes on with our options: the server applies them to what it has loaded, too.
  const cwd = realpathSync(resolve(options.workingDirectory ?? "."));
  checkRepository(cwd, options);
  const settings = {
    cwd,
    model: options.model ?? null,
    // without a function that decides, nobody can be asked
    approvalPolicy: options.onApproval === undefined ? ("never" as const) : (options.approvalPolicy ?? null),
    // A mode that is named again is made anew of the configuration: without what turns before added to it.
    sandbox: options.sandboxMode ?? loaded?.sandboxMode ?? null,
    config: threadSettings(options),
  };
  const tools = (options.tools ?? []).map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
  if (id !== null && tools.length > 0 && !isDeepStrictEqual(tools, loaded?.tools)) {
    throw new InvalidInputError(
      "A server takes tools for new threads only; @codex-ts/sdk/in-process takes them for resumed ones.",
    );
  }
  if (loaded !== undefined) loaded.options = null; // even a request that fails may have changed something
  const opened =
    id === null
      ? await connection.request("thread/start", {
          ...settings,
          ...(tools.length === 0 ? {} : { dynamicTools: tools }),
        })
      : await connection.request("thread/resume", { ...settings, threadId: id });
  server.loaded.set(opened.thread.id, {
    options: null,
    sandboxMode: modeOf(opened.sandbox),
    tools: id === null ? tools : (loaded?.tools ?? []),
  });
  return {
    id: opened.thread.id,
    settings: { ...sandboxFor(opened.sandbox, options), ...(loaded === undefined ? {} : effortFor(options)) },
  };
}

/** null: it is none of those that a thread can be given. */
function modeOf({ type }: SandboxPolicy): SandboxMode | null {
  switch (type) {
    case "readOnly":
      return "read-only";
    case "workspaceWrite":
      return "workspace-write";
    case "dangerFullAccess":
      return "danger-full-access";
    case "externalSandbox":
      return null;
  }
}

/** The sandbox with what a mode alone does not say. */
function sandboxFor(policy: SandboxPolicy, options: ThreadOptions): TurnSettings {
  const { additionalDirectories: folders = [], networkAccessEnabled: networkAccess } = options;
  if (policy.type !== "workspaceWrite" || (folders.length === 0 && networkAccess === undefined)) return {};
  const added = folders.map((folder) => resolve(folder));
  return {
    sandboxPolicy: {
      ...policy,
      writableRoots: [...(policy.writableRoots ?? []), ...added],
      ...(networkAccess === undefined ? {} : { networkAccess }),
    },
  };
}

/** How long the model thinks, in the words of this protocol; a server that does not know one has refused it before. */
function effortFor({ modelReasoningEffort: effort }: ThreadOptions): TurnSettings {
  if (effort === undefined) return {};
  switch (effort) {
    case "max":
    case "ultra":
    case "persistent":
      return {};
    case "minimal":
    case "low":
    case "medium":
    case "high":
    case "xhigh":
      return { effort };
  }
}

async function* runTurn(
  server: Server,
  connection: ServerConnection,
  { id: threadId, settings, options }: OpenThread & { options: ThreadOptions },
  { input, options: { outputSchema, signal } }: TurnRequest,
): AsyncGenerator<ThreadEvent> {
  const lines = new EventQueue<ThreadEvent>();
  const projection = new V2Projection();
  const changes = new Map<string, readonly FileUpdateChange[]>();
  const ended = Promise.withResolvers<void>();
  const over = new AbortController();
  let turnId: string | null = null;
  let failure: { error: unknown } | null = null;

  const interrupt = (): void => {
    // it may have ended meanwhile: then there is nothing to interrupt
    if (turnId !== null) connection.request("turn/interrupt", { threadId, turnId }).catch(() => undefined);
  };
  const finish = (): void => {
    turnId = null;
    ended.resolve();
    if (failure === null) lines.end();
    else lines.fail(failure.error);
  };
  server.listen(threadId, {
    notification: (message) => {
      if (message.method === "item/started" && message.params.item.type === "fileChange") {
        changes.set(message.params.item.id, message.params.item.changes);
      }
      const isCut = failure !== null || signal?.aborted === true;
      for (const line of projection.take(message)) if (!(isCut && line.type === "turn.failed")) lines.push(line);
      if (message.method === "turn/completed") finish();
    },
    request: async (message) => {
      const asking = { options, changesOf: (itemId: string) => changes.get(itemId) ?? [], signal: over.signal };
      try {
        return await answerRequest(message, asking);
      } catch (error) {
        failure ??= { error };
        interrupt();
        return { decision: "cancel" };
      }
    },
    ended: (error) => {
      failure ??= { error };
      finish();
    },
  });
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    const { turn } = await connection.request("turn/start", {
      threadId,
      input: v2Input(input),
      ...settings,
      ...(outputSchema === undefined ? {} : { outputSchema }),
    });
    turnId = turn.id;
    const loaded = server.loaded.get(threadId);
    if (loaded !== undefined) loaded.options = options;
    if (signal?.aborted) interrupt();
    yield { type: "thread.started", thread_id: threadId };
    yield* lines.read();
    if (signal?.aborted) throw new AbortError(signal);
  } finally {
    signal?.removeEventListener("abort", interrupt);
    if (turnId !== null) {
      interrupt();
      await ended.promise;
    }
    over.abort();
  }
}

function v2Input(input: Input): V2Input[] {
  return [
    ...imagesOf(input).map((path): V2Input => ({ type: "localImage", path: resolve(path) })),
    { type: "text", text: promptOf(input), text_elements: [] },
  ];
}
