/** Applies the patch on stdin; started by the agent as a program of its own, in the sandbox. */

import { main } from "@codex-ts/apply-patch/program";

process.exitCode = await main([]);
