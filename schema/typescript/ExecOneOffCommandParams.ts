// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { SandboxPolicy } from "./SandboxPolicy";

/** Runs a command outside of any conversation. */
export type ExecOneOffCommandParams = {
  command: Array<string>,
  /** Milliseconds; 10,000 when absent. */
  timeoutMs?: number | null,
  cwd?: string | null,
  sandboxPolicy?: SandboxPolicy | null,
};
