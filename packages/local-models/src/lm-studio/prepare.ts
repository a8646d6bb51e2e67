/** Makes LM Studio ready: running, and with the model, which then begins to load. */

import { LocalModelError } from "../errors.js";
import { getJson, namesIn, type Connection } from "../http.js";
import { findLms } from "./lms.js";

/** What downloading a model needs. */
export interface LmsRunner {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  platform: NodeJS.Platform;
  /** Runs a program to its end, its output shown to the user on stderr. Gives its exit code. */
  run: (command: string, args: readonly string[], signal: AbortSignal) => Promise<number | null>;
}

/**
 * @returns the request that loads the model: it goes on in the background and never rejects
 * @throws {LocalModelError}
 */
export async function prepareLmStudio(
  connection: Connection,
  baseUrl: string,
  model: string,
  runner: LmsRunner,
): Promise<{ loading: Promise<void> }> {
  const base = baseUrl.replace(/\/+$/, "");
  const models = await listModels(connection, base);
  if (!models.includes(model)) await download(model, runner, connection.signal);
  return { loading: load(connection, base, model) };
}

async function listModels(connection: Connection, base: string): Promise<string[]> {
  let cause: unknown;
  try {
    const models = namesIn(await getJson(connection, `${base}/models`), "data", "id");
    if (models !== null) return models;
  } catch (error) {
    connection.signal.throwIfAborted();
    cause = error;
  }
  throw new LocalModelError(
    "notRunning",
    "LM Studio is not responding. Install from https://lmstudio.ai/download and run 'lms server start'.",
    { cause },
  );
}

async function download(model: string, runner: LmsRunner, signal: AbortSignal): Promise<void> {
  const lms = await findLms(runner);
  if (lms === null) {
    throw new LocalModelError(
      "notInstalled",
      "LM Studio not found. Please install LM Studio from https://lmstudio.ai/",
    );
  }
  const code = await runner.run(lms, ["get", "--yes", model], signal);
  signal.throwIfAborted();
  if (code !== 0) {
    throw new LocalModelError("downloadFailed", `Model download failed with exit code: ${code ?? -1}`);
  }
}

/** A tiny request, so that the model is in memory when the first real one comes. */
async function load({ fetch, signal }: Connection, base: string, model: string): Promise<void> {
  try {
    const response = await fetch(`${base}/responses`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model, input: "", max_output_tokens: 1 }),
      signal,
    });
    await response.body?.cancel();
  } catch {
    // The first real request loads the model then, and says what is wrong if it cannot.
  }
}
