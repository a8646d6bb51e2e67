/** Reads an answer's whole body as text, bounded in time and size. */

import { disconnected } from "../errors/model-error.js";
import { IdleWatch } from "../sse/idle-watch.js";

/** More than any answer, and less than the memory there is. */
const LONGEST_BODY = 256 * 1024 * 1024;

/**
 * @param idleTimeoutMs without a byte for so long, the connection counts as dead
 * @throws {ModelError} `connection` when the body breaks off or stalls: the same request may then be sent again
 * @throws the signal's reason when it was aborted
 */
export async function readWholeBody(response: Response, idleTimeoutMs: number, signal: AbortSignal): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const giveUp = (): void => void reader.cancel().catch(() => {});
  const idle = new IdleWatch(idleTimeoutMs, giveUp);
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      idle.touch();
      size += chunk.value.length;
      if (size > LONGEST_BODY) throw new Error("the answer is too long");
      parts.push(decoder.decode(chunk.value, { stream: true }));
    }
  } catch (error) {
    signal.throwIfAborted();
    giveUp();
    throw disconnected("connection", `error reading the answer of ${response.url}`, { cause: error });
  } finally {
    idle.stop();
  }
  signal.throwIfAborted();
  if (idle.expired) throw disconnected("connection", `idle timeout reading the answer of ${response.url}`);
  return parts.join("") + decoder.decode();
}
