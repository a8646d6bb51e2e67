/** Which features are on: defaults, then config.toml, then the profile; older names are noted. */

import { FEATURE_ALIASES, featureKey, featureSpecs, type FeatureKey, type FeatureSpec } from "../schema/features.js";
import type { ConfigToml, ProfileToml } from "../schema/config-toml.js";

/** An older name that was used to set a feature. */
export interface LegacyFeatureUse {
  readonly alias: string;
  readonly key: FeatureKey;
}

/** The features of a session. */
export interface Features {
  enabled(key: FeatureKey): boolean;
  /** Every flag that `codex features list` shows, in its order. */
  readonly list: readonly { readonly spec: FeatureSpec; readonly enabled: boolean }[];
  /** Older names in use, each once. */
  readonly legacyUses: readonly LegacyFeatureUse[];
  /** Keys of features under development that `[features]` turns on. */
  readonly unstable: readonly FeatureKey[];
}

/** What decides about features. */
export interface FeatureSources {
  readonly toml: ConfigToml;
  readonly profile: ProfileToml | undefined;
  /** What the program that asks decides itself. */
  readonly overrides: Readonly<Partial<Record<FeatureKey, boolean>>>;
  readonly platform: NodeJS.Platform;
}

/** Applies the sources in order; later ones win. */
export function resolveFeatures({ toml, profile, overrides, platform }: FeatureSources): Features {
  const specs = featureSpecs(platform);
  const states = new Map<FeatureKey, boolean>(specs.map((spec) => [spec.key, spec.defaultEnabled]));
  const legacy = new Map<string, FeatureKey>();
  const unstable = new Set<FeatureKey>();

  const setLegacy = (alias: string, key: FeatureKey, value: boolean | undefined): void => {
    if (value !== undefined) {
      states.set(key, value);
      legacy.set(alias, key);
    }
  };
  const setTable = (table: ReadonlyMap<string, boolean> | undefined): void => {
    for (const [name, value] of [...(table ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const alias = FEATURE_ALIASES.get(name);
      const key = alias ?? featureKey(name);
      if (key === undefined) {
        continue;
      }
      states.set(key, value);
      if (alias !== undefined) {
        legacy.set(name, alias);
      }
      const isUnstable = specs.some((spec) => spec.key === key && spec.stage === "under development");
      if (isUnstable && value) {
        unstable.add(key);
      } else {
        unstable.delete(key);
      }
    }
  };

  setLegacy(
    "experimental_use_freeform_apply_patch",
    "apply_patch_freeform",
    toml.experimental_use_freeform_apply_patch,
  );
  setLegacy("experimental_use_unified_exec_tool", "unified_exec", toml.experimental_use_unified_exec_tool);
  setLegacy("tools.web_search", "web_search_request", toml.tools?.web_search);
  if (toml.experimental_sandbox_command_assessment !== undefined) {
    states.set("experimental_sandbox_command_assessment", toml.experimental_sandbox_command_assessment);
  }
  setTable(toml.features);
  setLegacy("include_apply_patch_tool", "apply_patch_freeform", profile?.include_apply_patch_tool);
  setLegacy(
    "experimental_use_freeform_apply_patch",
    "apply_patch_freeform",
    profile?.experimental_use_freeform_apply_patch,
  );
  setLegacy("experimental_use_unified_exec_tool", "unified_exec", profile?.experimental_use_unified_exec_tool);
  setLegacy("tools_web_search", "web_search_request", profile?.tools_web_search);
  setTable(profile?.features);
  for (const { key } of specs) {
    const value = overrides[key];
    if (value !== undefined) {
      states.set(key, value);
    }
  }

  const enabled = (key: FeatureKey): boolean => states.get(key) ?? false;
  return {
    enabled,
    list: specs.filter((spec) => spec.hidden !== true).map((spec) => ({ spec, enabled: enabled(spec.key) })),
    legacyUses: [...legacy].map(([alias, key]) => ({ alias, key })),
    unstable: specs.map((spec) => spec.key).filter((key) => unstable.has(key)),
  };
}
