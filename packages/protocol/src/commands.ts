/** Commands and file changes as people see them. */

/**
 * What a command does, for display only: a guess from its words, never a base for a decision.
 * `cmd` is the part of the script this entry stands for, quoted for a POSIX shell.
 */
export type ParsedCommand =
  | { type: "read"; cmd: string; name: string; path: string }
  | { type: "list_files"; cmd: string; path?: string | null }
  | { type: "search"; cmd: string; query?: string | null; path?: string | null }
  | { type: "unknown"; cmd: string };

/** Who started a command. */
export type ExecCommandSource = "agent" | "user_shell" | "unified_exec_startup" | "unified_exec_interaction";

/** Which stream a piece of output came from. */
export type ExecOutputStream = "stdout" | "stderr";

/** What a patch does to one file. */
export type FileChange =
  | { type: "add"; content: string }
  /** `content` is what the file held before. */
  | { type: "delete"; content: string }
  | { type: "update"; unified_diff: string; move_path?: string | null };

/** Changes by absolute path; for a move the key is the old path. @inline */
export type FileChanges = Record<string, FileChange>;
