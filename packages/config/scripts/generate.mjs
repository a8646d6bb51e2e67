/** Writes docs/config.md and schema/config.schema.json from the key descriptions. Run by bun, from anywhere. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configJsonSchema } from "../src/schema/document-schema.ts";
import { configReference } from "../src/schema/reference.ts";

const root = join(import.meta.dirname, "../../..");
writeFileSync(join(root, "docs/config.md"), configReference());
writeFileSync(join(root, "schema/config.schema.json"), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
