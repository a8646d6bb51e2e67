/** Re-encoding under Node: jimp, in a worker that lives for one image, so that neither its code nor its memory stays. */

import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { WorkerAnswer, WorkerOrder } from "./jimp-messages.js";
import { JPEG_QUALITY, ReencodeError } from "./reencoder.js";
import type { Reencoder } from "./reencoder.js";

export const nodeReencoder: Reencoder = {
  reads: new Set(["png", "jpeg", "gif", "bmp"]),
  async reencode(bytes, target) {
    const answer = await askWorker({ bytes, quality: JPEG_QUALITY, ...target });
    if ("bytes" in answer) return answer.bytes;
    throw new ReencodeError(answer.failed, answer.message);
  },
};

function askWorker(order: WorkerOrder): Promise<WorkerAnswer> {
  // Beside this file, and of the same kind: .js when built, .ts when run from source.
  const file = new URL(`./jimp-worker${extname(import.meta.url)}`, import.meta.url);
  const answer = Promise.withResolvers<WorkerAnswer>();
  const worker = new Worker(file, { workerData: order, execArgv: [], stdout: true, stderr: true });
  worker.once("message", answer.resolve);
  // Out of memory ends up here too.
  worker.once("error", (error) => answer.resolve({ failed: "decode", message: String(error) }));
  worker.once("exit", () => answer.resolve({ failed: "decode", message: "the worker ended without an answer" }));
  return answer.promise;
}
