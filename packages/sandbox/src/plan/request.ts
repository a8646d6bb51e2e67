/** What is asked of the sandbox: one command under one policy. */

import type { AbsolutePath } from "@codex-ts/protocol";
import type { SandboxScope } from "../policy/scope.js";

/** Variable names to values. */
export type Environment = Readonly<Record<string, string>>;

/** A command to be run under a policy. */
export interface SandboxRequest extends SandboxScope {
  /** Program and arguments; a program without a slash is looked up in `env.PATH`. */
  argv: readonly string[];
  cwd: AbsolutePath;
  /** The command's whole environment; nothing of ours is added except CODEX_SANDBOX_NETWORK_DISABLED and CODEX_SANDBOX. */
  env: Environment;
  /** The command talks to a terminal: Ctrl-C must reach it and not the sandbox around it. Default false. */
  terminal?: boolean;
  /** macOS: a text that the system log attaches to each refusal. */
  denialTag?: string;
}

/** The part of a plan that describes the command itself. */
export function commandOf({ argv, cwd, env }: SandboxRequest): {
  argv: readonly string[];
  cwd: AbsolutePath;
  searchPath: string | undefined;
} {
  return { argv, cwd, searchPath: env["PATH"] };
}
