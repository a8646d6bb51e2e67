/** What every runtime's re-encoding must do, as functions that throw: run by vitest under Node and by a script under bun. */

import assert from "node:assert/strict";
import { ImageError, prepareImageForUpload } from "../src/index.js";
import type { PreparedImage } from "../src/index.js";
import { look, picture, SMALL_WEBP, withOrientation } from "./pictures.js";

type Runtime = "node" | "bun";

interface Case {
  name: string;
  run(runtime: Runtime): Promise<void>;
}

const prepare = (bytes: Uint8Array) => prepareImageForUpload({ path: "/x/picture", bytes });

function decoded({ dataUrl }: PreparedImage): { type: string; bytes: Buffer } {
  const [, type = "", base64 = ""] = /^data:(.*);base64,(.*)$/s.exec(dataUrl) ?? [];
  return { type, bytes: Buffer.from(base64, "base64") };
}

async function seen(prepared: PreparedImage) {
  const { type, bytes } = decoded(prepared);
  const { width, height, corners } = await look(bytes);
  assert.deepEqual([prepared.width, prepared.height], [width, height]);
  return { type, width, height, corners: corners.join(" ") };
}

const UPRIGHT = "red blue red blue";

export const cases: Case[] = [
  {
    name: "scales a large PNG down and keeps it PNG",
    async run() {
      assert.deepEqual(await seen(await prepare(await picture(2400, 1600, "image/png"))), {
        type: "image/png",
        width: 1152,
        height: 768,
        corners: UPRIGHT,
      });
    },
  },
  {
    name: "scales a large JPEG down and keeps it JPEG",
    async run() {
      assert.deepEqual(await seen(await prepare(await picture(2100, 400, "image/jpeg"))), {
        type: "image/jpeg",
        width: 2048,
        height: 390,
        corners: UPRIGHT,
      });
    },
  },
  {
    name: "sends a small GIF or BMP as PNG",
    async run() {
      for (const type of ["image/gif", "image/bmp"] as const) {
        const expected = { type: "image/png", width: 20, height: 10, corners: UPRIGHT };
        assert.deepEqual(await seen(await prepare(await picture(20, 10, type))), expected);
      }
    },
  },
  {
    name: "sends a large GIF as a smaller PNG",
    async run() {
      const { type, width, height } = await seen(await prepare(await picture(100, 900, "image/gif")));
      assert.deepEqual([type, width, height], ["image/png", 85, 768]);
    },
  },
  {
    name: "sends WebP as PNG, or says that it cannot",
    async run(runtime) {
      if (runtime === "bun") {
        const { type, width, height } = await seen(await prepare(SMALL_WEBP));
        assert.deepEqual([type, width, height], ["image/png", 20, 10]);
      } else {
        await assert.rejects(prepare(SMALL_WEBP), (error) => {
          assert.ok(error instanceof ImageError);
          assert.equal(
            error.modelText,
            "Codex cannot attach image at `/x/picture`: unsupported image format `image/webp`.",
          );
          return true;
        });
      }
    },
  },
  {
    name: "turns a photograph upright when it scales it",
    async run() {
      const jpeg = withOrientation(await picture(1600, 1000, "image/jpeg"), 6);
      // Turned clockwise by a quarter: what was left is on top.
      assert.deepEqual(await seen(await prepare(jpeg)), {
        type: "image/jpeg",
        width: 480,
        height: 768,
        corners: "red red blue blue",
      });
    },
  },
  {
    name: "keeps one row of pixels of a very flat image",
    async run() {
      const { width, height } = await seen(await prepare(await picture(5000, 1, "image/png")));
      assert.deepEqual([width, height], [2048, 1]);
    },
  },
  {
    name: "says that a broken large image is invalid",
    async run() {
      const whole = await picture(2100, 100, "image/png");
      const broken = Buffer.from(whole);
      broken.fill(0, 60, 90);
      await assert.rejects(prepare(broken), (error) => {
        assert.ok(error instanceof ImageError);
        assert.equal(error.kind, "invalid");
        assert.match(
          error.modelText,
          /^Image located at `\/x\/picture` is invalid: failed to decode image at \/x\/picture: ./,
        );
        return true;
      });
    },
  },
];
