// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How a patch is; everything but `inProgress` is final. */
export type PatchApplyStatus = "inProgress" | "completed" | "failed" | "declined";
