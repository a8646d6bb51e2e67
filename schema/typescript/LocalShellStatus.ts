// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How far a built-in shell call is. */
export type LocalShellStatus = "completed" | "in_progress" | "incomplete";
