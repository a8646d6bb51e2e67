/** Turns what the files say into the configuration of a session: flags over profile over file over default. */

import type { ReasoningSummary } from "@codex-ts/protocol";
import { ConfigError } from "../errors.js";
import type { Environment } from "../home.js";
import { userConfigFile, type LayerStack } from "../layers/stack.js";
import type { ConfigToml, ProfileToml } from "../schema/config-toml.js";
import type { UnknownKey } from "../schema/read.js";
import type { Config, HarnessOverrides, WebSearchMode } from "./config.js";
import { resolveFeatures, type Features } from "./features.js";
import { readInstructions } from "./instruction-files.js";
import { DEFAULT_PROVIDER_ID, modelProviders, type ModelProviderInfo } from "./providers.js";
import { applyMcpRequirement, checkApprovalPolicy, checkSandboxMode, type Requirements } from "./requirements.js";
import { defaultApprovalPolicy, defaultSandboxMode, sandboxPolicy } from "./sandbox.js";
import {
  deprecationNotices,
  hiddenProviderWarnings,
  sandboxDowngradeWarnings,
  unknownKeyWarnings,
  unstableFeatureWarnings,
  untrustedProjectWarnings,
} from "./warnings.js";

/** Everything that decides. */
export interface ResolveInput {
  readonly codexHome: string;
  readonly cwd: string;
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** Version told to servers that negotiate by version. */
  readonly clientVersion: string;
  readonly stack: LayerStack;
  readonly toml: ConfigToml;
  readonly unknownKeys: readonly UnknownKey[];
  readonly requirements: Requirements;
  /** The profile asked for; null: the one that the configuration names. */
  readonly profile: string | null;
  readonly harness: HarnessOverrides;
}

/**
 * Decides everything.
 * @throws ConfigError of kind `value` or `requirement`
 */
export function resolveConfig(input: ResolveInput): Config {
  const { toml, harness, stack, requirements } = input;
  const activeProfile = input.profile ?? toml.profile ?? null;
  const profile = findProfile(toml, activeProfile);
  const features = resolveFeatures({ toml, profile, overrides: harness.features ?? {}, platform: input.platform });
  const trust = stack.project?.trust.level ?? null;
  const decided = policies(input, profile, features);
  return {
    codexHome: input.codexHome,
    cwd: input.cwd,
    activeProfile,
    ...modelSettings(input, profile),
    ...instructions(toml, profile, harness),
    ...decided,
    requirements,
    features,
    webSearch: harness.webSearch ?? profile?.web_search ?? toml.web_search ?? webSearchByFeature(features),
    mcpServers: applyMcpRequirement(toml.mcp_servers ?? new Map(), requirements.mcpServers),
    mcpOauthCredentialsStore: toml.mcp_oauth_credentials_store,
    mcpOauthCallbackPort: callbackPort(toml),
    projectDocMaxBytes: toml.project_doc_max_bytes,
    projectDocFallbackFilenames: toml.project_doc_fallback_filenames
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    projectRootMarkers: toml.project_root_markers ?? [".git"],
    project: { root: stack.project?.root ?? input.cwd, trust },
    history: { persistence: toml.history?.persistence ?? "save-all", maxBytes: toml.history?.max_bytes ?? null },
    ephemeral: harness.ephemeral ?? false,
    agents: { maxThreads: maxThreads(toml) },
    skills: toml.skills.config,
    notify: toml.notify === undefined || toml.notify.length === 0 ? null : toml.notify,
    ...interfaceSettings(toml, harness),
    ...accountSettings(toml, profile),
    ...telemetrySettings(toml, profile),
    ghostSnapshot: {
      ignoreLargeUntrackedFiles: toml.ghost_snapshot.ignore_large_untracked_files,
      ignoreLargeUntrackedDirs: toml.ghost_snapshot.ignore_large_untracked_dirs,
      disableWarnings: toml.ghost_snapshot.disable_warnings,
    },
    profiles: toml.profiles ?? new Map(),
    layers: stack.layers,
    merged: stack.merged,
    warnings: [
      ...unknownKeyWarnings(input.unknownKeys),
      ...hiddenProviderWarnings(toml),
      ...untrustedProjectWarnings(stack.layers),
      ...sandboxDowngradeWarnings(decided.sandboxDowngraded),
      ...unstableFeatureWarnings(features, toml, userConfigFile(input.codexHome)),
    ],
    deprecations: deprecationNotices(features, toml, profile),
  };
}

function findProfile(toml: ConfigToml, name: string | null): ProfileToml | undefined {
  if (name === null) {
    return undefined;
  }
  const profile = toml.profiles?.get(name);
  if (profile === undefined) {
    throw new ConfigError("value", `config profile \`${name}\` not found`);
  }
  return profile;
}

// the model

type ModelSettings = Pick<
  Config,
  | "model"
  | "reviewModel"
  | "modelProviderId"
  | "modelProvider"
  | "modelProviders"
  | "modelContextWindow"
  | "modelAutoCompactTokenLimit"
  | "modelReasoningEffort"
  | "modelReasoningSummary"
  | "modelSupportsReasoningSummaries"
  | "modelVerbosity"
  | "modelPersonality"
  | "toolOutputTokenLimit"
>;

const DEFAULT_REASONING_SUMMARY: ReasoningSummary = "auto";

function modelSettings(input: ResolveInput, profile: ProfileToml | undefined): ModelSettings {
  const { toml, harness } = input;
  const oss =
    harness.oss === undefined || harness.oss === null ? null : ossChoice(harness.oss.localProvider, toml, profile);
  const providers = modelProviders(toml.model_providers, input.env, input.clientVersion, toml.openai_base_url);
  const id =
    oss?.provider ?? harness.modelProvider ?? profile?.model_provider ?? toml.model_provider ?? DEFAULT_PROVIDER_ID;
  return {
    model: harness.model ?? oss?.model ?? profile?.model ?? toml.model ?? null,
    reviewModel: harness.reviewModel ?? toml.review_model ?? null,
    modelProviderId: id,
    modelProvider: findProvider(providers, id),
    modelProviders: providers,
    modelContextWindow: toml.model_context_window ?? null,
    modelAutoCompactTokenLimit: toml.model_auto_compact_token_limit ?? null,
    modelReasoningEffort:
      harness.reasoningEffort ?? profile?.model_reasoning_effort ?? toml.model_reasoning_effort ?? null,
    modelReasoningSummary:
      harness.reasoningSummary ??
      profile?.model_reasoning_summary ??
      toml.model_reasoning_summary ??
      DEFAULT_REASONING_SUMMARY,
    modelSupportsReasoningSummaries: toml.model_supports_reasoning_summaries ?? null,
    modelVerbosity: profile?.model_verbosity ?? toml.model_verbosity ?? null,
    modelPersonality: harness.personality ?? profile?.model_personality ?? toml.model_personality ?? null,
    toolOutputTokenLimit: toml.tool_output_token_limit ?? null,
  };
}

function findProvider(providers: ReadonlyMap<string, ModelProviderInfo>, id: string): ModelProviderInfo {
  const provider = providers.get(id);
  if (provider === undefined) {
    throw new ConfigError("value", `Model provider \`${id}\` not found`);
  }
  return provider;
}

/** The provider and model of `--oss`. */
function ossChoice(
  named: string | null | undefined,
  toml: ConfigToml,
  profile: ProfileToml | undefined,
): { provider: string; model: string | null } {
  const provider = named ?? profile?.oss_provider ?? toml.oss_provider;
  if (provider === undefined) {
    const message =
      "No default OSS provider configured. Use --local-provider=provider or set oss_provider to one of: " +
      "lmstudio, ollama, ollama-chat in config.toml";
    throw new ConfigError("value", message, { key: "oss_provider" });
  }
  return { provider, model: OSS_MODELS.get(provider) ?? null };
}

const OSS_MODELS: ReadonlyMap<string, string> = new Map([
  ["ollama", "gpt-oss:20b"],
  ["ollama-chat", "gpt-oss:20b"],
  ["lmstudio", "openai/gpt-oss-20b"],
]);

// texts

function instructions(
  toml: ConfigToml,
  profile: ProfileToml | undefined,
  harness: HarnessOverrides,
): Pick<Config, "baseInstructions" | "developerInstructions" | "compactPrompt"> {
  const instructionsFile = profile?.model_instructions_file ?? toml.model_instructions_file;
  const compactFile = profile?.experimental_compact_prompt_file ?? toml.experimental_compact_prompt_file;
  const fromFile = readInstructions(instructionsFile, "model instructions file");
  const compactFromFile = readInstructions(compactFile, "experimental compact prompt file");
  return {
    baseInstructions: harness.baseInstructions ?? fromFile,
    developerInstructions: harness.developerInstructions ?? toml.developer_instructions ?? null,
    compactPrompt: nonBlank(harness.compactPrompt) ?? nonBlank(toml.compact_prompt) ?? compactFromFile,
  };
}

// policies

type Policies = Pick<Config, "approvalPolicy" | "sandboxPolicy" | "sandboxDowngraded" | "shellEnvironmentPolicy">;

function policies(input: ResolveInput, profile: ProfileToml | undefined, features: Features): Policies {
  const { toml, harness, requirements } = input;
  const trust = input.stack.project?.trust.level ?? null;
  const approvalPolicy =
    harness.approvalPolicy ?? profile?.approval_policy ?? toml.approval_policy ?? defaultApprovalPolicy(trust);
  checkApprovalPolicy(approvalPolicy, requirements);
  const mode = harness.sandboxMode ?? profile?.sandbox_mode ?? toml.sandbox_mode ?? defaultSandboxMode(trust);
  const sandboxDowngraded =
    mode === "workspace-write" && input.platform === "win32" && !features.enabled("experimental_windows_sandbox");
  const effectiveMode = sandboxDowngraded ? "read-only" : mode;
  checkSandboxMode(effectiveMode, requirements);
  const shell = toml.shell_environment_policy;
  return {
    approvalPolicy,
    sandboxPolicy: sandboxPolicy(
      effectiveMode,
      toml.sandbox_workspace_write,
      harness.additionalWritableRoots ?? [],
      input.cwd,
    ),
    sandboxDowngraded,
    shellEnvironmentPolicy: {
      inherit: shell.inherit,
      ignoreDefaultExcludes: shell.ignore_default_excludes,
      exclude: shell.exclude,
      set: shell.set,
      includeOnly: shell.include_only,
      useProfile: shell.experimental_use_profile,
    },
  };
}

/** The reference offers the search in its cache even where no feature asks for it; only `web_search = "disabled"` does not. */
function webSearchByFeature(features: Features): WebSearchMode {
  const live = features.enabled("web_search_request") && !features.enabled("web_search_cached");
  return live ? "live" : "cached";
}

function callbackPort(toml: ConfigToml): number | null {
  const port = toml.mcp_oauth_callback_port;
  if (port === 0) {
    const message = "invalid MCP OAuth callback port `0`: port must be between 1 and 65535";
    throw new ConfigError("value", message, { key: "mcp_oauth_callback_port" });
  }
  return port ?? null;
}

function maxThreads(toml: ConfigToml): number {
  if (toml.agents.max_threads === 0) {
    throw new ConfigError("value", "agents.max_threads must be at least 1", { key: "agents.max_threads" });
  }
  return toml.agents.max_threads;
}

// screen, account, telemetry

type InterfaceSettings = Pick<
  Config,
  | "tui"
  | "notice"
  | "fileOpener"
  | "userShellInContext"
  | "hideAgentReasoning"
  | "showRawAgentReasoning"
  | "disablePasteBurst"
  | "checkForUpdateOnStartup"
  | "windowsWslSetupAcknowledged"
>;

function interfaceSettings(toml: ConfigToml, harness: HarnessOverrides): InterfaceSettings {
  const usesOss = harness.oss !== undefined && harness.oss !== null;
  return {
    tui: {
      notifications: toml.tui.notifications,
      animations: toml.tui.animations,
      showTooltips: toml.tui.show_tooltips,
      alternateScreen: toml.tui.alternate_screen,
      experimentalMode: toml.tui.experimental_mode ?? null,
    },
    notice: toml.notice,
    fileOpener: toml.file_opener,
    userShellInContext: toml.user_shell_in_context,
    hideAgentReasoning: toml.hide_agent_reasoning,
    showRawAgentReasoning: toml.show_raw_agent_reasoning ?? harness.showRawAgentReasoning ?? usesOss,
    disablePasteBurst: toml.disable_paste_burst,
    checkForUpdateOnStartup: toml.check_for_update_on_startup,
    windowsWslSetupAcknowledged: toml.windows_wsl_setup_acknowledged,
  };
}

type AccountSettings = Pick<
  Config,
  "chatgptBaseUrl" | "cliAuthCredentialsStore" | "forcedLoginMethod" | "forcedChatgptWorkspaceId" | "ossProvider"
>;

function accountSettings(toml: ConfigToml, profile: ProfileToml | undefined): AccountSettings {
  return {
    chatgptBaseUrl: profile?.chatgpt_base_url ?? toml.chatgpt_base_url ?? "https://chatgpt.com/backend-api/",
    cliAuthCredentialsStore: toml.cli_auth_credentials_store,
    forcedLoginMethod: toml.forced_login_method ?? null,
    forcedChatgptWorkspaceId: nonBlank(toml.forced_chatgpt_workspace_id),
    ossProvider: profile?.oss_provider ?? toml.oss_provider ?? null,
  };
}

function telemetrySettings(
  toml: ConfigToml,
  profile: ProfileToml | undefined,
): Pick<Config, "analyticsEnabled" | "feedbackEnabled" | "otel"> {
  return {
    analyticsEnabled: profile?.analytics?.enabled ?? toml.analytics?.enabled ?? null,
    feedbackEnabled: toml.feedback.enabled,
    otel: {
      environment: toml.otel.environment,
      logUserPrompt: toml.otel.log_user_prompt,
      exporter: toml.otel.exporter,
      traceExporter: toml.otel.trace_exporter ?? toml.otel.exporter,
    },
  };
}

/** The trimmed text; null when nothing is left. */
function nonBlank(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}
