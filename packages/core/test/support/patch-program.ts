/** Applies the patch on stdin, as our executable does for core; run by bun, because it is started from its source. */

import { writeSync } from "node:fs";
import { text } from "node:stream/consumers";
import { runApplyPatch } from "@codex-ts/apply-patch";

process.exitCode = await runApplyPatch([], {
  cwd: process.cwd(),
  readStdin: () => text(process.stdin),
  stdinIsTerminal: false,
  stdout: (written) => void writeSync(1, written),
  stderr: (written) => void writeSync(2, written),
});
