import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageFormat, imageSize } from "../src/index.js";
import { picture, rawPng, SMALL_WEBP, withOrientation } from "./pictures.js";

const RUNS = process.env["CODEX_TS_NIGHTLY"] === undefined ? 2_000 : 100_000;

/** The first 30 bytes of a WebP of some kind. */
function webp(kind: string, ...body: [at: number, bytes: number[]][]): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.write("RIFF\0\0\0\0WEBP", 0, "latin1");
  bytes.write(kind, 12, "latin1");
  for (const [at, values] of body) bytes.set(values, at);
  return bytes;
}

function bmp(header: number, width: number, height: number): Buffer {
  const bytes = Buffer.alloc(54);
  bytes.write("BM", 0, "latin1");
  bytes.writeUInt32LE(header, 14);
  if (header === 12) {
    bytes.writeUInt16LE(width, 18);
    bytes.writeUInt16LE(height, 20);
  } else {
    bytes.writeInt32LE(width, 18);
    bytes.writeInt32LE(height, 22);
  }
  return bytes;
}

describe("the size of an image", () => {
  it.each([
    ["png", "image/png"],
    ["jpeg", "image/jpeg"],
    ["gif", "image/gif"],
    ["bmp", "image/bmp"],
  ] as const)("%s", async (format, type) => {
    const bytes = await picture(30, 20, type);
    expect(imageSize(bytes)).toEqual({ format, width: 30, height: 20, sideways: false });
  });

  it.each([
    ["lossless", SMALL_WEBP, 20, 10],
    ["lossy", webp("VP8 ", [23, [0x9d, 0x01, 0x2a]], [26, [0x40, 0x01]], [28, [0xf0, 0x00]]), 320, 240],
    ["lossy, with scaling bits", webp("VP8 ", [26, [0x40, 0x41]], [28, [0xf0, 0x80]]), 320, 240],
    ["extended", webp("VP8X", [24, [0xff, 0xff, 0x01]], [27, [0x0f, 0x00, 0x00]]), 131_072, 16],
  ])("WebP, %s", (_, bytes, width, height) => {
    expect(imageSize(bytes)).toEqual({ format: "webp", width, height, sideways: false });
  });

  it.each([
    ["old header", bmp(12, 7, 9)],
    ["rows from the top", bmp(40, 7, -9)],
    ["long header", bmp(124, 7, 9)],
  ])("BMP, %s", (_, bytes) => {
    expect(imageSize(bytes)).toEqual({ format: "bmp", width: 7, height: 9, sideways: false });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("a JPEG of orientation %i", async (orientation) => {
    const jpeg = await picture(30, 20, "image/jpeg");
    for (const littleEndian of [true, false]) {
      expect(imageSize(withOrientation(jpeg, orientation, littleEndian))).toEqual({
        format: "jpeg",
        width: 30,
        height: 20,
        sideways: orientation >= 5,
      });
    }
  });
});

describe("no size", () => {
  it.each<[string, Uint8Array]>([
    ["nothing", new Uint8Array()],
    ["text", Buffer.from("hello")],
    ["a text that begins like a BMP", Buffer.from("BMW is a brand of cars, and of motorcycles")],
    ["a PNG signature alone", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ["a GIF signature alone", Buffer.from("GIF89a")],
    ["a PNG without pixels", rawPng(0, 5, { raw: Buffer.alloc(0) })],
    ["a WebP of an unknown kind", webp("ALPH")],
    ["a JPEG start alone", Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ["a JPEG whose segment is longer than the file", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff])],
    ["a JPEG whose segment has no length", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x00, 0xff, 0xda])],
    ["a JPEG with something between segments", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x02, 0x00, 0x00, 0x00])],
  ])("%s", (_, bytes) => {
    expect(imageSize(bytes)).toBeNull();
  });

  it("for a JPEG cut before its picture", async () => {
    const jpeg = await picture(30, 20, "image/jpeg");
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
    expect(imageSize(jpeg.subarray(0, scan))).toBeNull();
    expect(imageSize(jpeg)).not.toBeNull();
  });

  it("for any bytes, without throwing, also behind a known beginning", () => {
    const beginnings = ["\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF89a", "RIFF\0\0\0\0WEBPVP8 ", "BM", ""];
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 80 }), (beginning, rest) => {
        const bytes = Buffer.concat([Buffer.from(beginning, "latin1"), rest]);
        const size = imageSize(bytes);
        if (size === null) return;
        expect(size.format).toBe(imageFormat(bytes));
        expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
  });

  it("for an Exif segment of any content, without throwing", async () => {
    const jpeg = await picture(30, 20, "image/jpeg");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (exif) => {
        const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif]);
        const segment = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
        const whole = Buffer.concat([jpeg.subarray(0, 2), segment, body, jpeg.subarray(2)]);
        expect(imageSize(whole)).toMatchObject({ width: 30, height: 20 });
      }),
      { numRuns: RUNS },
    );
  });
});
