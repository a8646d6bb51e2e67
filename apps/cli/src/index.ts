/** The codex executable: the table of commands and their dispatch. */

export {};
