// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What a command does, for display only: a guess from its words, never a base for a decision. `cmd` is the part of the script this entry stands for, quoted for a POSIX shell. */
export type ParsedCommand = {
  type: "read",
  cmd: string,
  name: string,
  path: string,
} | {
  type: "list_files",
  cmd: string,
  path?: string | null,
} | {
  type: "search",
  cmd: string,
  query?: string | null,
  path?: string | null,
} | {
  type: "unknown",
  cmd: string,
};
