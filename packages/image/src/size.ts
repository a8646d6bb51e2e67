/** Reads an image's format and size from its first bytes; nothing is decoded. */

import { jpegHeader } from "./jpeg-header.js";

/** The formats whose header is understood. */
export type ImageFormat = "png" | "jpeg" | "gif" | "webp" | "bmp";

/** What the header says. */
export interface ImageSize {
  format: ImageFormat;
  /** Stored width in pixels. */
  width: number;
  /** Stored height in pixels. */
  height: number;
  /** True when a viewer turns the picture by 90 degrees (Exif orientation of a JPEG): width and height then swap. */
  sideways: boolean;
}

/** The format by the first bytes, whatever a file's name says; null for everything else. */
export function imageFormat(bytes: Uint8Array): ImageFormat | null {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  if (text(bytes, 0, 6) === "GIF87a" || text(bytes, 0, 6) === "GIF89a") return "gif";
  if (text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 4) === "WEBP") return "webp";
  if (text(bytes, 0, 2) === "BM" && BMP_HEADERS.has(bytes[14] ?? 0)) return "bmp";
  return null;
}

/** Lengths of the headers that a BMP can have; two letters alone would make an image of many a text. */
const BMP_HEADERS = new Set([12, 40, 52, 56, 64, 108, 124]);

/** Format and size; null when the format is unknown, the header is incomplete, or a side has no pixels. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const format = imageFormat(bytes);
  if (format === null) return null;
  const size = readers[format](bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return size === null || size.width < 1 || size.height < 1 ? null : { format, sideways: false, ...size };
}

type Size = Pick<ImageSize, "width" | "height"> & Partial<Pick<ImageSize, "sideways">>;

const readers: Record<ImageFormat, (bytes: Uint8Array, view: DataView) => Size | null> = {
  png: (bytes, view) =>
    bytes.length >= 33 && text(bytes, 12, 4) === "IHDR"
      ? { width: view.getUint32(16), height: view.getUint32(20) }
      : null,
  jpeg: (bytes) => jpegHeader(bytes),
  gif: (bytes, view) =>
    bytes.length >= 10 ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : null,
  webp: webpSize,
  bmp: bmpSize,
};

/** The first chunk says which of the three kinds it is: lossy, lossless, or extended with a canvas. */
function webpSize(bytes: Uint8Array, view: DataView): Size | null {
  if (bytes.length < 30) return null;
  switch (text(bytes, 12, 4)) {
    case "VP8 ":
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return null;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

/** The old header has 16-bit sides, the others 32-bit ones; a negative height means rows from the top. */
function bmpSize(bytes: Uint8Array, view: DataView): Size | null {
  if (bytes.length < 26) return null;
  if (view.getUint32(14, true) === 12) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  }
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
