/** Decodes an image and encodes it at another size or in another format, with what the runtime has. */

import type { ImageFormat } from "./size.js";

/** What to make of an image. */
export interface Reencoding {
  /** Target size in pixels, of the picture as it is seen (after Exif orientation). */
  width: number;
  height: number;
  format: "png" | "jpeg";
}

/** Quality of JPEG that is written, 1 to 100. */
export const JPEG_QUALITY = 85;

/** Turns image bytes into others. */
export interface Reencoder {
  /** The formats it can read. */
  readonly reads: ReadonlySet<ImageFormat>;
  /** Rejects with {@link ReencodeError}. */
  reencode(bytes: Uint8Array, target: Reencoding): Promise<Uint8Array>;
}

/** The image could not be decoded, or not be encoded. */
export class ReencodeError extends Error {
  override readonly name = "ReencodeError";
  readonly stage: "decode" | "encode";

  constructor(stage: "decode" | "encode", message: string, options?: ErrorOptions) {
    super(message, options);
    this.stage = stage;
  }
}

/** bun has codecs of its own; under Node jimp does the work in a worker. */
export async function loadReencoder(): Promise<Reencoder> {
  if (process.versions["bun"] !== undefined) return (await import("./bun.js")).bunReencoder;
  return (await import("./node.js")).nodeReencoder;
}
