/** Puts `$CODEX_HOME/.env` into an environment, except for what would change the program itself. */

import { readDotenv } from "@codex-ts/config";

/** Variables that steer the runtime or the dynamic linker under us: a file must not set them. Our own are left out by config already. */
const REFUSED = /^(BUN_|NODE_OPTIONS$|LD_|DYLD_)/i;

/** Adds the file's variables; they win over those that are set. Without a file nothing happens. */
export function loadDotenv(codexHome: string, env: Record<string, string | undefined>): void {
  for (const [name, value] of readDotenv(codexHome, env)) if (!REFUSED.test(name)) env[name] = value;
}
