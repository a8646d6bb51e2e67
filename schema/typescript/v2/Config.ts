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
  analytics: AnalyticsConfig | null,
  approval_policy: AskForApproval | null,
  compact_prompt: string | null,
  developer_instructions: string | null,
  forced_chatgpt_workspace_id: string | null,
  forced_login_method: ForcedLoginMethod | null,
  instructions: string | null,
  model: string | null,
  model_auto_compact_token_limit: number | null,
  model_context_window: number | null,
  model_provider: string | null,
  model_reasoning_effort: ReasoningEffort | null,
  model_reasoning_summary: ReasoningSummary | null,
  model_verbosity: Verbosity | null,
  profile: string | null,
  profiles: { [key in string]?: ProfileV2 },
  review_model: string | null,
  sandbox_mode: SandboxMode | null,
  sandbox_workspace_write: SandboxWorkspaceWrite | null,
  tools: ToolsV2 | null,
  web_search: WebSearchMode | null,
} & ({ [key in string]?: JsonValue });
