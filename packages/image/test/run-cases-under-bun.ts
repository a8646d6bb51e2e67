/** Runs the re-encoding cases in this process and prints, per case, its name and the error or null, as JSON. */

import { cases } from "./reencoding-cases.js";

const results: [name: string, error: string | null][] = [];
for (const { name, run } of cases) {
  const error = await run("bun").then(
    () => null,
    (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
  );
  results.push([name, error]);
}
process.stdout.write(JSON.stringify(results));
