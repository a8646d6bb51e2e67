/** A client that answers from a recording, and refuses when what happens now is not what happened then. */

import type { ResponseItem } from "@codex-ts/protocol";
import type { ModelClient } from "../contract/client.js";
import type { ModelEvent } from "../contract/events.js";
import { isModelErrorKind, ModelError } from "../errors/model-error.js";
import { RetryBudget } from "../retry/budget.js";
import { sleep, type Sleep } from "../retry/sleep.js";
import { describeDifference } from "./difference.js";
import { FingerprintMaker, type Fingerprint } from "./fingerprint.js";
import type { Places } from "./normalise.js";
import { parseRecording, type ErrorLine, type RecordedExchange, type RequestLine } from "./recording.js";

/** What a replay needs to know. */
export interface ReplayOptions {
  /** The recording's text. */
  recording: string;
  /** Its name, for messages. */
  file: string;
  places: Places;
  /** `recorded` keeps the pauses of the original. @default "instant" */
  speed?: "instant" | "recorded";
  /** Told when instructions, tools or context are not those of the recording; the replay goes on. */
  onNotice?: (message: string) => void;
  sleep?: Sleep;
}

/**
 * Matching is by position: the n-th request gets the n-th answer.
 * @throws {RecordingError} when the text is not a recording
 */
export function replayingClient(options: ReplayOptions): ModelClient {
  return new Replay(options);
}

/** A recording has every failure that was retried: they are retried again, as often as providers allow by default. */
const LIMITS = { requestMaxRetries: 0, streamMaxRetries: 5 };

class Replay implements ModelClient {
  readonly #options: ReplayOptions;
  readonly #exchanges: readonly RecordedExchange[];
  readonly #fingerprints: FingerprintMaker;
  readonly #noticed = new Set<string>();
  #next = 0;

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.#exchanges = parseRecording(options.recording, options.file);
    this.#fingerprints = new FingerprintMaker(options.places);
  }

  newRetryBudget(): RetryBudget {
    return new RetryBudget(LIMITS);
  }

  async *stream(
    request: Parameters<ModelClient["stream"]>[0],
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<readonly ModelEvent[], void, void> {
    const exchange = this.#take("stream", this.#fingerprints.next(request));
    let elapsed = 0;
    for (const answer of exchange.answers) {
      signal.throwIfAborted();
      await this.#wait(answer.at - elapsed, signal);
      elapsed = answer.at;
      if (answer.type === "error") throw recordedError(answer);
      if (answer.type === "events") yield answer.events;
    }
    const last = exchange.answers.at(-1);
    if (last?.type === "events" && last.events.at(-1)?.type === "completed") return;
    throw this.#mismatch(
      `Its answer ${exchange.request.index + 1} breaks off: the program that recorded it was ended.`,
    );
  }

  async compact(
    request: Parameters<ModelClient["compact"]>[0],
    { signal }: { signal: AbortSignal },
  ): Promise<ResponseItem[]> {
    const exchange = this.#take("compact", this.#fingerprints.ofCompaction(request));
    const [answer] = exchange.answers;
    if (answer === undefined || answer.type === "events") {
      throw this.#mismatch(`Its answer ${exchange.request.index + 1} has no compacted conversation.`);
    }
    await this.#wait(answer.at, signal);
    if (answer.type === "error") throw recordedError(answer);
    return [...answer.items];
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    if (this.#options.speed === "recorded" && ms > 0) await (this.#options.sleep ?? sleep)(ms, signal);
  }

  #take(call: RequestLine["call"], now: Fingerprint): RecordedExchange {
    const index = this.#next;
    const exchange = this.#exchanges[index];
    if (exchange === undefined) {
      throw this.#mismatch(`It has ${this.#exchanges.length} answers, and now there is request ${index + 1}.`);
    }
    if (exchange.request.call !== call) {
      throw this.#mismatch(`Request ${index + 1} was a ${exchange.request.call} call and now is a ${call} call.`);
    }
    this.#compare(index, exchange.request.fingerprint, now);
    this.#next += 1;
    return exchange;
  }

  #compare(index: number, recorded: Fingerprint, now: Fingerprint): void {
    const [before, after] = [recorded.contributions.join("\n"), now.contributions.join("\n")];
    if (before !== after) {
      throw this.#mismatch(
        `What request ${index + 1} brings is not what it brought then (- recorded, + now):\n${describeDifference(before, after)}`,
      );
    }
    this.#notice("base instructions", recorded.instructions, now.instructions);
    this.#notice("tools", recorded.tools, now.tools);
    this.#notice("context messages", recorded.context, now.context);
  }

  /** Said once of each. A recording written by hand may leave a hash empty. */
  #notice(what: string, recorded: string, now: string): void {
    if (recorded === now || recorded === "" || this.#noticed.has(what)) return;
    this.#noticed.add(what);
    this.#options.onNotice?.(`The ${what} differ from those of the recording ${this.#options.file}.`);
  }

  #mismatch(what: string): ModelError {
    return new ModelError("replayMismatch", `The recording ${this.#options.file} does not fit. ${what}`);
  }
}

function recordedError(line: ErrorLine): ModelError {
  const { message, httpStatus, retryAfterMs, retryable } = line;
  const kind = isModelErrorKind(line.kind) ? line.kind : "responseFailed";
  return new ModelError(kind, message, { httpStatus, retryAfterMs, retryable });
}
