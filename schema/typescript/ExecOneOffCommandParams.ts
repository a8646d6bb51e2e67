// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { SandboxPolicy } from "./SandboxPolicy";

/** Runs a command outside of any conversation. */
export type ExecOneOffCommandParams = {
  command: Array<string>,
  cwd?: string | null,
  sandboxPolicy?: SandboxPolicy | null,
  /** Milliseconds; 10,000 when absent. */
  timeoutMs?: number | null,
};
