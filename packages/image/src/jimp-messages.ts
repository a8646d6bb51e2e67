/** What the Node adapter and its worker say to each other; types only, so that the worker stays one file. */

/** The one order a worker gets. */
export interface WorkerOrder {
  bytes: Uint8Array;
  width: number;
  height: number;
  format: "png" | "jpeg";
  /** Quality of a JPEG, 1 to 100. */
  quality: number;
}

/** The one answer it gives. */
export type WorkerAnswer = { bytes: Uint8Array } | { failed: "decode" | "encode"; message: string };
