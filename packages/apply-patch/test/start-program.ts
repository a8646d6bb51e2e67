/** Runs the program as a process of its own, for tests that need real arguments, streams and signals. */

import "./source-imports.ts";
const { main } = await import("../src/main-entry.js");
process.exitCode = await main(process.argv.slice(2));
