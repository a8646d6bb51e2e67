// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What a built-in shell call wants to run. */
export type LocalShellAction = {
  command: Array<string>,
  timeout_ms?: number | null,
  working_directory?: string | null,
  env?: { [key in string]?: string } | null,
  user?: string | null,
  type: "exec",
};
