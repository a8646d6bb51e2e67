// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A command of the built-in shell tool. */
export type LocalShellExecAction = {
  command: Array<string>,
  timeout_ms?: number | null,
  working_directory?: string | null,
  env?: { [key in string]?: string } | null,
  user?: string | null,
};
