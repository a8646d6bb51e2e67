/** One test run for the whole workspace; packages are imported from their sources. */

import { defineConfig } from "vitest/config";

/** On a loaded machine a test of a whole process may starve: there it gets time, but no second chance. */
const timeout = process.env["CI"] === undefined ? 30_000 : 90_000;
const conditions = ["@codex-ts/source", "node", "import", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts", "scripts/*/test/**/*.test.ts"],
    testTimeout: timeout,
    hookTimeout: timeout,
    // What is waited for decides a test, not how long it takes.
    expect: { poll: { timeout: timeout - 5_000 } },
    pool: "forks",
    maxWorkers: 2,
  },
});
