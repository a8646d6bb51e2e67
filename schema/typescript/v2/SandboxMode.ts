// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The sandbox policy's name, as thread parameters take it (kebab-case). */
export type SandboxMode = "read-only" | "workspace-write" | "danger-full-access";
