/** One test run for the whole workspace; packages are imported from their sources. */

import { defineConfig } from "vitest/config";

/** On a loaded machine a test of a whole process may starve; there it gets time, and once a second chance. */
const ci = process.env["CI"] !== undefined;
const conditions = ["@codex-ts/source", "node", "import", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts", "scripts/*/test/**/*.test.ts"],
    testTimeout: ci ? 90_000 : 30_000,
    hookTimeout: ci ? 90_000 : 30_000,
    retry: ci ? 1 : 0,
    pool: "forks",
    maxWorkers: 2,
  },
});
