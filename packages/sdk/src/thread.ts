/** A conversation: turns one after the other. */

import { AbortError, InvalidInputError, TurnFailedError } from "./errors.js";
import type { ThreadEvent, Usage } from "./events/thread-event.js";
import type { ThreadItem } from "./events/thread-item.js";
import type { Input, TurnOptions } from "./options.js";

/** One turn as whoever runs it gets it. */
export interface TurnRequest {
  /** null: a new thread. */
  threadId: string | null;
  input: Input;
  options: TurnOptions;
}

/** Runs turns of one thread: in a child, through a server, or in this process. Leaving early ends the turn. */
export type RunTurn = (request: TurnRequest) => AsyncGenerator<ThreadEvent>;

/** A turn that is over. */
export interface Turn {
  /** What was seen, in the order in which it ended. */
  items: ThreadItem[];
  /** The last thing that the model said; empty when it said nothing. */
  finalResponse: string;
  usage: Usage | null;
}

/** A turn that runs. */
export interface StreamedTurn {
  /** What happens, as it happens. Leaving the loop ends the turn. */
  events: AsyncGenerator<ThreadEvent>;
}

/** A conversation with the agent. */
export class Thread {
  readonly #runTurn: RunTurn;
  #id: string | null;

  constructor(runTurn: RunTurn, id: string | null = null) {
    this.#runTurn = runTurn;
    this.#id = id;
  }

  /** For resuming it; null until the first turn has begun. */
  get id(): string | null {
    return this.#id;
  }

  /** Runs a turn to its end. @throws {TurnFailedError} {AbortError} {CodexExitError} {CodexNotFoundError} {InvalidInputError} */
  async run(input: Input, options: TurnOptions = {}): Promise<Turn> {
    const turn: Turn = { items: [], finalResponse: "", usage: null };
    for await (const event of this.#events(input, options)) {
      if (event.type === "turn.failed") {
        throw options.signal?.aborted ? new AbortError(options.signal) : new TurnFailedError(event.error.message);
      }
      if (event.type === "turn.completed") turn.usage = event.usage;
      if (event.type !== "item.completed") continue;
      turn.items.push(event.item);
      if (event.item.type === "agent_message") turn.finalResponse = event.item.text;
    }
    return turn;
  }

  /** Begins a turn; it runs as its events are read. What ends it early is thrown by the events. */
  runStreamed(input: Input, options: TurnOptions = {}): Promise<StreamedTurn> {
    return Promise.resolve({ events: this.#events(input, options) });
  }

  async *#events(input: Input, options: TurnOptions): AsyncGenerator<ThreadEvent> {
    checkOptions(options);
    for await (const event of this.#runTurn({ threadId: this.#id, input, options })) {
      if (event.type === "thread.started") this.#id = event.thread_id;
      yield event;
    }
  }
}

function checkOptions({ outputSchema, signal }: TurnOptions): void {
  const plain = typeof outputSchema === "object" && outputSchema !== null && !Array.isArray(outputSchema);
  if (outputSchema !== undefined && !plain) throw new InvalidInputError("outputSchema must be a plain JSON object");
  if (signal?.aborted) throw new AbortError(signal);
}
