/** Wraps any client so that what it answers is also written to a file, for a later replay. */

import { appendFileSync, writeFileSync } from "node:fs";
import type { ModelClient } from "../contract/client.js";
import type { ModelEvent } from "../contract/events.js";
import { ModelError } from "../errors/model-error.js";
import { FingerprintMaker } from "./fingerprint.js";
import { withoutSecrets, type Places } from "./normalise.js";
import { RECORDING_VERSION, type RecordingLine, type RequestLine } from "./recording.js";

/** What a recording needs to know. */
export interface RecordOptions {
  /** The file to write; one that exists is replaced. */
  file: string;
  places: Places;
  /** Values that must not be written, such as the provider's key. What looks like a key is left out anyway. */
  secrets?: readonly string[];
  /** Milliseconds. */
  now?: () => number;
}

/**
 * The client, recorded. Lines are written as things happen, so a killed program leaves what was said until then.
 * @throws what node:fs throws when the file cannot be written
 */
export function recordingClient(client: ModelClient, options: RecordOptions): ModelClient {
  const { file, places } = options;
  const now = options.now ?? (() => performance.now());
  const secrets = (options.secrets ?? []).filter((secret) => secret.length >= 4);
  const fingerprints = new FingerprintMaker(places);
  const began = now();
  let count = 0;

  const line = (entry: RecordingLine): string => `${withoutSecrets(JSON.stringify(entry), secrets)}\n`;
  const write = (entry: RecordingLine): void => appendFileSync(file, line(entry));
  writeFileSync(file, line({ type: "recording", version: RECORDING_VERSION }), { mode: 0o600 });

  const begin = (request: Pick<RequestLine, "call" | "model" | "fingerprint">): { index: number; at: () => number } => {
    const index = count;
    count += 1;
    const started = now();
    write({ type: "request", index, at: Math.round(started - began), ...request });
    return { index, at: () => Math.round(now() - started) };
  };
  const failed = (index: number, at: number, error: unknown): void => {
    if (!(error instanceof ModelError)) return;
    const { kind, message, httpStatus, retryAfterMs, retryable } = error;
    write({ type: "error", index, at, kind, message, httpStatus, retryAfterMs, retryable });
  };

  return {
    newRetryBudget: () => client.newRetryBudget(),
    async *stream(request, streamOptions) {
      const fingerprint = fingerprints.next(request);
      const { index, at } = begin({ call: "stream", model: request.model, fingerprint });
      try {
        for await (const events of client.stream(request, streamOptions)) {
          write({ type: "events", index, at: at(), events: events.map(forRecording) });
          yield events;
        }
      } catch (error) {
        failed(index, at(), error);
        throw error;
      }
    },
    async compact(request, compactOptions) {
      const fingerprint = fingerprints.ofCompaction(request);
      const { index, at } = begin({ call: "compact", model: request.model, fingerprint });
      try {
        const items = await client.compact(request, compactOptions);
        write({ type: "output", index, at: at(), items });
        return items;
      } catch (error) {
        failed(index, at(), error);
        throw error;
      }
    },
  };
}

/** Encrypted reasoning is of use to nobody but the server that made it, and long. */
function forRecording(event: ModelEvent): ModelEvent {
  if (event.type !== "itemDone" || event.item.type !== "reasoning") return event;
  const encrypted = (event.item.encrypted_content ?? null) === null ? null : "<encrypted>";
  return { type: "itemDone", item: { ...event.item, encrypted_content: encrypted } };
}
