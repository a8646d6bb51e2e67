/** Reading and writing the configuration. */

import type {
  AbsolutePath,
  ForcedLoginMethod,
  Int64,
  ReasoningEffort,
  ReasoningSummary,
  Uint,
  Verbosity,
  WebSearchMode,
} from "@codex-ts/protocol";
import type { AskForApproval, SandboxMode } from "./policies.js";

/** Whether usage may be measured. */
export interface AnalyticsConfig {
  enabled: boolean | null;
  [key: string]: unknown;
}

/** Tools that can be turned on and off. */
export interface ToolsV2 {
  web_search: boolean | null;
  view_image: boolean | null;
}

/** Details of the workspace-write sandbox. */
export interface SandboxWorkspaceWrite {
  /** @default [] */
  writable_roots?: string[];
  /** @default false */
  network_access?: boolean;
  /** @default false */
  exclude_tmpdir_env_var?: boolean;
  /** @default false */
  exclude_slash_tmp?: boolean;
}

/** A named set of settings. Keys that this version does not know are passed through. */
export interface ProfileV2 {
  model: string | null;
  model_provider: string | null;
  approval_policy: AskForApproval | null;
  model_reasoning_effort: ReasoningEffort | null;
  model_reasoning_summary: ReasoningSummary | null;
  model_verbosity: Verbosity | null;
  web_search: WebSearchMode | null;
  chatgpt_base_url: string | null;
  [key: string]: unknown;
}

/** The effective configuration, keys as in config.toml. Known keys are always there, null when unset; others are passed through. */
export interface Config {
  model: string | null;
  review_model: string | null;
  model_context_window: Int64 | null;
  model_auto_compact_token_limit: Int64 | null;
  model_provider: string | null;
  approval_policy: AskForApproval | null;
  sandbox_mode: SandboxMode | null;
  sandbox_workspace_write: SandboxWorkspaceWrite | null;
  forced_chatgpt_workspace_id: string | null;
  forced_login_method: ForcedLoginMethod | null;
  web_search: WebSearchMode | null;
  tools: ToolsV2 | null;
  profile: string | null;
  /** @default {} */
  profiles: Record<string, ProfileV2>;
  instructions: string | null;
  developer_instructions: string | null;
  compact_prompt: string | null;
  model_reasoning_effort: ReasoningEffort | null;
  model_reasoning_summary: ReasoningSummary | null;
  model_verbosity: Verbosity | null;
  analytics: AnalyticsConfig | null;
  [key: string]: unknown;
}

/** Managed preferences of macOS. @inline */
export interface MdmLayerSource {
  type: "mdm";
  domain: string;
  key: string;
}

/** The machine's file. @inline */
export interface SystemLayerSource {
  type: "system";
  file: AbsolutePath;
}

/** The user's file. @inline */
export interface UserLayerSource {
  type: "user";
  file: AbsolutePath;
}

/** A folder of the project. @inline */
export interface ProjectLayerSource {
  type: "project";
  dotCodexFolder: AbsolutePath;
}

/** Flags of this process. @inline */
export interface SessionFlagsLayerSource {
  type: "sessionFlags";
}

/** The older managed file. @inline */
export interface LegacyManagedConfigTomlFromFileLayerSource {
  type: "legacyManagedConfigTomlFromFile";
  file: AbsolutePath;
}

/** The older managed preferences. @inline */
export interface LegacyManagedConfigTomlFromMdmLayerSource {
  type: "legacyManagedConfigTomlFromMdm";
}

/** Where a layer of the configuration comes from. */
export type ConfigLayerSource =
  | MdmLayerSource
  | SystemLayerSource
  | UserLayerSource
  | ProjectLayerSource
  | SessionFlagsLayerSource
  | LegacyManagedConfigTomlFromFileLayerSource
  | LegacyManagedConfigTomlFromMdmLayerSource;

/** A layer's name and content version. */
export interface ConfigLayerMetadata {
  name: ConfigLayerSource;
  /** `sha256:<hex>` of its canonical JSON. */
  version: string;
}

/** A layer of the configuration. */
export interface ConfigLayer {
  name: ConfigLayerSource;
  version: string;
  config: unknown;
  /** Why it is not in force. */
  disabledReason?: string | null;
}

/** Reads the effective configuration. */
export interface ConfigReadParams {
  /** @default false */
  includeLayers?: boolean;
  /** Includes the project layers of this folder. */
  cwd?: string | null;
}

/** The effective configuration and where it comes from. */
export interface ConfigReadResponse {
  config: Config;
  /** By dotted key. */
  origins: Record<string, ConfigLayerMetadata>;
  /** Highest precedence first; absent unless asked for. */
  layers?: ConfigLayer[] | null;
}

/** Whether a table is replaced or merged. */
export type MergeStrategy = "replace" | "upsert";

/** Writes one key of the user's config; a null value removes it. */
export interface ConfigValueWriteParams {
  /** Dotted. */
  keyPath: string;
  value: unknown;
  mergeStrategy: MergeStrategy;
  filePath?: string | null;
  /** Refuse when the file has another version. */
  expectedVersion?: string | null;
}

/** One key to write. */
export interface ConfigEdit {
  keyPath: string;
  value: unknown;
  mergeStrategy: MergeStrategy;
}

/** Writes several keys, all or none. */
export interface ConfigBatchWriteParams {
  edits: ConfigEdit[];
  filePath?: string | null;
  expectedVersion?: string | null;
}

/** Whether what was written is in force. */
export type WriteStatus = "ok" | "okOverridden";

/** Why what was written is not in force. */
export interface OverriddenMetadata {
  message: string;
  overridingLayer: ConfigLayerMetadata;
  effectiveValue: unknown;
}

/** What was written. */
export interface ConfigWriteResponse {
  status: WriteStatus;
  version: string;
  filePath: AbsolutePath;
  /** null when what was written is in force. */
  overriddenMetadata: OverriddenMetadata | null;
}

/** What the administrator allows; null: no limit. */
export interface ConfigRequirements {
  allowedApprovalPolicies: AskForApproval[] | null;
  allowedSandboxModes: SandboxMode[] | null;
}

/** What the administrator allows; null: nothing is limited. */
export interface ConfigRequirementsReadResponse {
  requirements: ConfigRequirements | null;
}

/** A place in a text, 1-based. */
export interface TextPosition {
  line: Uint;
  column: Uint;
}

/** A stretch of a text. */
export interface TextRange {
  start: TextPosition;
  end: TextPosition;
}

/** Something is wrong with the configuration, and what was done about it. */
export interface ConfigWarningNotification {
  summary: string;
  /** null when the summary says all. */
  details: string | null;
  /** The file. */
  path?: string | null;
  /** Where in the file. */
  range?: TextRange | null;
}
