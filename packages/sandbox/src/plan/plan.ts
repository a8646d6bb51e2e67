/** The answer to a request: how to start the command so that the operating system enforces the policy, or why that cannot be. */

import type { AbsolutePath } from "@codex-ts/protocol";
import type { Environment } from "./request.js";

/** What enforces a policy; `none` is a policy that asks for no enforcement. */
export type SandboxBackend = "bubblewrap" | "landlock" | "seatbelt" | "windows" | "none";

/** A file descriptor that the wrapper finds open, numbered from 3 in the order of the list. */
export type PlanChannel =
  /** Bytes for the wrapper to read. */
  | { carries: "bytes"; bytes: Uint8Array }
  /** An empty file in which the wrapper says how far it came. */
  | { carries: "status" };

/** Everything needed to start one command; made without side effects, carried out by `spawnSandboxed`. */
export interface SandboxPlan {
  kind: "plan";
  backend: SandboxBackend;
  /** The wrapper with its arguments, ending with the command. */
  argv: readonly string[];
  /** The name under which the wrapper is started, when it is not `argv[0]`. */
  argv0?: string;
  cwd: AbsolutePath;
  /** The wrapper's environment. Under Linux backends it is a fixed minimal one; the command's travels in a channel. */
  env: Environment;
  channels: readonly PlanChannel[];
  /** Protected names that do not exist yet: folders to be made before the start and removed afterwards. */
  mountPoints: readonly AbsolutePath[];
  /** Protected paths that this backend cannot protect: compared before and after, changes reported as tampering. */
  watched: readonly AbsolutePath[];
  /** The command itself, to tell why it could not be executed. */
  command: { argv: readonly string[]; cwd: AbsolutePath; searchPath: string | undefined };
  /** What a person should know about this plan: weaker enforcement, a policy made stricter. */
  notices: readonly string[];
}

/** Why one backend cannot carry out a request. */
export interface BackendRefusal {
  backend: SandboxBackend;
  reason: string;
}

/** No backend can enforce the policy, so nothing is run. */
export class SandboxRefusal extends Error {
  readonly kind = "refusal";
  /** The backends tried, strongest first, each with the reason it cannot be used. */
  readonly tried: readonly BackendRefusal[];
  /** What a person can do about it. */
  readonly remedy: string;

  constructor(tried: readonly BackendRefusal[], remedy: string) {
    const reasons = tried.map(({ backend, reason }) => `${backend}: ${reason}`).join("; ");
    const why = tried.length === 0 ? "" : ` (${reasons})`;
    super(`The command was not run, because no sandbox can enforce its policy here${why}. ${remedy}`);
    this.name = "SandboxRefusal";
    this.tried = tried;
    this.remedy = remedy;
  }
}
