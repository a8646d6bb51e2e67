/** The user's saved settings in v1. */

import type { Profile, UserSavedConfig } from "@codex-ts/app-server-protocol";
import {
  adminLocations,
  ConfigError,
  type ConfigToml,
  editConfig,
  modelEdits,
  type ProfileToml,
  readConfigTable,
  readLayers,
  userConfigFile,
} from "@codex-ts/config";
import { cliOverrides } from "@codex-ts/launch";
import { internalError, messageOf } from "../../router/rpc-error.js";
import type { Methods } from "../../router/call.js";
import type { Engine } from "../../server/engine.js";

export const settingsMethods = {
  getUserSavedConfig: async (_none, { engine }) => ({ config: await readSaved(engine) }),

  setDefaultModel: async ({ model, reasoningEffort }, { engine }) => {
    const { codexHome, activeProfile } = engine.config;
    const change = { model: model ?? null, reasoningEffort: reasoningEffort ?? null };
    try {
      await editConfig(userConfigFile(codexHome), (current) => modelEdits(current, activeProfile, change));
    } catch (error) {
      throw internalError(`failed to persist model selection: ${messageOf(error)}`, error);
    }
    return {};
  },
} satisfies Methods;

// helpers

async function readSaved({ server, config }: Engine): Promise<UserSavedConfig> {
  const { codexHome } = config;
  try {
    const overrides = cliOverrides(server.line);
    const { merged } = await readLayers({ codexHome, cwd: null, overrides, locations: adminLocations(codexHome) });
    const saved = savedConfig(readConfigTable(merged, server.program.env).value);
    // Read as a table, an absent section has its defaults.
    return merged.entries.has("sandbox_workspace_write") ? saved : { ...saved, sandboxSettings: null };
  } catch (error) {
    if (error instanceof ConfigError) throw internalError(`failed to load configuration: ${error.message}`, error);
    throw error;
  }
}

function savedConfig(toml: ConfigToml): UserSavedConfig {
  return {
    approvalPolicy: toml.approval_policy ?? null,
    sandboxMode: toml.sandbox_mode ?? null,
    sandboxSettings: sandboxSettings(toml),
    forcedChatgptWorkspaceId: toml.forced_chatgpt_workspace_id ?? null,
    forcedLoginMethod: toml.forced_login_method ?? null,
    model: toml.model ?? null,
    modelReasoningEffort: toml.model_reasoning_effort ?? null,
    modelReasoningSummary: toml.model_reasoning_summary ?? null,
    modelVerbosity: toml.model_verbosity ?? null,
    tools: tools(toml),
    profile: toml.profile ?? null,
    profiles: Object.fromEntries([...(toml.profiles ?? [])].map(([name, profile]) => [name, savedProfile(profile)])),
  };
}

function sandboxSettings({ sandbox_workspace_write: sandbox }: ConfigToml): UserSavedConfig["sandboxSettings"] {
  return {
    writableRoots: [...sandbox.writable_roots],
    networkAccess: sandbox.network_access,
    excludeTmpdirEnvVar: sandbox.exclude_tmpdir_env_var,
    excludeSlashTmp: sandbox.exclude_slash_tmp,
  };
}

function tools({ tools: given }: ConfigToml): UserSavedConfig["tools"] {
  return given === undefined ? null : { webSearch: given.web_search ?? null, viewImage: given.view_image ?? null };
}

function savedProfile(profile: ProfileToml): Profile {
  return {
    model: profile.model ?? null,
    modelProvider: profile.model_provider ?? null,
    approvalPolicy: profile.approval_policy ?? null,
    modelReasoningEffort: profile.model_reasoning_effort ?? null,
    modelReasoningSummary: profile.model_reasoning_summary ?? null,
    modelVerbosity: profile.model_verbosity ?? null,
    chatgptBaseUrl: profile.chatgpt_base_url ?? null,
  };
}
