/** Reads all layers, lowest first, and decides which of them count. */

import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigError, locatedError } from "../errors.js";
import { emptyTable, type TomlTable } from "../toml/nodes.js";
import type { ConfigLayer, TrustLevel } from "./layer.js";
import type { ConfigLayerSource } from "./layer-source.js";
import { PREFERENCE_DOMAIN, type AdminLocations } from "./locations.js";
import { mergeTables } from "./merge.js";
import { overridesTable, type SessionOverrides } from "./overrides.js";
import { findProjectRoot, foldersDownTo, mainRepositoryRoot, projectTrust, type ProjectTrust } from "./project.js";
import { parseTomlText, readTomlFile } from "./read-file.js";

/** What to read. */
export interface LayerOptions {
  readonly codexHome: string;
  /** The working folder, absolute; null leaves project layers out. */
  readonly cwd: string | null;
  readonly overrides: SessionOverrides;
  readonly locations: AdminLocations;
  /** False leaves the machine's and the user's own files out. */
  readonly files?: boolean;
}

/** All layers, and what they add up to. */
export interface LayerStack {
  /** Lowest precedence first; disabled layers included. */
  readonly layers: readonly ConfigLayer[];
  /** The union of the layers that count. */
  readonly merged: TomlTable;
  /** The project around the working folder; null without one. */
  readonly project: { readonly root: string; readonly trust: ProjectTrust } | null;
}

const DEFAULT_ROOT_MARKERS: readonly string[] = [".git"];

/**
 * Reads every layer.
 * @throws ConfigError
 */
export async function readLayers(options: LayerOptions): Promise<LayerStack> {
  const files = options.files ?? true;
  const system = files ? systemLayer(options.locations) : null;
  const user = files ? fileLayer({ type: "user", file: userConfigFile(options.codexHome) }, options.codexHome) : null;
  const session = sessionLayer(options);
  const base = merge([system, user, session]);
  const project = options.cwd === null ? null : projectAround(options.cwd, base);
  const layers = [
    system,
    user,
    ...(project === null || options.cwd === null ? [] : projectLayers(options, options.cwd, project.root, base)),
    session,
    ...(await managedLayers(options.locations)),
  ].filter((layer) => layer !== null);
  return { layers, merged: merge(layers), project };
}

/** The user's own file. */
export function userConfigFile(codexHome: string): string {
  return join(codexHome, "config.toml");
}

/** What the layers that count add up to. */
export function merge(layers: readonly (ConfigLayer | null)[]): TomlTable {
  let merged = emptyTable({ file: null, text: "", folder: null, layer: null });
  for (const layer of layers) {
    if (layer !== null && layer.disabledReason === null) {
      merged = mergeTables(merged, layer.table);
    }
  }
  return merged;
}

// one layer after the other

function systemLayer(locations: AdminLocations): ConfigLayer | null {
  const { systemConfig: file } = locations;
  return file === null ? null : fileLayer({ type: "system", file }, dirname(file));
}

function fileLayer(name: ConfigLayerSource & { file: string }, folder: string): ConfigLayer {
  const table = readTomlFile(name.file, name, "config file")?.root ?? emptyOf(name);
  return { name, table, folder, trust: null, disabledReason: null };
}

function sessionLayer({ overrides, cwd }: LayerOptions): ConfigLayer | null {
  const table = overridesTable(overrides, cwd);
  return table.entries.size === 0
    ? null
    : { name: { type: "sessionFlags" }, table, folder: null, trust: null, disabledReason: null };
}

function projectAround(cwd: string, base: TomlTable): LayerStack["project"] {
  const root = findProjectRoot(cwd, rootMarkers(base));
  return { root, trust: projectTrust(cwd, root, mainRepositoryRoot(cwd), trustDecisions(base)) };
}

function projectLayers(options: LayerOptions, cwd: string, root: string, base: TomlTable): ConfigLayer[] {
  const decisions = trustDecisions(base);
  const mainRepository = mainRepositoryRoot(cwd);
  const userFile = userConfigFile(options.codexHome);
  return foldersDownTo(cwd, root)
    .filter((folder) => isFolder(join(folder, ".codex")) && join(folder, ".codex") !== options.codexHome)
    .map((folder) => projectLayer(folder, projectTrust(folder, root, mainRepository, decisions), userFile));
}

function projectLayer(folder: string, trust: ProjectTrust, userFile: string): ConfigLayer {
  const dotCodexFolder = join(folder, ".codex");
  const name: ConfigLayerSource = { type: "project", dotCodexFolder };
  const layer = { name, folder: dotCodexFolder, trust: trust.level };
  const file = join(dotCodexFolder, "config.toml");
  if (trust.level === "trusted") {
    const table = readTrusted(file, name) ?? emptyOf(name);
    return { ...layer, table, disabledReason: null };
  }
  const table = readUntrusted(file, name);
  return table === null
    ? { ...layer, table: emptyOf(name), disabledReason: null }
    : { ...layer, table, disabledReason: distrust(trust, userFile) };
}

function readTrusted(file: string, name: ConfigLayerSource): TomlTable | null {
  try {
    return readTomlFile(file, name, "project config file")?.root ?? null;
  } catch (error) {
    if (error instanceof ConfigError && error.kind === "syntax") {
      throw inProject(error);
    }
    throw error;
  }
}

function inProject(error: ConfigError): ConfigError {
  const { detail, file, range, snippet } = error;
  return new ConfigError("syntax", `${error.message} (in the configuration of a trusted project)`, {
    detail,
    file,
    range,
    snippet,
    cause: error,
  });
}

/** An untrusted project's file is shown where it can be read, and never a reason to fail. */
function readUntrusted(file: string, name: ConfigLayerSource): TomlTable | null {
  try {
    return readTomlFile(file, name, "project config file")?.root ?? null;
  } catch (error) {
    if (error instanceof ConfigError) {
      return emptyOf(name);
    }
    throw error;
  }
}

function distrust(trust: ProjectTrust, userFile: string): string {
  return trust.level === "untrusted"
    ? `${trust.key} is marked as untrusted in ${userFile}. To load config.toml, mark it trusted.`
    : `To load config.toml, add ${trust.key} as a trusted project in ${userFile}.`;
}

async function managedLayers(locations: AdminLocations): Promise<ConfigLayer[]> {
  const layers: ConfigLayer[] = [];
  const file: ConfigLayerSource = { type: "legacyManagedConfigTomlFromFile", file: locations.managedConfig };
  const document = readTomlFile(locations.managedConfig, file, "config file");
  if (document !== null) {
    layers.push({ name: file, table: document.root, folder: null, trust: null, disabledReason: null });
  }
  const table = await preferenceTable(locations, "config_toml_base64", { type: "legacyManagedConfigTomlFromMdm" });
  if (table !== null) {
    const name: ConfigLayerSource = { type: "legacyManagedConfigTomlFromMdm" };
    layers.push({ name, table, folder: null, trust: null, disabledReason: null });
  }
  return layers;
}

/**
 * A TOML text that is kept base64-encoded in a macOS preference; null when the preference is not set.
 * @throws ConfigError
 */
export async function preferenceTable(
  locations: AdminLocations,
  key: string,
  layer: ConfigLayerSource | null,
): Promise<TomlTable | null> {
  const encoded = (await locations.readPreference?.(key))?.trim() ?? "";
  if (encoded === "") {
    return null;
  }
  const bytes = Buffer.from(encoded, "base64");
  const place = `MDM ${PREFERENCE_DOMAIN}:${key}`;
  if (bytes.length === 0 || bytes.toString("base64").replace(/=+$/, "") !== encoded.replaceAll(/\s|=+$/g, "")) {
    throw new ConfigError("read", `${place} is not base64`);
  }
  return parseTomlText({ file: place, text: bytes.toString("utf8"), folder: null, layer }).root;
}

// helpers

function emptyOf(layer: ConfigLayerSource): TomlTable {
  return emptyTable({ file: null, text: "", folder: null, layer });
}

function rootMarkers(table: TomlTable): readonly string[] {
  const node = table.entries.get("project_root_markers")?.value;
  if (node?.kind !== "array") {
    return DEFAULT_ROOT_MARKERS;
  }
  return node.items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
}

/**
 * Reads `projects` before the schema is applied, because the schema is applied to what trust lets in.
 * @throws ConfigError for a trust level that does not exist
 */
function trustDecisions(table: TomlTable): Map<string, TrustLevel> {
  const decisions = new Map<string, TrustLevel>();
  const projects = table.entries.get("projects")?.value;
  for (const [path, { value }] of projects?.kind === "table" ? projects.entries : []) {
    const level = value.kind === "table" ? value.entries.get("trust_level")?.value : undefined;
    if (level?.kind === "string") {
      if (level.value !== "trusted" && level.value !== "untrusted") {
        const message = `unknown variant \`${level.value}\`, expected \`trusted\` or \`untrusted\``;
        throw locatedError("schema", message, level.source, level.span, `projects.${path}.trust_level`);
      }
      decisions.set(path, level.value);
    }
  }
  return decisions;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    // A folder we may not look into has nothing for us.
    return false;
  }
}
