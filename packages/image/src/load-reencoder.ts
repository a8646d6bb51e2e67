/** Picks what decodes and encodes images in this runtime, and loads it when an image needs it. */

import type { Reencoder } from "./reencoder.js";

/** bun has codecs of its own; under Node jimp does the work in a worker. */
export async function loadReencoder(): Promise<Reencoder> {
  if (process.versions["bun"] !== undefined) return (await import("./bun.js")).bunReencoder;
  return (await import("./node.js")).nodeReencoder;
}
