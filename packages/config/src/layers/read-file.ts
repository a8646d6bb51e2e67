/** Reads a TOML file into a table. Synchronous on purpose: for a few small files that is several times faster. */

import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigError, osErrorText, syntaxError } from "../errors.js";
import { TomlSyntaxError, type TomlDocument, type TomlSource } from "../toml/nodes.js";
import { parseToml } from "../toml/parse.js";
import type { ConfigLayerSource } from "./layer-source.js";

/**
 * The document in `file`; null when there is no such file.
 * @param what how error messages call the file: `config file`, `project config file`
 * @throws ConfigError of kind `read` or `syntax`
 */
export function readTomlFile(file: string, layer: ConfigLayerSource | null, what: string): TomlDocument | null {
  const text = readText(file, what);
  if (text === null) {
    return null;
  }
  return parseTomlText({ file, text, folder: dirname(file), layer });
}

/** Parses a text; a fault is a ConfigError. */
export function parseTomlText(source: TomlSource): TomlDocument {
  try {
    return parseToml(source);
  } catch (error) {
    throw error instanceof TomlSyntaxError ? syntaxError(error) : error;
  }
}

function readText(file: string, what: string): string | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return null;
    }
    throw new ConfigError("read", `Failed to read ${what} ${file}: ${osErrorText(error)}`, { file, cause: error });
  }
  if (!isUtf8(bytes)) {
    throw new ConfigError("read", `Failed to read ${what} ${file}: stream did not contain valid UTF-8`, { file });
  }
  return bytes.toString("utf8");
}
