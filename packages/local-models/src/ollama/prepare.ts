/** Makes Ollama ready: running, new enough, and with the model. */

import { LocalModelError } from "../errors.js";
import { answers, type Connection } from "../http.js";
import { pullModel, type PullProgress } from "./pull.js";
import { OLDEST_WITH_RESPONSES, ollamaModels, ollamaProbeUrl, ollamaVersion, speaksResponses } from "./server.js";

/** Who hears about it. */
export interface OllamaListener {
  onProgress: (progress: PullProgress) => void;
  /** Told when the server is too old for the wire that is used; the request is made anyway. */
  onDeprecation: (message: string) => void;
  /** Told when it could not be found out whether the model is there. */
  onWarning: (message: string) => void;
}

/**
 * @param responses whether requests go over the Responses API
 * @throws {LocalModelError}
 */
export async function prepareOllama(
  connection: Connection,
  baseUrl: string,
  model: string,
  responses: boolean,
  listener: OllamaListener,
): Promise<void> {
  if (!(await answers(connection, ollamaProbeUrl(baseUrl)))) {
    throw new LocalModelError(
      "notRunning",
      "No running Ollama server detected. Start it with: `ollama serve` (after installing). Install instructions: https://github.com/ollama/ollama?tab=readme-ov-file#ollama",
    );
  }
  if (responses) await checkVersion(connection, baseUrl, listener);
  const models = await listModels(connection, baseUrl, listener);
  if (models !== null && !models.includes(model)) await pullModel(connection, baseUrl, model, listener.onProgress);
}

async function checkVersion(connection: Connection, baseUrl: string, listener: OllamaListener): Promise<void> {
  const version = await ollamaVersion(connection, baseUrl);
  if (version === null || speaksResponses(version)) return;
  listener.onDeprecation(
    `Ollama ${version} does not have the Responses API that the provider \`ollama\` uses. Update Ollama to ${OLDEST_WITH_RESPONSES} or newer, or use \`ollama-chat\`.`,
  );
}

async function listModels(connection: Connection, baseUrl: string, listener: OllamaListener): Promise<string[] | null> {
  let reason = "its answer is not a list";
  try {
    const models = await ollamaModels(connection, baseUrl);
    if (models !== null) return models;
  } catch (error) {
    connection.signal.throwIfAborted();
    reason = error instanceof Error ? error.message : String(error);
  }
  listener.onWarning(`Could not list Ollama's models: ${reason}`);
  return null;
}
