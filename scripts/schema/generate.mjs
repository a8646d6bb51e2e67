/** Starts the generator, written in TypeScript, with the workspace's own bun: `node scripts/schema/generate.mjs [--check]`. */

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const bun = join(here, "../../node_modules/.bin/bun");
const { status, error } = spawnSync(
  bun,
  ["--conditions=@codex-ts/source", join(here, "src/main.ts"), ...process.argv.slice(2)],
  { stdio: "inherit" },
);
if (error !== undefined) console.error(`${bun} could not be started (${error.message}); run \`npm run setup\` first`);
process.exitCode = status ?? 1;
