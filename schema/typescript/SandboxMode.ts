// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The policy's name in config.toml and on the command line. */
export type SandboxMode = "read-only" | "workspace-write" | "danger-full-access";
