/** The worker's side: an engine that talks to the thread which started it. Bundled into `generated/worker-source.ts`. */

import { parentPort, workerData } from "node:worker_threads";
import { type EngineOptions, type EngineQuery, startEngine } from "./engine.js";

/** What a worker is started with. */
export interface WorkerStart {
  options: EngineOptions;
  /** One number that both sides see: the id of the newest query. */
  latest: Int32Array;
}

const { options, latest }: WorkerStart = workerData;
const port = parentPort;
if (port !== null) {
  const engine = startEngine(
    options,
    () => Atomics.load(latest, 0),
    (update) => port.postMessage(update),
  );
  port.on("message", (query: EngineQuery) => engine.query(query));
}
