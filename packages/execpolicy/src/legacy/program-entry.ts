#!/usr/bin/env node
/** `codex-execpolicy-legacy`: the checker of the older policy language as a program of its own. */

import { runLegacyCheck } from "./program.js";

process.exitCode = await runLegacyCheck(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
