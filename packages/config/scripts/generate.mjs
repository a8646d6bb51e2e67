/** Writes docs/config.md and schema/config.schema.json from the key descriptions; with --check it only says whether they are fresh. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configJsonSchema } from "../src/schema/document-schema.ts";
import { configReference } from "../src/schema/reference.ts";

const root = join(import.meta.dirname, "../../..");
const check = process.argv.includes("--check");
const made = {
  "docs/config.md": configReference(),
  "schema/config.schema.json": `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
};
for (const [file, text] of Object.entries(made)) {
  const path = join(root, file);
  if (!check) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`${file} is stale: run \`pnpm run generate\``);
    process.exitCode = 1;
  }
}
