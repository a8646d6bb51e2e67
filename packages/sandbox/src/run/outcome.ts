/** How a command ended, and how we know. */

import type { SandboxBackend } from "../plan/plan.js";

/** The end of a sandboxed command. */
export type SandboxOutcome =
  /** It ran; `code` is what a shell would report (128 + number when a signal ended it). */
  | { type: "exited"; code: number; signal: string | null; tampered: readonly string[] }
  /** There is no such command (127), or it cannot be executed (126). */
  | { type: "not-executable"; code: 126 | 127; reason: string }
  /** The sandbox could not be set up; the command did not run. More may stand on stderr. */
  | { type: "not-sandboxed"; code: 125; backend: SandboxBackend; reason: string };
