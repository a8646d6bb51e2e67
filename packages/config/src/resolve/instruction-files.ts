/** Texts that configuration keeps in files of their own. */

import { readFileSync } from "node:fs";
import { ConfigError, osErrorText } from "../errors.js";

/**
 * The trimmed text of `file`; null when no file is named.
 * @param what how messages call it: `model instructions file`
 * @throws ConfigError of kind `value` when it is missing or blank
 */
export function readInstructions(file: string | undefined, what: string): string | null {
  if (file === undefined) {
    return null;
  }
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new ConfigError("value", `failed to read ${what} ${file}: ${osErrorText(error)}`, { file, cause: error });
  }
  if (text === "") {
    throw new ConfigError("value", `${what} is empty: ${file}`, { file });
  }
  return text;
}
