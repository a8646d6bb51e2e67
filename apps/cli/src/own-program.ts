/** How this program starts itself again: as the compiled executable, or as a Node bundle. */

import type { OwnProgram } from "@codex-ts/launch";

/** First argument with which we apply the patch on stdin: as an argument it could be too long. */
export const PATCH_FROM_STDIN = "--codex-apply-patch-from-stdin";

/** argv for our own helpers. */
export function ownProgram(): OwnProgram {
  const compiled = process.versions["bun"] !== undefined;
  const script = process.argv[1];
  if (compiled) return { executable: process.execPath, patchProgram: [process.execPath, PATCH_FROM_STDIN] };
  return {
    executable: undefined,
    patchProgram: [process.execPath, ...(script === undefined ? [] : [script]), PATCH_FROM_STDIN],
  };
}
