/** Snapshots of a workspace in a shadow Git store, with safe restore and undo of undo. */

export {
  type Checkpoints,
  type CheckpointsOptions,
  type Coverage,
  openCheckpoints,
  type TurnName,
} from "./checkpoints.js";
export { NotCoveredError, type NotCoveredReason } from "./errors.js";
export { type CheckpointLimits, DEFAULT_LIMITS } from "./limits.js";
export type { LeftOutFile, Step } from "./store.js";
export type { UndoChange, UndoPreview, UndoResult } from "./undo.js";
export { workspaceRoot } from "./workspace.js";
export type { FailedFile } from "./write-back.js";
