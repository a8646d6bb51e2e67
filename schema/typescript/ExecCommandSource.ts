// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Who started a command. */
export type ExecCommandSource = "agent" | "user_shell" | "unified_exec_startup" | "unified_exec_interaction";
