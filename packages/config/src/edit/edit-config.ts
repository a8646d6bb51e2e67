/** Changes a configuration file: under a lock, against the version that was read, all edits or none. */

import { dirname } from "node:path";
import { ConfigError, osErrorText } from "../errors.js";
import { layerVersion } from "../layers/layer.js";
import { parseTomlText, readTomlFile } from "../layers/read-file.js";
import type { TomlTable } from "../toml/nodes.js";
import { LockTimeoutError, withFileLock } from "./file-lock.js";
import { editToml, type ConfigEdit } from "./plan.js";
import { linkTarget, replaceFile } from "./replace-file.js";

/** Conditions of an edit. */
export interface EditOptions {
  /** The version the caller has seen; another one makes the edit fail. */
  readonly expectedVersion?: string | null;
  /** How the version is computed; default: from the content as it stands in the file. */
  readonly versionOf?: (table: TomlTable) => Promise<string>;
  /** Refuses the result by throwing, before anything is written. */
  readonly validate?: (result: TomlTable) => void | Promise<void>;
}

/** What became of an edit. */
export interface EditResult {
  readonly file: string;
  /** False when the edits meant no change; the file was not touched then. */
  readonly changed: boolean;
  readonly version: string;
  readonly table: TomlTable;
}

/** The file is not the one that the caller has seen. */
export class ConfigVersionConflict extends ConfigError {
  constructor(file: string) {
    super("write", "Configuration was modified since last read. Fetch latest version and retry.", { file });
    this.name = "ConfigVersionConflict";
  }
}

/** Edits, or a function that decides on them once the current content is known. */
export type EditPlan = readonly ConfigEdit[] | ((current: TomlTable) => readonly ConfigEdit[]);

/**
 * Applies edits to `file`, which need not exist. The lines of everything else stay as they are.
 * @throws ConfigError; nothing was changed then
 */
export async function editConfig(file: string, plan: EditPlan, options: EditOptions = {}): Promise<EditResult> {
  const target = linkTarget(file);
  try {
    return await withFileLock(target ?? file, () => editLocked(file, target, plan, options));
  } catch (error) {
    if (error instanceof LockTimeoutError || isOsError(error)) {
      throw new ConfigError("write", `Failed to write ${file}: ${osErrorText(error)}`, { file, cause: error });
    }
    throw error;
  }
}

function isOsError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

async function editLocked(
  file: string,
  target: string | null,
  plan: EditPlan,
  options: EditOptions,
): Promise<EditResult> {
  const document = target === null ? null : readTomlFile(target, null, "config file");
  const before = document?.source.text ?? "";
  const current = document?.root ?? parsed(file, "");
  const { expectedVersion, versionOf = layerVersion } = options;
  if (expectedVersion !== undefined && expectedVersion !== null && expectedVersion !== (await versionOf(current))) {
    throw new ConfigVersionConflict(file);
  }
  const edits = typeof plan === "function" ? plan(current) : plan;
  const after = editToml(before, edits, file);
  const table = parsed(file, after);
  await options.validate?.(table);
  const changed = after !== before;
  if (changed) {
    replaceFile(file, after);
  }
  return { file, changed, version: await versionOf(table), table };
}

function parsed(file: string, text: string): TomlTable {
  return parseTomlText({ file, text, folder: dirname(file), layer: null }).root;
}
