/** The effective configuration for clients of a server: values, where each comes from, and the layers. */

import type { Environment } from "../home.js";
import { layerVersion } from "../layers/layer.js";
import type { ConfigLayerSource } from "../layers/layer-source.js";
import { originsOf } from "../layers/merge.js";
import { merge, type LayerStack } from "../layers/stack.js";
import { isTableValue } from "../edit/print.js";
import { tomlToJson, type Json } from "../toml/nodes.js";
import { withAbsolutePaths } from "./absolute-paths.js";

/** A layer and the version of its content. */
export interface LayerMetadata {
  readonly name: ConfigLayerSource;
  readonly version: string;
}

/** A layer as clients see it. */
export interface LayerView extends LayerMetadata {
  readonly config: Json;
  /** Only present on layers that do not count. */
  readonly disabledReason?: string;
}

/** What `config/read` answers. */
export interface ConfigView {
  /** Keys as in config.toml; those that clients know are always there, null when unset. */
  readonly config: { readonly [key: string]: Json };
  /** Dotted path of each leaf to the layer that set it. */
  readonly origins: { readonly [path: string]: LayerMetadata };
  /** Highest precedence first. */
  readonly layers: readonly LayerView[];
}

/** Looks at all layers; `env` and `platform` decide how paths are made absolute. */
export async function viewConfig(
  stack: Pick<LayerStack, "layers">,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<ConfigView> {
  const layers = stack.layers.map((layer) => ({ ...layer, table: withAbsolutePaths(layer.table, env, platform) }));
  const versions = new Map<ConfigLayerSource, string>();
  for (const layer of layers) {
    versions.set(layer.name, await layerVersion(layer.table));
  }
  const versionOf = (name: ConfigLayerSource): string => versions.get(name) ?? "";
  const merged = merge(layers);
  const origins = [...originsOf(merged)].map(([path, origin]) => {
    const name = nameIn(layers, origin);
    return [path, { name, version: versionOf(name) }];
  });
  return {
    config: knownKeys(tomlToJson(merged)),
    origins: Object.fromEntries(origins),
    layers: layers.toReversed().map((layer) => ({
      name: layer.name,
      version: versionOf(layer.name),
      config: tomlToJson(layer.table),
      ...(layer.disabledReason === null ? {} : { disabledReason: layer.disabledReason }),
    })),
  };
}

/** Values of the command line name their layer by type only: the layer in the stack is the same. */
function nameIn(layers: LayerStack["layers"], name: ConfigLayerSource): ConfigLayerSource {
  return (
    layers.find((layer) => layer.name === name)?.name ??
    layers.find((layer) => layer.name.type === name.type)?.name ??
    name
  );
}

const NULLABLE_KEYS: readonly string[] = [
  "model",
  "review_model",
  "model_context_window",
  "model_auto_compact_token_limit",
  "model_provider",
  "approval_policy",
  "sandbox_mode",
  "sandbox_workspace_write",
  "forced_chatgpt_workspace_id",
  "forced_login_method",
  "web_search",
  "tools",
  "profile",
  "profiles",
  "instructions",
  "developer_instructions",
  "compact_prompt",
  "model_reasoning_effort",
  "model_reasoning_summary",
  "model_verbosity",
  "analytics",
];
const NULLABLE_PROFILE_KEYS: readonly string[] = [
  "model",
  "model_provider",
  "approval_policy",
  "model_reasoning_effort",
  "model_reasoning_summary",
  "model_verbosity",
  "web_search",
  "chatgpt_base_url",
];
const SANDBOX_DEFAULTS: { readonly [key: string]: Json } = {
  writable_roots: [],
  network_access: false,
  exclude_tmpdir_env_var: false,
  exclude_slash_tmp: false,
};

function knownKeys(config: Json): { [key: string]: Json } {
  const known: { [key: string]: Json } = withNulls(NULLABLE_KEYS, config);
  known["profiles"] = {};
  if (!isTableValue(config)) {
    return known;
  }
  const { sandbox_workspace_write: sandbox, tools, profiles } = config;
  if (isTableValue(sandbox)) {
    known["sandbox_workspace_write"] = { ...SANDBOX_DEFAULTS, ...sandbox };
  }
  if (isTableValue(tools)) {
    const { web_search_request: alias, ...others } = tools;
    known["tools"] = { web_search: alias ?? null, view_image: null, ...others };
  }
  if (isTableValue(profiles)) {
    known["profiles"] = Object.fromEntries(
      Object.entries(profiles).map(([name, profile]) => [name, withNulls(NULLABLE_PROFILE_KEYS, profile)]),
    );
  }
  return known;
}

function withNulls(keys: readonly string[], value: Json): { [key: string]: Json } {
  const nulls: { [key: string]: Json } = Object.fromEntries(keys.map((key) => [key, null]));
  return isTableValue(value) ? { ...nulls, ...value } : nulls;
}
