/** The doors to recording and replaying; what is behind them is loaded only when somebody goes through. */

import type { ModelClient } from "../contract/client.js";
import type { RecordOptions } from "./record.js";
import type { ReplayOptions } from "./replay.js";

/**
 * The client, recorded to a file.
 * @throws what node:fs throws when the file cannot be written
 */
export async function recordClient(client: ModelClient, options: RecordOptions): Promise<ModelClient> {
  const { recordingClient } = await import("./record.js");
  return recordingClient(client, options);
}

/**
 * A client that answers from a recording.
 * @throws {RecordingError} when the text is not a recording
 */
export async function openReplay(options: ReplayOptions): Promise<ModelClient> {
  const { replayingClient } = await import("./replay.js");
  return replayingClient(options);
}
