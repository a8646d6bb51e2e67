/** Local model servers: Ollama and LM Studio, found, probed and made ready. */

export { LocalModelError, type LocalModelErrorKind } from "./errors.js";
export type { Connection, Fetch } from "./http.js";
export { programRunner } from "./lm-studio/lms.js";
export type { LmsRunner } from "./lm-studio/prepare.js";
export type { OllamaListener } from "./ollama/prepare.js";
export { progressPrinter } from "./ollama/progress-text.js";
export type { PullProgress } from "./ollama/pull.js";
export { prepareLocalModel, type PrepareOptions } from "./prepare.js";
export {
  isLocalProvider,
  noProviderError,
  serverName,
  serverOf,
  type LocalProviderId,
  type LocalServer,
} from "./providers.js";
export { runningServers } from "./running.js";
