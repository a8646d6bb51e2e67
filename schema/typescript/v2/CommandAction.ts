// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What a command does, for display only. */
export type CommandAction = {
  type: "read",
  /** The part of the script that this entry stands for. */
  command: string,
  name: string,
  path: string,
} | {
  type: "listFiles",
  /** The part of the script that this entry stands for. */
  command: string,
  path: string | null,
} | {
  type: "search",
  /** The part of the script that this entry stands for. */
  command: string,
  query: string | null,
  path: string | null,
} | {
  type: "unknown",
  /** The part of the script that this entry stands for. */
  command: string,
};
