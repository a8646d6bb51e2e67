/** Bundles src/worker-entry.ts into a string, src/generated/worker-source.ts. With --print it only writes it to its output. */

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageDir = dirname(dirname(fileURLToPath(import.meta.url)));
const bun = join(packageDir, "../../node_modules/bun/bin/bun.exe");
const args = ["build", "src/worker-entry.ts", "--target=node", "--format=cjs", "--minify"];
const bundle = execFileSync(bun, args, { cwd: packageDir, encoding: "utf8" });
const source = `/** The worker as one piece of code; made by scripts/bundle-worker.mjs. */

export const WORKER_SOURCE: string = ${JSON.stringify(bundle)};
`;
if (process.argv.includes("--print")) process.stdout.write(source);
else writeFileSync(join(packageDir, "src/generated/worker-source.ts"), source);
