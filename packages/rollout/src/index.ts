/** Session files: writing, reading, listing, and the prompt history. */

export {
  InvalidCursorError,
  RecordingError,
  RolloutLockedError,
  RolloutReadError,
  SessionStorageError,
  type SessionStorageProblem,
} from "./errors.js";
export {
  dropLastUserTurns,
  itemsBeforeUserMessage,
  lastTokenInfo,
  lastTurnContext,
  rebuildHistory,
  type RebuildRules,
} from "./history.js";
export {
  createRollout,
  type CreateRolloutOptions,
  openRollout,
  type OpenRolloutOptions,
  sessionGitInfo,
  type WriterOptions,
} from "./open.js";
export { persistedForm } from "./persisted.js";
export { readRollout, type Rollout, type SkippedLine } from "./read.js";
export { isInjectedContext, isUserTurn } from "./user-turns.js";
export { type RecordingProblem, type RolloutWriter } from "./writer.js";
