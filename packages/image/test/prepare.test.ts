import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createImagePreparer, ImageError, prepareImageForUpload } from "../src/index.js";
import { fitWithinLimits } from "../src/limits.js";
import { picture, rawPng } from "./pictures.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "image-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const dataUrl = (type: string, bytes: Buffer) => `data:image/${type};base64,${bytes.toString("base64")}`;

async function failure(path: string): Promise<ImageError> {
  const error: unknown = await prepareImageForUpload(path).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ImageError)) throw new Error(`expected an ImageError, got ${String(error)}`);
  return error;
}

describe("an image within the limits", () => {
  it.each([
    ["png", "image/png", 20, 10],
    ["png", "image/png", 2048, 768],
    ["jpeg", "image/jpeg", 20, 10],
    ["jpeg", "image/jpeg", 2048, 768],
  ] as const)("%s (%s) of %i x %i is sent byte for byte", async (type, mime, width, height) => {
    const bytes = await picture(width, height, mime);
    const path = await file(`same.${type}`, bytes);
    expect(await prepareImageForUpload(path)).toEqual({ dataUrl: dataUrl(type, bytes), width, height });
  });

  it("is known by its content, not by its name", async () => {
    const png = await picture(20, 10, "image/png");
    for (const name of ["picture.jpg", "picture.txt", "picture"]) {
      expect((await prepareImageForUpload(await file(name, png))).dataUrl).toBe(dataUrl("png", png));
    }
  });

  it("may be given as bytes", async () => {
    const bytes = await picture(20, 10, "image/jpeg");
    expect((await prepareImageForUpload({ path: "pasted", bytes })).dataUrl).toBe(dataUrl("jpeg", bytes));
  });

  it("may have something behind its end, or lack its end mark's checksum or a JPEG's end", async () => {
    const png = await picture(20, 10, "image/png");
    const badEnd = Buffer.from(png);
    badEnd.writeUInt32BE(0, png.length - 4);
    const jpeg = await picture(20, 10, "image/jpeg");
    const tolerated = [Buffer.concat([png, Buffer.from("x")]), badEnd, jpeg.subarray(0, -2)];
    for (const bytes of tolerated) {
      expect((await prepareImageForUpload({ path: "x", bytes })).dataUrl).toContain(bytes.toString("base64"));
    }
  });

  it.each([
    ["1 bit, grey", rawPng(9, 2, { depth: 1, colour: 0, raw: Buffer.alloc(2 * (1 + 2)) })],
    ["16 bits, with alpha", rawPng(3, 2, { depth: 16, colour: 6, raw: Buffer.alloc(2 * (1 + 24)) })],
    ["interlaced, 1 x 1", rawPng(1, 1, { interlaced: true, raw: Buffer.alloc(4) })],
    [
      "interlaced, 9 x 9",
      rawPng(9, 9, {
        colour: 0,
        interlaced: true,
        raw: Buffer.alloc(2 * 3 + 2 * 2 + 4 + 3 * 3 + 2 * 6 + 3 * 5 + 5 * 5 + 4 * 10),
      }),
    ],
    ["with more data than pixels", rawPng(2, 2, { raw: Buffer.alloc(100_000) })],
  ])("may be a PNG of any kind: %s", async (_, bytes) => {
    expect((await prepareImageForUpload({ path: "x", bytes })).dataUrl).toBe(dataUrl("png", bytes));
  });
});

describe("the size of a larger image", () => {
  it.each([
    [3000, 2000, 1152, 768],
    [2049, 768, 2048, 768],
    [2048, 769, 2045, 768],
    [2047, 1031, 1525, 768],
    [100, 2000, 38, 768],
    [5000, 10, 2048, 4],
    [9000, 1, 2048, 1],
    [1, 9000, 1, 768],
    [2048, 768, 2048, 768],
    [20, 10, 20, 10],
  ])("%i x %i becomes %i x %i", (width, height, newWidth, newHeight) => {
    expect(fitWithinLimits({ width, height })).toEqual({ width: newWidth, height: newHeight });
  });
});

describe("what cannot be sent, and the text that takes its place", () => {
  it.each([
    ["text.txt", "hello", "not-an-image", "unsupported MIME type `text/plain`"],
    ["a.pdf", "%PDF-1.4", "not-an-image", "unsupported MIME type `application/pdf`"],
    ["a.json", "{}", "not-an-image", "unsupported MIME type `application/json`"],
    ["noext", "hello", "not-an-image", "unsupported MIME type (unknown)"],
    ["empty", "", "not-an-image", "unsupported MIME type (unknown)"],
    ["a.unheard", "hello", "not-an-image", "unsupported MIME type (unknown)"],
  ])("%s is no image", async (name, content, kind, reason) => {
    const path = await file(name, Buffer.from(content));
    const error = await failure(path);
    expect(error.kind).toBe(kind);
    expect(error.modelText).toBe(`Codex could not read the local image at \`${path}\`: ${reason}`);
  });

  it.each([
    ["text.png", "hello", "image/png"],
    ["empty.png", "", "image/png"],
    ["x.JPG", "abcd", "image/jpeg"],
    ["text.webp", "hello", "image/webp"],
    ["x.heic", "abcd", "image/heic"],
    ["x.ico", "\0\0\x01\0", "image/x-icon"],
    ["x.svg", "<svg/>", "image/svg+xml"],
    ["x.tiff", "II*\0", "image/tiff"],
  ])("%s is an image by name only", async (name, content, type) => {
    const path = await file(name, Buffer.from(content));
    const error = await failure(path);
    expect(error.kind).toBe("unsupported");
    expect(error.modelText).toBe(`Codex cannot attach image at \`${path}\`: unsupported image format \`${type}\`.`);
  });

  it("a missing file, a folder, a file where a folder should be", async () => {
    const plain = await file("plain", Buffer.from("x"));
    await mkdir(join(folder, "dir.png"), { recursive: true });
    const reasons: [string, string][] = [
      [join(folder, "missing.png"), "No such file or directory (os error 2)"],
      [join(folder, "dir.png"), "Is a directory (os error 21)"],
      [join(plain, "x.png"), "Not a directory (os error 20)"],
    ];
    for (const [path, reason] of reasons) {
      const error = await failure(path);
      expect(error.kind).toBe("unreadable");
      expect(error.message).toBe(`failed to read image at ${path}: ${reason}`);
      expect(error.modelText).toBe(`Codex could not read the local image at \`${path}\`: ${error.message}`);
    }
  });
});

describe.skipIf(process.platform === "win32")("what is not read", () => {
  it.each([
    [
      "a pipe that nobody writes to",
      "it is neither a file nor a link to one",
      (path: string) => void execFileSync("mkfifo", [path]),
    ],
    [
      "a device that never ends",
      "it is neither a file nor a link to one",
      (path: string) => symlink("/dev/zero", path),
    ],
    [
      "a file that is too large",
      "it is larger than 64 MiB",
      (path: string) => writeFile(path, "").then(() => truncate(path, 2 ** 26 + 1)),
    ],
  ])("%s", async (what, reason, make) => {
    const path = join(folder, `${what}.png`);
    await make(path);
    const { kind, modelText } = await failure(path);
    expect(kind).toBe("unreadable");
    expect(modelText).toBe(
      `Codex could not read the local image at \`${path}\`: failed to read image at ${path}: ${reason}`,
    );
  });
});

describe("a broken image within the limits", () => {
  const whole = picture(20, 10, "image/png");
  const changed = async (change: (bytes: Buffer) => Buffer | void) => {
    const bytes = Buffer.from(await whole);
    return change(bytes) ?? bytes;
  };

  it.each<[string, (bytes: Buffer) => Buffer | void]>([
    ["cut in its header", (bytes) => bytes.subarray(0, 20)],
    ["cut in its picture", (bytes) => bytes.subarray(0, 70)],
    ["cut before its end mark", (bytes) => bytes.subarray(0, -12)],
    ["of another size than its header's checksum says", (bytes) => void bytes.writeUInt32BE(21, 16)],
    ["with a damaged picture", (bytes) => void bytes.fill(7, 50, 54)],
    ["with a chunk longer than the file", (bytes) => void bytes.writeUInt32BE(0xffff_ffff, 33)],
  ])("PNG %s", async (_, change) => {
    const path = await file("broken.png", await changed(change));
    const error = await failure(path);
    expect(error.kind).toBe("invalid");
    expect(error.message).toMatch(/^failed to decode image at .*broken\.png: ./);
    expect(error.modelText).toBe(`Image located at \`${path}\` is invalid: ${error.message}`);
  });

  it.each([
    ["with too few rows", rawPng(20, 10, { raw: Buffer.alloc(61) })],
    ["with data that is not compressed", rawPng(2, 2, { raw: Buffer.alloc(14), compressed: false })],
    ["of an impossible kind", rawPng(2, 2, { colour: 5, raw: Buffer.alloc(14) })],
    ["of an impossible depth", rawPng(2, 2, { depth: 3, raw: Buffer.alloc(14) })],
  ])("PNG %s", async (_, bytes) => {
    expect((await failure(await file("made.png", bytes))).kind).toBe("invalid");
  });

  it("JPEG without a picture", async () => {
    const jpeg = await picture(20, 10, "image/jpeg");
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
    expect((await failure(await file("broken.jpg", jpeg.subarray(0, scan)))).kind).toBe("invalid");
  });

  it("that claims more pixels than can be decoded", async () => {
    const bomb = rawPng(100_000, 100_000, { raw: Buffer.alloc(10) });
    const error = await failure(await file("bomb.png", bomb));
    expect(error.message).toContain("100000 x 100000 pixels are more than can be decoded");
  });
});

describe("the preparer", () => {
  it("gives the same result for the same content at another path", async () => {
    const prepare = createImagePreparer();
    const gif = await picture(20, 10, "image/gif");
    const first = await prepare(await file("one.gif", gif));
    expect(await prepare(await file("two.gif", gif))).toBe(first);
    expect(await prepare(await file("other.gif", await picture(22, 10, "image/gif")))).not.toBe(first);
  });

  it("names the path it was asked for in every error", async () => {
    const prepare = createImagePreparer();
    for (const name of ["a.txt", "b.txt"]) {
      const path = await file(name, Buffer.from("same"));
      await expect(prepare(path)).rejects.toMatchObject({ path });
    }
    await expect(prepare(join(folder, "missing"))).rejects.toMatchObject({ kind: "unreadable" });
  });

  it("forgets the one that was not asked for longest, after 32", async () => {
    const prepare = createImagePreparer();
    const source = async (width: number) => ({ path: "x", bytes: await picture(width, 1, "image/png") });
    const first = await prepare(await source(1));
    const second = await prepare(await source(2));
    for (let width = 3; width <= 32; width++) await prepare(await source(width));
    expect(await prepare(await source(1))).toBe(first);
    await prepare(await source(33));
    expect(await prepare(await source(1))).toBe(first);
    expect(await prepare(await source(2))).not.toBe(second);
  });
});
