/** What a thread needs from outside; a test gives its own. */

import type { ModelClient } from "@codex-ts/model-client";
import type { Config } from "@codex-ts/config";
import type { LoadImage } from "../context/user-input.js";
import type { CommandRunner } from "../execution/command-runner.js";
import type { CommandRules } from "../approvals/command-rules.js";
import type { SkillCatalogue } from "../instructions/skills/skill-catalogue.js";
import type { OpenCheckpoints } from "./session-checkpoints.js";
import type { ModelProfiles } from "./models.js";
import type { McpConnections } from "@codex-ts/mcp-client";

/** Services of one thread. */
export interface Services {
  model: ModelClient;
  models: ModelProfiles;
  runner: CommandRunner;
  rules: CommandRules;
  /** argv of our own patch program, which reads the patch from stdin. */
  patchProgram: readonly string[];
  mcp: McpConnections;
  skills: SkillCatalogue;
  openCheckpoints: OpenCheckpoints;
  loadImage: LoadImage;
  /** The environment that commands inherit from; asked when one is started. */
  environment: () => Readonly<Record<string, string | undefined>>;
  /** The user's shell: its name for the model, and how a script is run with it. */
  shell: UserShell;
  /** Resolves when those who hear of output can take more; null: now. */
  congestion: () => Promise<unknown> | null;
  /** What users were told that they need to hear once only: shared by the threads of a process. */
  told: Set<string>;
  /** A fresh id for items and threads (UUIDv7). */
  newId(): string;
  now(): Date;
  /** Resolves after the time, or early when the signal says so. Never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Tells the log of a defect that was contained. */
  report(error: unknown, where: string): void;
}

/** The shell that commands run in. */
export interface UserShell {
  /** `bash`, `zsh`, `sh`, `powershell`, `cmd`. */
  name: string;
  argv(script: string, options: { login: boolean }): string[];
}

/** Settings of a thread that do not change while it lives. */
export type ThreadConfig = Config;
