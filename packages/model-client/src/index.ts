/** Talks to models: Responses over SSE and websocket, the Chat wire, retries, the model catalogue, record and replay. */

export { createModelCatalogue, type ModelCatalogue, type ModelCatalogueOptions } from "./catalogue/catalogue.js";
export { builtinEntries, modelPresets, resolveModel, type CatalogueEntry } from "./catalogue/entries.js";
export {
  modelFamily,
  withOverrides,
  type InstructionsKind,
  type ModelFamily,
  type ModelOverrides,
  type RemoteInstructions,
  type ShellTool,
} from "./catalogue/family.js";
export { createModelClient, type ModelClientOptions } from "./client.js";
export type { ModelClient, StreamOptions } from "./contract/client.js";
export type { IncompleteResponse, ModelEvent } from "./contract/events.js";
export { isAzure, isOpenAI } from "./contract/provider.js";
export type {
  CompactRequest,
  FreeformTool,
  FunctionTool,
  LocalShellTool,
  ModelRequest,
  ReasoningRequest,
  ToolDefinition,
  WebSearchTool,
} from "./contract/request.js";
export { ModelError, type ModelErrorDetails, type ModelErrorKind } from "./errors/model-error.js";
export type { Environment, Identity } from "./http/headers.js";
export type { Fetch } from "./http/transport.js";
export type { Places } from "./replay/normalise.js";
export { openReplay, recordClient } from "./replay/open.js";
export type { RecordOptions } from "./replay/record.js";
export { RecordingError } from "./replay/recording.js";
export type { ReplayOptions } from "./replay/replay.js";
export { RetryBudget, type RetryDecision, type RetryLimits, type RetryNotice } from "./retry/budget.js";
export type { Sleep } from "./retry/sleep.js";
export { TurnConnection } from "./turn-connection.js";
