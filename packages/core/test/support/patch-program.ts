/** Applies the patch on stdin, as our executable does for core; run by bun, because it is started from its source. */

import { main } from "@codex-ts/apply-patch/program";

process.exitCode = await main([]);
