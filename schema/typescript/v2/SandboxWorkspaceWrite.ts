// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Details of the workspace-write sandbox. */
export type SandboxWorkspaceWrite = {
  exclude_slash_tmp?: boolean,
  exclude_tmpdir_env_var?: boolean,
  network_access?: boolean,
  writable_roots?: Array<string>,
};
