/** Session files: writing, reading, listing; the names of threads, and the prompt history. */

export { archivableRollout, archiveRollout, RolloutMoveError, unarchiveRollout } from "./archive.js";
export {
  InvalidCursorError,
  RecordingError,
  RolloutLockedError,
  RolloutReadError,
  SessionStorageError,
  type SessionStorageProblem,
} from "./errors.js";
export { findRollout, findRollouts } from "./find.js";
export {
  type ContextPlace,
  dropLastUserTurns,
  itemsBeforeUserMessage,
  lastTokenInfo,
  lastTurnContext,
  rebuildHistory,
  type RebuildRules,
  type RebuiltHistory,
} from "./history.js";
export { listRollouts, type ListRolloutsOptions, type RolloutPage, type RolloutSummary } from "./listing/list.js";
export { INTERACTIVE_SOURCES, type SourceKind, sourceKindOf } from "./listing/source-kind.js";
export {
  createRollout,
  type CreateRolloutOptions,
  openRollout,
  type OpenRolloutOptions,
  sessionGitInfo,
  type WriterOptions,
} from "./open.js";
export { persistedForm } from "./persisted.js";
export {
  promptHistory,
  type PromptHistory,
  PromptHistoryBusyError,
  type PromptHistoryEntry,
  type PromptHistoryInfo,
} from "./prompt-history.js";
export { previewOf } from "./preview.js";
export { readRollout, type Rollout, type SkippedLine } from "./read.js";
export {
  allThreadNames,
  nameThread,
  type NameThreadOptions,
  ThreadNameError,
  threadNames,
  threadsNamed,
} from "./thread-names.js";
export { type RebuiltTurn, rebuildTurns, type TurnRules } from "./turns/rebuild.js";
export { isInjectedContext, isUserTurn } from "./user-turns.js";
export { type RecordingProblem, type RolloutWriter } from "./writer.js";
