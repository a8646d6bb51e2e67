/** Reads images for the model with the image package, which loads with the first image. */

import type { LoadImage } from "./user-input.js";

/** A reader that remembers the images it prepared last. */
export function imageLoader(): LoadImage {
  let loaded: Promise<LoadImage> | null = null;
  return async (path) => {
    loaded ??= load().catch((error: unknown) => {
      loaded = null; // the next image tries again
      throw error;
    });
    return await (
      await loaded
    )(path);
  };
}

// helpers

async function load(): Promise<LoadImage> {
  const { createImagePreparer, ImageError } = await import("@codex-ts/image");
  const prepare = createImagePreparer();
  return async (path) => {
    try {
      return { kind: "image", url: (await prepare(path)).dataUrl };
    } catch (error) {
      if (error instanceof ImageError) return { kind: "unreadable", text: error.modelText };
      throw error;
    }
  };
}
