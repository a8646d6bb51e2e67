/** Runs one turn of a thread in this process and tells it in the lines of `codex exec`. */

import { resolve } from "node:path";
import type { Config } from "@codex-ts/config";
import type { ThreadEvent as CoreEvent, UserInput as CoreInput } from "@codex-ts/protocol";
import { AbortError } from "../errors.js";
import { EventQueue } from "../event-queue.js";
import { ExecProjection } from "../events/exec-projection.js";
import type { ThreadEvent } from "../events/thread-event.js";
import { imagesOf, promptOf, type Input, type ThreadOptions } from "../options.js";
import type { RunTurn, TurnRequest } from "../thread.js";
import type { Agent } from "./agent.js";
import { answerQuestion } from "./answer-question.js";
import type { LiveThread } from "./live-thread.js";

/** Turns of a thread with these options. */
export function inProcessTurns(agent: Agent, options: ThreadOptions): RunTurn {
  return async function* (request) {
    const { thread, config } = await agent.thread(request.threadId, options);
    yield* runTurn(thread, config, options, request);
  };
}

// helpers

async function* runTurn(
  thread: LiveThread,
  config: Config | null,
  options: ThreadOptions,
  { input, options: { outputSchema, signal } }: TurnRequest,
): AsyncGenerator<ThreadEvent> {
  const { core } = thread;
  const lines = new EventQueue<ThreadEvent>();
  const projection = new ExecProjection();
  const turn = { isOpen: false, ended: Promise.withResolvers<void>() };
  const over = new AbortController();
  let failure: { error: unknown } | null = null;

  const interrupt = (): void => {
    if (turn.isOpen) void core.submit({ type: "interrupt" });
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    interrupt();
  };
  const hear = (event: CoreEvent): void => {
    const isCut = failure !== null || signal?.aborted === true;
    for (const line of projection.take(event)) {
      if (line.type !== "thread.started" && !(isCut && line.type === "turn.failed")) lines.push(line);
    }
    if (event.type === "question.asked") {
      answerQuestion(event, options, over.signal).then((answer) => core.answer(event.question.id, answer), fail);
    }
    if (event.type !== "turn.ended") return;
    turn.isOpen = false;
    turn.ended.resolve();
    if (failure === null) lines.end();
    else lines.fail(failure.error);
  };

  const detach = thread.attach(hear);
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    // Only now that the thread is ours: the turn of another object must not run with our settings.
    if (config !== null) await thread.configure(config);
    await core.submit({ type: "user_input", items: coreInput(input), final_output_json_schema: outputSchema });
    turn.isOpen = true;
    if (signal?.aborted) interrupt();
    yield { type: "thread.started", thread_id: core.id };
    yield* lines.read();
    if (signal?.aborted) throw new AbortError(signal);
  } finally {
    signal?.removeEventListener("abort", interrupt);
    if (turn.isOpen) {
      interrupt();
      await turn.ended.promise;
    }
    over.abort();
    detach();
  }
}

function coreInput(input: Input): CoreInput[] {
  return [
    ...imagesOf(input).map((path): CoreInput => ({ type: "local_image", path: resolve(path) })),
    { type: "text", text: promptOf(input), text_elements: [] },
  ];
}
