/** `@codex-ts/app-server-protocol/write-bindings`: what `codex app-server generate-ts` and `generate-json-schema` do. For Node and bun only. */

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { jsonSchemaFiles } from "./bindings/json-schema-files.js";
import { typeScriptFiles } from "./bindings/typescript-files.js";

/** Writes the TypeScript declarations. @returns the paths written, for a formatter to go over */
export function writeTypeScript(outDir: string): Promise<string[]> {
  return writeAll(outDir, typeScriptFiles());
}

/** Writes the JSON Schemas. @returns the paths written */
export function writeJsonSchema(outDir: string): Promise<string[]> {
  return writeAll(outDir, jsonSchemaFiles());
}

async function writeAll(outDir: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  const written: string[] = [];
  for (const [path, text] of files) {
    const full = join(outDir, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
    written.push(full);
  }
  return written;
}
