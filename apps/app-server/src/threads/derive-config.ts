/** A thread's configuration from what its client gave. */

import { resolve } from "node:path";
import { type Config, ConfigError, type FeatureKey, type Json, loadConfig } from "@codex-ts/config";
import { cliOverrides } from "@codex-ts/launch";
import type { ApprovalPolicy, Personality, SandboxMode } from "@codex-ts/protocol";
import { invalidRequest } from "../router/rpc-error.js";
import type { AppServer } from "../server/app-server.js";

/** What a client may give for a new or resumed thread; null or absent: as configured. */
export interface ThreadSettingsGiven {
  model?: string | null;
  reviewModel?: string | null;
  modelProvider?: string | null;
  profile?: string | null;
  /** Relative paths start from the server's own folder. */
  cwd?: string | null;
  approvalPolicy?: ApprovalPolicy | null;
  sandbox?: SandboxMode | null;
  /** Dotted keys of config.toml. */
  config?: Record<string, unknown> | null;
  baseInstructions?: string | null;
  developerInstructions?: string | null;
  compactPrompt?: string | null;
  personality?: Personality | null;
  ephemeral?: boolean | null;
  features?: Partial<Record<FeatureKey, boolean>>;
}

/** @throws {RpcError} */
export async function deriveConfig(
  { program, line }: AppServer,
  codexHome: string,
  given: ThreadSettingsGiven,
): Promise<Config> {
  const cli = cliOverrides(line);
  try {
    return await loadConfig({
      codexHome,
      cwd: resolve(program.cwd, given.cwd ?? "."),
      env: program.env,
      overrides: {
        ...cli,
        values: jsonValues(given.config ?? {}),
        profile: given.profile ?? null,
        harness: {
          model: given.model ?? null,
          modelProvider: given.modelProvider ?? null,
          approvalPolicy: given.approvalPolicy ?? null,
          sandboxMode: given.sandbox ?? null,
          baseInstructions: given.baseInstructions ?? null,
          developerInstructions: given.developerInstructions ?? null,
          compactPrompt: given.compactPrompt ?? null,
          personality: given.personality ?? null,
          ...(given.ephemeral ? { ephemeral: true } : {}),
          ...(given.features === undefined ? {} : { features: given.features }),
        },
      },
    });
  } catch (error) {
    if (error instanceof ConfigError) throw invalidRequest(`error deriving config: ${error.message}`);
    throw error;
  }
}

/** The values came out of a JSON text, so they are JSON. */
function jsonValues(config: Record<string, unknown>): Record<string, Json> {
  return config as Record<string, Json>;
}
