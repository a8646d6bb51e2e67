/** Downloads a model through an Ollama server, which reports as it goes. */

import { LocalModelError } from "../errors.js";
import { isObject, type Connection } from "../http.js";
import { ollamaRoot } from "./server.js";

/** How far a download is; the model's parts are added up. */
export interface PullProgress {
  /** The server's word for what it does: `pulling manifest`, `verifying sha256 digest`, ... */
  status: string;
  /** Bytes known so far to be needed; 0 until the server says. */
  totalBytes: number;
  completedBytes: number;
}

/**
 * Returns when the model is there.
 * @throws {LocalModelError} `downloadFailed`
 */
export async function pullModel(
  { fetch, signal }: Connection,
  baseUrl: string,
  model: string,
  onProgress: (progress: PullProgress) => void,
): Promise<void> {
  const response = await fetch(`${ollamaRoot(baseUrl)}/api/pull`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model, stream: true }),
    signal,
  });
  if (!response.ok || response.body === null) {
    throw new LocalModelError("downloadFailed", `failed to start pull: HTTP ${response.status}`);
  }
  const parts = new Map<string, { total: number; completed: number }>();
  for await (const line of jsonLines(response.body)) {
    if (typeof line["error"] === "string") throw new LocalModelError("downloadFailed", `Pull failed: ${line["error"]}`);
    const status = typeof line["status"] === "string" ? line["status"] : "";
    notePart(parts, line);
    onProgress({ status, ...sum(parts.values()) });
    if (status === "success") return;
  }
  throw new LocalModelError("downloadFailed", "Pull stream ended unexpectedly without success.");
}

function notePart(parts: Map<string, { total: number; completed: number }>, line: Record<string, unknown>): void {
  const digest = line["digest"];
  if (typeof digest !== "string") return;
  const part = parts.get(digest) ?? { total: 0, completed: 0 };
  if (typeof line["total"] === "number") part.total = line["total"];
  if (typeof line["completed"] === "number") part.completed = line["completed"];
  parts.set(digest, part);
}

function sum(parts: Iterable<{ total: number; completed: number }>): { totalBytes: number; completedBytes: number } {
  let [totalBytes, completedBytes] = [0, 0];
  for (const { total, completed } of parts) {
    totalBytes += total;
    completedBytes += completed;
  }
  return { totalBytes, completedBytes };
}

/** The objects of a stream of JSON lines; lines that are none are skipped. */
async function* jsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<Record<string, unknown>, void, void> {
  const text = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const lines = (rest + text.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines.map(parseObject).filter((line) => line !== null);
  }
  const last = parseObject(rest);
  if (last !== null) yield last;
}

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    // A blank or broken line says nothing about the download.
    return null;
  }
}
