// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How a command is; everything but `inProgress` is final. */
export type CommandExecutionStatus = "inProgress" | "completed" | "failed" | "declined";
