/** Loads the configuration of a session: layers -> schema -> requirements -> decisions. */

import type { Environment } from "./home.js";
import { homeFolder } from "./home.js";
import { adminLocations, type AdminLocations } from "./layers/locations.js";
import { resolveConfigPath } from "./layers/paths.js";
import { readLayers, type LayerStack } from "./layers/stack.js";
import type { SessionOverrides } from "./layers/overrides.js";
import type { Config, HarnessOverrides } from "./resolve/config.js";
import { readRequirements } from "./resolve/requirements.js";
import { resolveConfig } from "./resolve/resolve.js";
import { configToml, type ConfigToml } from "./schema/config-toml.js";
import { readTable, type ReadResult } from "./schema/read.js";
import type { TomlTable } from "./toml/nodes.js";

/** What the configuration depends on. */
export interface LoadOptions {
  /** From `resolveCodexHome`. */
  readonly codexHome: string;
  /** The working folder, absolute and with links resolved. */
  readonly cwd: string;
  readonly env: Environment;
  readonly overrides?: SessionOverrides & {
    /** `--profile`; null or absent: the one that the configuration names. */
    readonly profile?: string | null;
    readonly harness?: HarnessOverrides;
  };
  /** For tests and other machines; default: the places of this platform. */
  readonly locations?: AdminLocations;
  readonly platform?: NodeJS.Platform;
  /** False leaves the project's own files out (thread-agnostic loads). */
  readonly projectLayers?: boolean;
  /** False leaves all of the user's and the machine's own files out: the defaults, for a program that must go on. */
  readonly files?: boolean;
}

/** The version that servers are told which decide by version what they offer. */
export const COMPATIBLE_VERSION = "0.92.0";

/**
 * Loads everything.
 * @throws ConfigError
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  const platform = options.platform ?? process.platform;
  const locations = options.locations ?? adminLocations(options.codexHome, platform);
  const overrides = options.overrides ?? {};
  const stack = await readLayers({
    codexHome: options.codexHome,
    cwd: options.projectLayers === false || options.files === false ? null : options.cwd,
    files: options.files ?? true,
    overrides,
    locations,
  });
  const read = readConfigTable(stack.merged, options.env, platform);
  return resolveConfig({
    codexHome: options.codexHome,
    cwd: options.cwd,
    env: options.env,
    platform,
    clientVersion: COMPATIBLE_VERSION,
    stack,
    toml: userSkillsOnly(read.value, stack, options.env, platform),
    unknownKeys: read.unknownKeys,
    requirements: await readRequirements(locations, stack.layers),
    profile: overrides.profile ?? null,
    harness: overrides.harness ?? {},
  });
}

/**
 * Checks a table against the schema and gives it types.
 * @throws ConfigError of kind `schema`
 */
export function readConfigTable(
  table: TomlTable,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): ReadResult<ConfigToml> {
  const home = homeFolder(env);
  return readTable(configToml, table, (path, node) => resolveConfigPath(path, node, home, platform));
}

/** Which skills are off is the user's own decision: only the user's file counts. */
function userSkillsOnly(toml: ConfigToml, stack: LayerStack, env: Environment, platform: NodeJS.Platform): ConfigToml {
  if (toml.skills.config.length === 0 && !stack.layers.some(hasSkills)) {
    return toml;
  }
  const user = stack.layers.find((layer) => layer.name.type === "user");
  const skills = user?.table.entries.get("skills");
  if (user === undefined || skills === undefined) {
    return { ...toml, skills: { config: [] } };
  }
  const only: TomlTable = { ...user.table, entries: new Map([["skills", skills]]) };
  return { ...toml, skills: readConfigTable(only, env, platform).value.skills };
}

function hasSkills(layer: LayerStack["layers"][number]): boolean {
  return layer.table.entries.has("skills");
}
