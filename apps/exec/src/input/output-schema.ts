/** Reads the JSON schema that the final answer must follow. */

import { readFileSync } from "node:fs";

/** The schema cannot be used; the message says why. */
export class OutputSchemaError extends Error {
  override readonly name = "OutputSchemaError";
}

/** The parsed file; any JSON is taken. @throws {OutputSchemaError} */
export function readOutputSchema(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new OutputSchemaError(`Failed to read output schema file ${path}: ${reasonOf(error)}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OutputSchemaError(`Output schema file ${path} is not valid JSON: ${reason}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "No such file or directory (os error 2)";
  return error instanceof Error ? error.message : String(error);
}
