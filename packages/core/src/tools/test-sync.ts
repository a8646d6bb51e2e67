/** A tool for tests of parallel calls: it sleeps, and waits until others have come to the same point. */

import { count, object, optional, parseArguments, required, string, withDefault } from "./arguments.js";
import { functionArguments } from "./shell.js";
import { ToolError, type Tool } from "./tool.js";

const DEFAULT_TIMEOUT_MS = 1_000;

const barrierArguments = object({
  id: required(string),
  participants: required(count),
  timeout_ms: withDefault(count, DEFAULT_TIMEOUT_MS),
});

/** Answers `ok` when everybody is there. */
export const testSyncTool: Tool = {
  names: ["test_sync_tool"],
  parallel: true,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "test_sync_tool",
    description: "For tests only: waits for a time or for other calls.",
    strict: false,
    parameters: {
      type: "object",
      properties: {
        barrier: {
          type: "object",
          properties: {
            id: { type: "string", description: "Calls with the same id wait for each other." },
            participants: { type: "number", description: "How many calls have to come." },
            timeout_ms: { type: "number", description: "Milliseconds to wait for the others. Default 1000." },
          },
          required: ["id", "participants"],
          additionalProperties: false,
        },
        sleep_after_ms: { type: "number", description: "Milliseconds to wait at the end." },
        sleep_before_ms: { type: "number", description: "Milliseconds to wait at the beginning." },
      },
      additionalProperties: false,
    },
  },
  async run(call, { turn, signal }) {
    const args = parseArguments(functionArguments(call), {
      sleep_before_ms: optional(count),
      sleep_after_ms: optional(count),
      barrier: optional(barrierArguments),
    });
    const { sleep } = turn.session.services;
    if (args.sleep_before_ms !== null) await sleep(args.sleep_before_ms, signal);
    if (args.barrier !== null) await waitAt(args.barrier);
    if (args.sleep_after_ms !== null) await sleep(args.sleep_after_ms, signal);
    return "ok";
  },
};

// helpers

interface Barrier {
  participants: number;
  arrived: number;
  open: PromiseWithResolvers<void>;
}

/** Of the whole process: calls of different threads may meet. */
const barriers = new Map<string, Barrier>();

async function waitAt({ id, participants, timeout_ms: timeout }: ReturnType<typeof barrierArguments>): Promise<void> {
  if (participants === 0) throw new ToolError("barrier participants must be greater than zero");
  if (timeout === 0) throw new ToolError("barrier timeout must be greater than zero");
  const barrier = barriers.get(id) ?? { participants, arrived: 0, open: Promise.withResolvers<void>() };
  if (barrier.participants !== participants) {
    throw new ToolError(`barrier ID already registered with ${barrier.participants} participants`);
  }
  barriers.set(id, barrier);
  barrier.arrived += 1;
  if (barrier.arrived === participants) {
    barriers.delete(id);
    barrier.open.resolve();
    return;
  }
  const timer = setTimeout(() => {
    barriers.delete(id);
    barrier.open.reject(new ToolError("test_sync_tool barrier wait timed out"));
  }, timeout);
  try {
    await barrier.open.promise;
  } finally {
    clearTimeout(timer);
  }
}
