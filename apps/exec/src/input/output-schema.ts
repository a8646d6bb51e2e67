/** Reads the JSON schema that the final answer must follow. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { osErrorText } from "@codex-ts/config";
import { JsonSyntaxError, readJson } from "@codex-ts/core";

/** The schema cannot be used; the message says why. */
export class OutputSchemaError extends Error {
  override readonly name = "OutputSchemaError";
}

/**
 * The parsed file; any JSON is taken.
 * @param path as it was given, relative to `folder`
 * @throws {OutputSchemaError}
 */
export function readOutputSchema(path: string, folder: string): unknown {
  let text: string;
  try {
    text = readFileSync(resolve(folder, path), "utf8");
  } catch (error) {
    throw new OutputSchemaError(`Failed to read output schema file ${path}: ${osErrorText(error)}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OutputSchemaError(`Output schema file ${path} is not valid JSON: ${faultOf(text, error)}`, {
      cause: error,
    });
  }
}

/** What is wrong, with its line and column, which the runtime's own message does not tell. */
function faultOf(text: string, error: unknown): string {
  try {
    readJson(text);
  } catch (located) {
    if (located instanceof JsonSyntaxError) return located.message;
  }
  return error instanceof Error ? error.message : String(error);
}
