/** config.toml as a JSON schema, for editors that check while people type. */

import { configToml } from "./config-toml.js";
import type { JsonSchema } from "./json-schema.js";

/** The schema of the whole file; what `schema/config.schema.json` holds. */
export function configJsonSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "config.toml",
    description: "Settings of the codex agent, as read from CODEX_HOME/config.toml and .codex/config.toml.",
    ...configToml.describe(),
  };
}
