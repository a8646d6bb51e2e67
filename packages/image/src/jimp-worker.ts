/** The worker that decodes, scales and encodes one image with jimp. */

import { parentPort, workerData } from "node:worker_threads";
import { Jimp } from "jimp";
import type { WorkerAnswer, WorkerOrder } from "./jimp-messages.js";

const answer = await carryOut(workerData as WorkerOrder);
parentPort?.postMessage(answer, []);

async function carryOut({ bytes, width, height, format, quality }: WorkerOrder): Promise<WorkerAnswer> {
  let stage: "decode" | "encode" = "decode";
  try {
    const image = await Jimp.fromBuffer(Buffer.from(bytes));
    if (image.width !== width || image.height !== height) image.resize({ w: width, h: height });
    stage = "encode";
    return {
      bytes: await (format === "png" ? image.getBuffer("image/png") : image.getBuffer("image/jpeg", { quality })),
    };
  } catch (error) {
    return { failed: stage, message: error instanceof Error ? error.message : String(error) };
  }
}
