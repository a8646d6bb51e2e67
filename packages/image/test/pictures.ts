/** Makes the test images: two halves, red on the left and blue on the right, so that turning and mirroring show. */

import { deflateSync, crc32 } from "node:zlib";
import { Jimp } from "jimp";

const RED = 0xff0000ff;
const BLUE = 0x0000ffff;

export async function picture(
  width: number,
  height: number,
  type: "image/png" | "image/jpeg" | "image/gif" | "image/bmp",
): Promise<Buffer> {
  const image = new Jimp({ width, height, color: RED });
  const half = new Jimp({ width: Math.ceil(width / 2), height, color: BLUE });
  image.composite(half, Math.floor(width / 2), 0);
  return await image.getBuffer(type);
}

/** What the halves are, and the size, of any image that jimp reads. */
export async function look(bytes: Uint8Array): Promise<{ width: number; height: number; corners: string[] }> {
  const image = await Jimp.fromBuffer(Buffer.from(bytes));
  const { width, height } = image;
  const colour = (x: number, y: number) => {
    const pixel = image.getPixelColor(x, y);
    const [red, blue] = [pixel >>> 24, (pixel >>> 8) & 0xff];
    return red > 200 && blue < 60 ? "red" : blue > 200 && red < 60 ? "blue" : "other";
  };
  return {
    width,
    height,
    corners: [colour(0, 0), colour(width - 1, 0), colour(0, height - 1), colour(width - 1, height - 1)],
  };
}

/** A lossless WebP of 20 x 10 pixels; jimp writes none. */
export const SMALL_WEBP = Buffer.from(
  "UklGRi4AAABXRUJQVlA4TCIAAAAvE0ACAA8wZqf5H+b5Dy0QZhshzHhqh7bfMUT0Pxz1HPUA",
  "base64",
);

/** Puts an Exif segment with an orientation behind a JPEG's start. */
export function withOrientation(jpeg: Buffer, orientation: number, littleEndian = true): Buffer {
  const tiff = Buffer.alloc(26);
  const u16 = (value: number, at: number) =>
    littleEndian ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    littleEndian ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(littleEndian ? "II" : "MM", 0, "latin1");
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(0x0112, 10);
  u16(3, 12);
  u32(1, 14);
  u16(orientation, 18);
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

interface RawPng {
  depth?: number;
  colour?: number;
  interlaced?: boolean;
  compressed?: boolean;
  /** The rows, each behind its filter byte. */
  raw: Buffer;
}

/** A PNG from its header values and raw rows, for kinds that jimp does not write. */
export function rawPng(
  width: number,
  height: number,
  { depth = 8, colour = 2, interlaced = false, compressed = true, raw }: RawPng,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", compressed ? deflateSync(raw) : raw),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
