/** Remembers the last prepared images, so that one that is attached again is not scaled again. */

import { createHash } from "node:crypto";
import { prepareImageForUpload } from "./prepare.js";
import type { PreparedImage } from "./prepare.js";
import { readImage } from "./source.js";
import type { ImageSource } from "./source.js";

/** How many results are kept. */
const KEPT = 32;

/** Makes a `prepareImageForUpload` with a memory of the last 32 images, known by their content. */
export function createImagePreparer(): (source: ImageSource) => Promise<PreparedImage> {
  const kept = new Map<string, Promise<PreparedImage>>();
  return async (source) => {
    const { path, bytes } = await readImage(source);
    const key = createHash("sha256").update(bytes).digest("base64");
    const known = kept.get(key);
    // Asked for again: it moves to the end of those that will be forgotten.
    kept.delete(key);
    const result = known ?? prepareImageForUpload({ path, bytes });
    kept.set(key, result);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    // An error names the path, and another path may have the same content.
    result.catch(() => kept.delete(key));
    return await result;
  };
}
