/** Parses, plans and commits patches in the apply_patch format, all or nothing; also a program. */

export type { Chunk, ChunkLine, Patch, PatchSection } from "./parse/patch.js";
export { parsePatch } from "./parse/parse-patch.js";
export { PatchParseError } from "./parse/parse-error.js";

export type { PatchPlan, PlanOptions, TouchedPath } from "./plan/plan-patch.js";
export type { PlannedWrite, PlannedWrites } from "./plan/planned-writes.js";
export type { DiskEntry, PatchFileReader, RegularFile } from "./disk/file-reader.js";
export { nodePatchFiles } from "./disk/file-reader.js";
export { planPatch } from "./plan/plan-patch.js";
export { PatchPlanError } from "./plan/plan-error.js";

export type { PatchOutcome } from "./commit/commit-plan.js";
export type { CommitFailure } from "./commit/commit-error.js";
export type { CommitOptions, FileAttributes, FileOperations } from "./disk/file-operations.js";
export { commitPlan } from "./commit/commit-plan.js";
export { PatchCommitError } from "./commit/commit-error.js";
export { recoverInterrupted } from "./commit/journal.js";
export { nodeFileOperations } from "./disk/file-operations.js";

export type { RecognisedPatch } from "./recognise/recognise-apply-patch.js";
export { recogniseApplyPatch } from "./recognise/recognise-apply-patch.js";

export type { FileVersion, GitFileDiffInput } from "./diff/git-file-diff.js";
export type { UnifiedDiffOptions } from "./diff/unified-diff.js";
export { gitFileDiff } from "./diff/git-file-diff.js";
export { unifiedDiff } from "./diff/unified-diff.js";

export type { ProgramIo } from "./program/run-apply-patch.js";
export { APPLY_PATCH_FLAG, runApplyPatch } from "./program/run-apply-patch.js";
