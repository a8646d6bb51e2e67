/** Feature flags: their names, stages and defaults, and the table that sets them. */

import { map, boolean } from "./shapes.js";
import type { JsonSchema } from "./json-schema.js";
import type { Reader, Shape } from "./shape.js";
import { wrongType } from "./shape.js";

/** How finished a feature is. */
export type FeatureStage = "stable" | "experimental" | "under development";

/** One flag. */
export interface FeatureSpec {
  readonly key: FeatureKey;
  readonly stage: FeatureStage;
  readonly defaultEnabled: boolean;
  readonly doc: string;
  /** Accepted, but not shown by `features list`. */
  readonly hidden?: boolean;
}

/** The names of all flags. */
export type FeatureKey =
  | "undo"
  | "shell_tool"
  | "web_search_request"
  | "web_search_cached"
  | "unified_exec"
  | "shell_snapshot"
  | "child_agents_md"
  | "apply_patch_freeform"
  | "exec_policy"
  | "experimental_windows_sandbox"
  | "elevated_windows_sandbox"
  | "remote_compaction"
  | "remote_models"
  | "powershell_utf8"
  | "enable_request_compression"
  | "collab"
  | "connectors"
  | "steer"
  | "collaboration_modes"
  | "responses_websockets"
  | "experimental_sandbox_command_assessment";

/** All flags in the order of `codex features list`, for a platform. */
export function featureSpecs(platform: NodeJS.Platform = process.platform): readonly FeatureSpec[] {
  const windows = platform === "win32";
  const powershell: FeatureSpec = {
    key: "powershell_utf8",
    stage: windows ? "experimental" : "under development",
    defaultEnabled: windows,
    doc: "Makes PowerShell write UTF-8.",
  };
  return FEATURES.map((spec) => (spec.key === "powershell_utf8" ? powershell : spec));
}

const spec = (key: FeatureKey, stage: FeatureStage, defaultEnabled: boolean, doc: string): FeatureSpec => ({
  key,
  stage,
  defaultEnabled,
  doc,
});

const FEATURES: readonly FeatureSpec[] = [
  spec("undo", "stable", false, "A checkpoint for each turn, so that it can be undone."),
  spec("shell_tool", "stable", true, "The tool that runs shell commands."),
  spec("web_search_request", "stable", false, "Live web search."),
  spec("web_search_cached", "under development", false, "Web search in a cache."),
  spec("unified_exec", "experimental", false, "Commands in terminals that live on between calls."),
  spec("shell_snapshot", "experimental", false, "A snapshot of the shell's environment, taken once per session."),
  spec("child_agents_md", "under development", false, "Further guidance on AGENTS.md files of sub-folders."),
  spec("apply_patch_freeform", "under development", false, "The patch tool that takes free text."),
  spec("exec_policy", "under development", true, "Enforcement of `.rules` files."),
  spec("experimental_windows_sandbox", "under development", false, "A sandbox on Windows."),
  spec("elevated_windows_sandbox", "under development", false, "The Windows sandbox with elevated set-up."),
  spec("remote_compaction", "under development", true, "Compaction by the ChatGPT backend."),
  spec("remote_models", "under development", true, "Fetches the list of models."),
  spec("powershell_utf8", "under development", false, "Makes PowerShell write UTF-8."),
  spec("enable_request_compression", "under development", false, "Compresses requests to the ChatGPT backend."),
  spec("collab", "under development", false, "Tools for sub-agents."),
  spec("connectors", "under development", false, "Apps of the ChatGPT account."),
  spec("steer", "experimental", false, "Enter sends to a running turn at once."),
  spec("collaboration_modes", "under development", false, "Ways of working together, such as planning first."),
  spec("responses_websockets", "under development", false, "The websocket transport for the built-in provider."),
  {
    key: "experimental_sandbox_command_assessment",
    stage: "under development",
    defaultEnabled: false,
    doc: "A short model call rates the risk of a command before you are asked about it.",
    hidden: true,
  },
];

/** Older names, still accepted. */
export const FEATURE_ALIASES: ReadonlyMap<string, FeatureKey> = new Map([
  ["enable_experimental_windows_sandbox", "experimental_windows_sandbox"],
  ["experimental_use_unified_exec_tool", "unified_exec"],
  ["experimental_use_freeform_apply_patch", "apply_patch_freeform"],
  ["include_apply_patch_tool", "apply_patch_freeform"],
  ["web_search", "web_search_request"],
]);

/** The flag with this name; undefined when there is none. */
export function featureKey(name: string): FeatureKey | undefined {
  return FEATURES.find((feature) => feature.key === name)?.key;
}

/** `[features]`: names to booleans. Unknown names are reported, not refused. */
export const features: Shape<ReadonlyMap<string, boolean>> = {
  inner: boolean,
  read(node, reader: Reader) {
    if (node.kind !== "table") {
      throw wrongType(node, "a table", reader);
    }
    const values = map(boolean).read(node, reader);
    for (const [key, entry] of node.entries) {
      if (featureKey(key) === undefined && !FEATURE_ALIASES.has(key)) {
        reader.unknownKey(
          [...reader.path, key],
          entry,
          FEATURES.map((feature) => feature.key),
        );
      }
    }
    return values;
  },
  describe: () => ({ type: "object", properties: featureProperties(), additionalProperties: { type: "boolean" } }),
};

function featureProperties(): JsonSchema {
  const current = FEATURES.map(({ key, doc, defaultEnabled }) => [
    key,
    { type: "boolean", description: doc, default: defaultEnabled },
  ]);
  const older = [...FEATURE_ALIASES].map(([alias, key]) => [
    alias,
    { type: "boolean", description: `Older name of ${key}.`, deprecated: true },
  ]);
  return Object.fromEntries([...current, ...older]);
}
