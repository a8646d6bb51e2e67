/** `generate-ts` and `generate-json-schema`: writes the protocol's types for other programs. */

import { spawnSync } from "node:child_process";
import type { ParsedLine, Program } from "@codex-ts/launch";
import { resolve } from "node:path";

/** @returns the exit code */
export async function writeBindings(line: ParsedLine, program: Program): Promise<number> {
  const called = line.path.at(-1);
  const out = called?.value("out");
  if (called === undefined || out === undefined) {
    program.stderr("error: the following required arguments were not provided:\n  --out <DIR>\n");
    return 2;
  }
  const { writeJsonSchema, writeTypeScript } = await import("@codex-ts/app-server-protocol/write-bindings");
  const folder = resolve(program.cwd, out);
  if (called.spec.name === "generate-json-schema") {
    await writeJsonSchema(folder);
    return 0;
  }
  const written = await writeTypeScript(folder);
  const prettier = called.value("prettier");
  return prettier === undefined ? 0 : format(prettier, written, program);
}

function format(prettier: string, files: readonly string[], program: Program): number {
  const { error, status } = spawnSync(prettier, ["--write", ...files], { stdio: ["ignore", "ignore", "inherit"] });
  if (error !== undefined) {
    program.stderr(`Error: Failed to invoke Prettier at ${prettier}\n\nCaused by:\n    ${error.message}\n`);
    return 1;
  }
  if (status !== 0) program.stderr(`Error: Prettier failed with status ${status}\n`);
  return status === 0 ? 0 : 1;
}
