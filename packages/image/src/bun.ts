/** Re-encoding under bun, and so in the executable: `Bun.Image`, which works on threads of its own. */

/// <reference types="bun-types" />

import { MAX_PIXELS } from "./limits.js";
import { JPEG_QUALITY, ReencodeError } from "./reencoder.js";
import type { Reencoder } from "./reencoder.js";

export const bunReencoder: Reencoder = {
  reads: new Set(["png", "jpeg", "gif", "webp", "bmp"]),
  async reencode(bytes, { width, height, format }) {
    const image = new Bun.Image(new Uint8Array(bytes), { maxPixels: MAX_PIXELS }).resize(width, height, {
      filter: "bilinear",
      fit: "fill",
    });
    try {
      return await (format === "png" ? image.png() : image.jpeg({ quality: JPEG_QUALITY })).bytes();
    } catch (cause) {
      const failsToEncode = cause instanceof Error && "code" in cause && cause.code === "ERR_IMAGE_ENCODE_FAILED";
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new ReencodeError(failsToEncode ? "encode" : "decode", message, { cause });
    }
  },
};
