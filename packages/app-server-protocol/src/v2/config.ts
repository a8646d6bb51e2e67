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
  view_image: boolean | null;
  web_search: boolean | null;
}

/** Details of the workspace-write sandbox. */
export interface SandboxWorkspaceWrite {
  /** @default false */
  exclude_slash_tmp?: boolean;
  /** @default false */
  exclude_tmpdir_env_var?: boolean;
  /** @default false */
  network_access?: boolean;
  /** @default [] */
  writable_roots?: string[];
}

/** A named set of settings. Keys that this version does not know are passed through. */
export interface ProfileV2 {
  approval_policy: AskForApproval | null;
  chatgpt_base_url: string | null;
  model: string | null;
  model_provider: string | null;
  model_reasoning_effort: ReasoningEffort | null;
  model_reasoning_summary: ReasoningSummary | null;
  model_verbosity: Verbosity | null;
  web_search: WebSearchMode | null;
  [key: string]: unknown;
}

/** The effective configuration, keys as in config.toml. Known keys are always there, null when unset; others are passed through. */
export interface Config {
  analytics: AnalyticsConfig | null;
  approval_policy: AskForApproval | null;
  compact_prompt: string | null;
  developer_instructions: string | null;
  forced_chatgpt_workspace_id: string | null;
  forced_login_method: ForcedLoginMethod | null;
  instructions: string | null;
  model: string | null;
  model_auto_compact_token_limit: Int64 | null;
  model_context_window: Int64 | null;
  model_provider: string | null;
  model_reasoning_effort: ReasoningEffort | null;
  model_reasoning_summary: ReasoningSummary | null;
  model_verbosity: Verbosity | null;
  profile: string | null;
  /** @default {} */
  profiles: Record<string, ProfileV2>;
  review_model: string | null;
  sandbox_mode: SandboxMode | null;
  sandbox_workspace_write: SandboxWorkspaceWrite | null;
  tools: ToolsV2 | null;
  web_search: WebSearchMode | null;
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
  config: unknown;
  /** Why it is not in force. */
  disabledReason?: string | null;
  name: ConfigLayerSource;
  version: string;
}

/** Reads the effective configuration. */
export interface ConfigReadParams {
  /** Includes the project layers of this folder. */
  cwd?: string | null;
  /** @default false */
  includeLayers?: boolean;
}

/** The effective configuration and where it comes from. */
export interface ConfigReadResponse {
  config: Config;
  /** Highest precedence first; absent unless asked for. */
  layers?: ConfigLayer[] | null;
  /** By dotted key. */
  origins: Record<string, ConfigLayerMetadata>;
}

/** Whether a table is replaced or merged. */
export type MergeStrategy = "replace" | "upsert";

/** Writes one key of the user's config; a null value removes it. */
export interface ConfigValueWriteParams {
  /** Refuse when the file has another version. */
  expectedVersion?: string | null;
  filePath?: string | null;
  /** Dotted. */
  keyPath: string;
  mergeStrategy: MergeStrategy;
  value: unknown;
}

/** One key to write. */
export interface ConfigEdit {
  keyPath: string;
  mergeStrategy: MergeStrategy;
  value: unknown;
}

/** Writes several keys, all or none. */
export interface ConfigBatchWriteParams {
  edits: ConfigEdit[];
  expectedVersion?: string | null;
  filePath?: string | null;
}

/** Whether what was written is in force. */
export type WriteStatus = "ok" | "okOverridden";

/** Why what was written is not in force. */
export interface OverriddenMetadata {
  effectiveValue: unknown;
  message: string;
  overridingLayer: ConfigLayerMetadata;
}

/** What was written. */
export interface ConfigWriteResponse {
  filePath: AbsolutePath;
  /** null when what was written is in force. */
  overriddenMetadata: OverriddenMetadata | null;
  status: WriteStatus;
  version: string;
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
  column: Uint;
  line: Uint;
}

/** A stretch of a text. */
export interface TextRange {
  end: TextPosition;
  start: TextPosition;
}

/** Something is wrong with the configuration, and what was done about it. */
export interface ConfigWarningNotification {
  /** null when the summary says all. */
  details: string | null;
  /** The file. */
  path?: string | null;
  /** Where in the file. */
  range?: TextRange | null;
  summary: string;
}
