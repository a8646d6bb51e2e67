/** An exclusive advisory lock on an open file, where the runtime can take one. */

import type { FileHandle } from "node:fs/promises";
import type { Unlock } from "./file-lock-bun.js";

/**
 * Waits for the lock (`flock`, the same that the original takes). Node has no such call: there it does nothing, and a
 * writer relies on appending in one write.
 */
export async function lockFile(handle: FileHandle): Promise<Unlock> {
  if (!("bun" in process.versions)) return nothing;
  const { flockWithBun } = await import("./file-lock-bun.js");
  return await flockWithBun(handle.fd);
}

async function nothing(): Promise<void> {}
