/** Models, skills and MCP servers between core's words and v2's. */

import type {
  McpAuthStatus as CoreAuthStatus,
  ModelPreset,
  SkillInterface as CoreInterface,
  SkillMetadata as CoreSkill,
  SkillsListEntry as CoreEntry,
} from "@codex-ts/protocol";
import type { McpAuthStatus } from "../v2/mcp.js";
import type { Model } from "../v2/models.js";
import type { SkillInterface, SkillMetadata, SkillsListEntry } from "../v2/skills.js";

/** @returns a model as a picker shows it */
export function modelToV2(preset: ModelPreset, supportsPersonality: boolean): Model {
  return {
    id: preset.id,
    model: preset.model,
    displayName: preset.display_name,
    description: preset.description,
    supportedReasoningEfforts: preset.supported_reasoning_efforts.map(({ effort, description }) => ({
      reasoningEffort: effort,
      description,
    })),
    defaultReasoningEffort: preset.default_reasoning_effort,
    supportsPersonality,
    isDefault: preset.is_default,
  };
}

/** @returns the skills of one folder */
export function skillsToV2(entry: CoreEntry): SkillsListEntry {
  return { cwd: entry.cwd, skills: entry.skills.map(skill), errors: entry.errors };
}

/** What is absent is left out, as the original leaves it out. */
function skill(metadata: CoreSkill): SkillMetadata {
  const { name, description, short_description: shortDescription, path, scope, enabled } = metadata;
  return {
    name,
    description,
    ...(shortDescription ? { shortDescription } : {}),
    ...(metadata.interface ? { interface: skillInterface(metadata.interface) } : {}),
    path,
    scope,
    enabled,
  };
}

function skillInterface(shown: CoreInterface): SkillInterface {
  return {
    ...(shown.display_name ? { displayName: shown.display_name } : {}),
    ...(shown.short_description ? { shortDescription: shown.short_description } : {}),
    ...(shown.icon_small ? { iconSmall: shown.icon_small } : {}),
    ...(shown.icon_large ? { iconLarge: shown.icon_large } : {}),
    ...(shown.brand_color ? { brandColor: shown.brand_color } : {}),
    ...(shown.default_prompt ? { defaultPrompt: shown.default_prompt } : {}),
  };
}

const authStatuses = {
  unsupported: "unsupported",
  not_logged_in: "notLoggedIn",
  bearer_token: "bearerToken",
  o_auth: "oAuth",
} as const satisfies Record<CoreAuthStatus, McpAuthStatus>;

/** @returns whether a server knows who we are, in v2's words */
export function mcpAuthStatusToV2(status: CoreAuthStatus): McpAuthStatus {
  return authStatuses[status];
}
