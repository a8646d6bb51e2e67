/** Writes values to the user's file for clients of a server, and says whether they have an effect. */

import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigVersionConflict, editConfig } from "../edit/edit-config.js";
import { applyToJson, mergeJson, sameJson } from "../edit/meaning.js";
import type { ConfigEdit } from "../edit/plan.js";
import { isTableValue } from "../edit/print.js";
import { ConfigError } from "../errors.js";
import type { Environment } from "../home.js";
import { layerVersion } from "../layers/layer.js";
import type { ConfigLayerSource } from "../layers/layer-source.js";
import { dottedKey } from "../layers/overrides.js";
import { merge, userConfigFile, type LayerStack } from "../layers/stack.js";
import { readConfigTable } from "../load.js";
import { tomlToJson, type Json, type TomlTable } from "../toml/nodes.js";
import { withAbsolutePaths } from "./absolute-paths.js";
import type { LayerMetadata } from "./config-read.js";

/** One value to write. */
export interface ConfigValueEdit {
  /** Dotted; parts may be quoted as in TOML. */
  readonly keyPath: string;
  /** Null takes the key away. */
  readonly value: Json;
  /** `upsert` merges tables; everything else is replaced. */
  readonly mergeStrategy: "replace" | "upsert";
}

/** What to write, and against which configuration. */
export interface ConfigWriteRequest {
  readonly codexHome: string;
  readonly env: Environment;
  readonly platform?: NodeJS.Platform;
  readonly edits: readonly ConfigValueEdit[];
  /** Must be the user's file when given. */
  readonly filePath?: string | null;
  readonly expectedVersion?: string | null;
  /** Layers without project files, read now: what the value competes with. */
  readonly readStack: () => Promise<LayerStack>;
}

/** What became of it. */
export interface ConfigWriteResponse {
  readonly status: "ok" | "okOverridden";
  readonly version: string;
  readonly filePath: string;
  readonly overriddenMetadata: null | {
    readonly message: string;
    readonly overridingLayer: LayerMetadata;
    readonly effectiveValue: Json;
  };
}

/** The code that clients get in `config_write_error_code`. */
export type ConfigWriteErrorCode =
  | "configLayerReadonly"
  | "configVersionConflict"
  | "configValidationError"
  | "configPathNotFound"
  | "userLayerNotFound";

/** Why a value was not written. */
export class ConfigWriteError extends Error {
  readonly code: ConfigWriteErrorCode;

  constructor(code: ConfigWriteErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ConfigWriteError";
    this.code = code;
  }
}

/**
 * Writes all values or none.
 * @throws ConfigWriteError for what the client did wrong, ConfigError for what the disk did
 */
export async function writeConfigValues(request: ConfigWriteRequest): Promise<ConfigWriteResponse> {
  const file = userConfigFile(request.codexHome);
  if (request.filePath !== undefined && request.filePath !== null && !isSameFile(request.filePath, file)) {
    throw new ConfigWriteError("configLayerReadonly", "Only writes to the user config are allowed");
  }
  const paths = request.edits.map((edit) => parseKeyPath(edit.keyPath));
  const { table } = await write(request, file, paths);
  const user = absolute(table, request);
  const stack = await request.readStack();
  return {
    ...overriding(stack, request, paths, user, await versions(stack, request)),
    version: await layerVersion(user),
    filePath: file,
  };
}

async function write(
  request: ConfigWriteRequest,
  file: string,
  paths: readonly string[][],
): Promise<{ table: TomlTable }> {
  const stack = await request.readStack();
  const validate = (table: TomlTable): void => checkResult(table, stack, request);
  const options = { expectedVersion: request.expectedVersion ?? null, validate };
  try {
    return await editConfig(file, (current) => planEdits(current, request.edits, paths), {
      ...options,
      versionOf: (table) => layerVersion(absolute(table, request)),
    });
  } catch (error) {
    if (error instanceof ConfigVersionConflict) {
      throw new ConfigWriteError("configVersionConflict", error.message, error);
    }
    throw error;
  }
}

/** Turns values into edits, each against what the earlier ones made of the file. */
function planEdits(current: TomlTable, edits: readonly ConfigValueEdit[], paths: readonly string[][]): ConfigEdit[] {
  let state = tomlToJson(current);
  const planned: ConfigEdit[] = [];
  for (const [index, { value, mergeStrategy }] of edits.entries()) {
    const path = paths[index] ?? [];
    checkParents(state, path, value === null);
    if (containsNull(value) && value !== null) {
      const message = "invalid value: invalid type: null, expected any valid TOML value";
      throw new ConfigWriteError("configValidationError", message);
    }
    const next = mergeStrategy === "upsert" ? mergeJson(jsonAt(state, path), value) : value;
    const edit: ConfigEdit = value === null ? { kind: "remove", path } : { kind: "set", path, value: next };
    planned.push(edit);
    state = applyToJson(state, edit);
  }
  return planned;
}

function checkParents(state: Json, path: readonly string[], clearing: boolean): void {
  let parent: Json | undefined = state;
  for (const key of path.slice(0, -1)) {
    parent = isTableValue(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
    if (clearing && !isTableValue(parent)) {
      throw new ConfigWriteError("configPathNotFound", "Path not found");
    }
    if (parent !== undefined && !isTableValue(parent)) {
      throw new ConfigWriteError("configValidationError", "cannot set value on non-table parent");
    }
  }
}

function checkResult(user: TomlTable, stack: LayerStack, request: ConfigWriteRequest): void {
  try {
    readConfigTable(user, request.env, request.platform);
    readConfigTable(merge(withUserTable(stack, user)), request.env, request.platform);
  } catch (error) {
    if (error instanceof ConfigError) {
      const key = error.key === null || error.key === "" ? "" : `\nin \`${error.key}\`\n`;
      throw new ConfigWriteError("configValidationError", `Invalid configuration: ${error.detail}${key}`, error);
    }
    throw error;
  }
}

function withUserTable(stack: LayerStack, table: TomlTable): LayerStack["layers"] {
  return stack.layers.map((layer) => (layer.name.type === "user" ? { ...layer, table } : layer));
}

// what else says something about the value

function overriding(
  stack: LayerStack,
  request: ConfigWriteRequest,
  paths: readonly string[][],
  user: TomlTable,
  layerVersions: ReadonlyMap<ConfigLayerSource, string>,
): Pick<ConfigWriteResponse, "status" | "overriddenMetadata"> {
  const layers = stack.layers.map((layer) => ({ ...layer, table: absolute(layer.table, request) }));
  const effective = tomlToJson(merge(layers));
  const written = tomlToJson(user);
  for (const path of paths) {
    const effectiveValue = jsonAt(effective, path);
    const layer = layers.findLast(
      (each) => each.disabledReason === null && jsonAt(tomlToJson(each.table), path) !== undefined,
    );
    if (layer !== undefined && !sameJson(effectiveValue, jsonAt(written, path))) {
      const overridingLayer = { name: layer.name, version: layerVersions.get(layer.name) ?? "" };
      const message = overrideMessage(layer.name);
      return {
        status: "okOverridden",
        overriddenMetadata: { message, overridingLayer, effectiveValue: effectiveValue ?? null },
      };
    }
  }
  return { status: "ok", overriddenMetadata: null };
}

function overrideMessage(name: ConfigLayerSource): string {
  switch (name.type) {
    case "mdm":
      return `Overridden by managed policy (MDM): ${name.domain}`;
    case "system":
      return `Overridden by managed config (system): ${name.file}`;
    case "user":
      return `Overridden by user config: ${name.file}`;
    case "project":
      return `Overridden by project config: ${name.dotCodexFolder}/config.toml`;
    case "sessionFlags":
      return "Overridden by session flags";
    case "legacyManagedConfigTomlFromFile":
      return `Overridden by legacy managed_config.toml: ${name.file}`;
    case "legacyManagedConfigTomlFromMdm":
      return "Overridden by legacy managed configuration from MDM";
  }
}

async function versions(stack: LayerStack, request: ConfigWriteRequest): Promise<Map<ConfigLayerSource, string>> {
  const found = new Map<ConfigLayerSource, string>();
  for (const { name, table } of stack.layers) {
    found.set(name, await layerVersion(absolute(table, request)));
  }
  return found;
}

// helpers

function parseKeyPath(keyPath: string): string[] {
  if (keyPath.trim() === "") {
    throw new ConfigWriteError("configValidationError", "keyPath must not be empty");
  }
  return dottedKey(keyPath, null);
}

function absolute(table: TomlTable, request: ConfigWriteRequest): TomlTable {
  return withAbsolutePaths(table, request.env, request.platform ?? process.platform);
}

function jsonAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let found = value;
  for (const key of path) {
    found = isTableValue(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}

function containsNull(value: Json): boolean {
  if (value === null) {
    return true;
  }
  return typeof value === "object" && Object.values(value).some(containsNull);
}

function isSameFile(a: string, b: string): boolean {
  const real = (path: string): string => {
    try {
      return realpathSync(path);
    } catch {
      // A file that does not exist yet is known by its name.
      return resolve(path);
    }
  };
  return real(a) === real(b);
}
