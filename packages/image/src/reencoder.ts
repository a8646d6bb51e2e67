/** What it means to decode an image and encode it at another size or in another format, whoever does it. */

import type { ImageFormat } from "./size.js";

/** What to make of an image. */
interface Reencoding {
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
