/** What this machine can enforce: found by probing, handed to the planner as data. */

import type { AbsolutePath } from "@codex-ts/protocol";

/** bubblewrap passed a real run. */
export interface BubblewrapReady {
  ready: true;
  program: AbsolutePath;
  /** Root mounts without a user namespace where it can, so that it may still write to other people's files. */
  userNamespace: boolean;
  /** A fresh /proc could be mounted; without it the host's is shown read-only. */
  privateProc: boolean;
  /** The system's `env` can undo ignored signals, which commands on a terminal need. */
  resetsSignals: boolean;
}

/** The helper inside our executable passed a real run. */
export interface LandlockReady {
  ready: true;
  /** The executable that starts the helper when called by the helper's name. */
  executable: AbsolutePath;
  /** Version of the kernel's Landlock interface. */
  abi: number;
}

/** A backend that is there by definition (a part of the system). */
export interface SystemReady {
  ready: true;
}

/** A backend that cannot be used. */
export interface NotReady {
  ready: false;
  reason: string;
}

/** The sandbox backends of this machine. */
export interface Backends {
  platform: "linux" | "darwin" | "win32" | "other";
  /** Processor architecture as Node names it. */
  arch: string;
  /** Whether we run as root; on Linux its capabilities are cut down for commands. */
  root: boolean;
  bubblewrap: BubblewrapReady | NotReady;
  landlock: LandlockReady | NotReady;
  seatbelt: SystemReady | NotReady;
  windows: SystemReady | NotReady;
}
