/** Time to apply a patch of 100 chunks to a file of 100,000 lines, from its text to the file on disk. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runApplyPatch } from "../../packages/apply-patch/src/index.js";

const LINES = Array.from({ length: 100_000 }, (_, index) => `    line number ${index} of the file, with some text`);
const CHUNKS = Array.from({ length: 100 }, (_, chunk) => {
  const line = chunk * 990 + 500;
  return `@@\n ${LINES[line - 1]}\n-${LINES[line]}\n+changed ${chunk}\n ${LINES[line + 1]}\n`;
});
const PATCH = `*** Begin Patch\n*** Update File: f.txt\n${CHUNKS.join("")}*** End Patch`;

export default {
  name: "apply_patch, 100 chunks in 100,000 lines",
  unit: "ms",
  async measure() {
    const cwd = mkdtempSync(join(tmpdir(), "bench-apply-patch-"));
    try {
      writeFileSync(join(cwd, "f.txt"), `${LINES.join("\n")}\n`);
      const io = { cwd, stdin: () => new Uint8Array(), stdout: () => {}, stderr: (text) => console.error(text) };
      const start = performance.now();
      const exit = await runApplyPatch([PATCH], io);
      const time = performance.now() - start;
      if (exit !== 0) throw new Error("the patch was not applied");
      return time;
    } finally {
      rmSync(cwd, { recursive: true });
    }
  },
};
