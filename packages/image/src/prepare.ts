/** Turns an image file into what is sent to the model: the same bytes if possible, else scaled and encoded anew. */

import { invalid, notEncodable, notSupported } from "./image-error.js";
import { fitsLimits, fitWithinLimits, MAX_PIXELS } from "./limits.js";
import { pngChunkDefect, pngDefect } from "./png-check.js";
import { readImage } from "./source.js";
import type { ImageSource } from "./source.js";
import { loadReencoder } from "./load-reencoder.js";
import { ReencodeError } from "./reencoder.js";
import { imageFormat, imageSize } from "./size.js";
import type { ImageFormat, ImageSize } from "./size.js";

/** An image ready to be sent. */
export interface PreparedImage {
  /** `data:image/png;base64,...` or `data:image/jpeg;base64,...` */
  dataUrl: string;
  /** Size of what is sent, in pixels. */
  width: number;
  height: number;
}

/**
 * A PNG or JPEG of at most 2048 x 768 pixels is sent byte for byte, other formats as PNG. A larger image is
 * scaled down to fit, and stays JPEG if it was one, else becomes PNG.
 * @throws {ImageError} with the text that takes the image's place
 */
export async function prepareImageForUpload(source: ImageSource): Promise<PreparedImage> {
  const { path, bytes } = await readImage(source);
  const format = imageFormat(bytes);
  if (format === null) throw notSupported(path);
  const size = imageSize(bytes);
  if (size === null) throw invalid(path, "its header is incomplete or makes no sense");
  if (size.width * size.height > MAX_PIXELS) {
    throw invalid(path, `${size.width} x ${size.height} pixels are more than can be decoded`);
  }
  if (fitsLimits(size) && (format === "png" || format === "jpeg")) return await untouched(path, bytes, size, format);
  return await reencoded(path, bytes, size);
}

async function untouched(
  path: string,
  bytes: Uint8Array,
  { width, height }: ImageSize,
  format: "png" | "jpeg",
): Promise<PreparedImage> {
  const defect = format === "png" ? await pngDefect(bytes) : null;
  if (defect !== null) throw invalid(path, defect);
  return { dataUrl: dataUrl(format, bytes), width, height };
}

async function reencoded(path: string, bytes: Uint8Array, size: ImageSize): Promise<PreparedImage> {
  // Decoders let some damage pass and fill in what is missing.
  const defect = size.format === "png" ? pngChunkDefect(bytes) : null;
  if (defect !== null) throw invalid(path, defect);
  const reencoder = await loadReencoder();
  if (!reencoder.reads.has(size.format)) throw notSupported(path, `image/${size.format}`);
  const seen = size.sideways ? { width: size.height, height: size.width } : size;
  const { width, height } = fitWithinLimits(seen);
  const format = size.format === "jpeg" ? "jpeg" : "png";
  try {
    const encoded = await reencoder.reencode(bytes, { width, height, format });
    return { dataUrl: dataUrl(format, encoded), width, height };
  } catch (error) {
    if (!(error instanceof ReencodeError)) throw error;
    throw error.stage === "encode" ? notEncodable(path, format, error) : invalid(path, error.message, error);
  }
}

function dataUrl(format: ImageFormat, bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  return `data:image/${format};base64,${base64}`;
}
