/** Runs the contract's cases in this process and prints, per case, its name and the error or null, as JSON. */

import { cases } from "./contract-cases.js";

const results: [name: string, error: string | null][] = [];
for (const { name, linuxOnly = false, run } of cases) {
  if (linuxOnly && process.platform !== "linux") continue;
  const error = await run("bun").then(
    () => null,
    (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
  );
  results.push([name, error]);
}
process.stdout.write(JSON.stringify(results));
