// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AnalyticsConfig } from "./AnalyticsConfig";
import type { AskForApproval } from "./AskForApproval";
import type { ForcedLoginMethod } from "../ForcedLoginMethod";
import type { JsonValue } from "../serde_json/JsonValue";
import type { ProfileV2 } from "./ProfileV2";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxMode } from "./SandboxMode";
import type { SandboxWorkspaceWrite } from "./SandboxWorkspaceWrite";
import type { ToolsV2 } from "./ToolsV2";
import type { Verbosity } from "../Verbosity";
import type { WebSearchMode } from "../WebSearchMode";

/** The effective configuration, keys as in config.toml. Known keys are always there, null when unset; others are passed through. */
export type Config = {
  model: string | null,
  review_model: string | null,
  model_context_window: number | null,
  model_auto_compact_token_limit: number | null,
  model_provider: string | null,
  approval_policy: AskForApproval | null,
  sandbox_mode: SandboxMode | null,
  sandbox_workspace_write: SandboxWorkspaceWrite | null,
  forced_chatgpt_workspace_id: string | null,
  forced_login_method: ForcedLoginMethod | null,
  web_search: WebSearchMode | null,
  tools: ToolsV2 | null,
  profile: string | null,
  profiles: { [key in string]?: ProfileV2 },
  instructions: string | null,
  developer_instructions: string | null,
  compact_prompt: string | null,
  model_reasoning_effort: ReasoningEffort | null,
  model_reasoning_summary: ReasoningSummary | null,
  model_verbosity: Verbosity | null,
  analytics: AnalyticsConfig | null,
} & ({ [key in string]?: JsonValue });
