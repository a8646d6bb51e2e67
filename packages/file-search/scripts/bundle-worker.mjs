/** Bundles src/worker-entry.ts into a string, src/generated/worker-source.ts. With --check it only says whether that is fresh. */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageDir = dirname(dirname(fileURLToPath(import.meta.url)));
const bun = join(packageDir, "../../node_modules/bun/bin/bun.exe");
const args = ["build", "src/worker-entry.ts", "--target=node", "--format=cjs", "--minify"];
const bundle = execFileSync(bun, args, { cwd: packageDir, encoding: "utf8" });
const source = `/** The worker as one piece of code; made by scripts/bundle-worker.mjs. */

export const WORKER_SOURCE: string = ${JSON.stringify(bundle)};
`;
const target = join(packageDir, "src/generated/worker-source.ts");
if (!process.argv.includes("--check")) writeFileSync(target, source);
else if (readFileSync(target, "utf8") !== source) {
  console.error("packages/file-search/src/generated/worker-source.ts is stale: run `pnpm run generate`");
  process.exitCode = 1;
}
