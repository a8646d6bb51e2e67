/** Tells whether a sandboxed command failed because of its sandbox, from what the backend makes the system say. Pure. */

import type { SandboxBackend } from "../plan/plan.js";
import type { SandboxOutcome } from "./outcome.js";

/** A command's end with what it printed. */
export interface DenialEvidence {
  backend: SandboxBackend;
  outcome: SandboxOutcome;
  networkOff: boolean;
  /** Output and error output. */
  text: string;
}

/** Reasons for a failure stand at the end; searching the whole of a large output would cost more than it tells. */
const LOOKED_AT = 64 * 1024;

/** What the system answers when a file may not be written. */
const FILE_SIGNS: Record<SandboxBackend, readonly RegExp[]> = {
  bubblewrap: [/read-only file system/i, /\bEROFS\b/],
  landlock: [/permission denied/i, /\bEACCES\b/, /invalid cross-device link/i],
  seatbelt: [/operation not permitted/i, /\bEPERM\b/],
  windows: [/access is denied/i, /\bEACCES\b/, /\bEPERM\b/],
  none: [],
};

/** What the system answers to a forbidden system call, and what programs make of a network that is not there. */
const CALL_SIGNS = [/operation not permitted/i, /\bEPERM\b/];
const NETWORK_SIGNS = [
  /could not resolve host/i,
  /temporary failure in name resolution/i,
  /\bEAI_AGAIN\b/,
  /\bENOTFOUND\b/,
  /network is unreachable/i,
  /failed to write file/i,
];

const SIGSYS_EXIT = 159;

/**
 * Whether running the command again without the sandbox could help. The words of other backends, and words such as
 * "sandbox" in a test's name, are no evidence.
 */
export function looksDenied({ backend, outcome, networkOff, text }: DenialEvidence): boolean {
  if (backend === "none" || outcome.type !== "exited" || outcome.code === 0) {
    return false;
  }
  if (outcome.code === SIGSYS_EXIT) {
    return true;
  }
  const end = text.slice(-LOOKED_AT);
  const signs = [...FILE_SIGNS[backend], ...CALL_SIGNS, ...(networkOff ? NETWORK_SIGNS : [])];
  return signs.some((sign) => sign.test(end));
}
