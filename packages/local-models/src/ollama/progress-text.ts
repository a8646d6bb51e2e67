/** A download's progress as lines for a terminal's stderr. Pure but for the sink and clock that are passed in. */

import type { PullProgress } from "./pull.js";

const GB = 1024 ** 3;
const MB = 1024 ** 2;
/** Often enough to look alive. */
const SHOW_EVERY_MS = 100;

/**
 * A listener for progress: the total once, then one line that is written over: `1.20/12.80 GB (9.4%) 55.1 MB/s`.
 * @param now milliseconds
 */
export function progressPrinter(write: (text: string) => void, now: () => number): (progress: PullProgress) => void {
  const started = now();
  let shownAt = -Infinity;
  let announced = false;
  let width = 0;
  return ({ status, totalBytes, completedBytes }) => {
    if (totalBytes === 0) return;
    if (!announced) {
      announced = true;
      write(`Downloading model: total ${(totalBytes / GB).toFixed(2)} GB\n`);
    }
    const done = status === "success";
    if (!done && now() - shownAt < SHOW_EVERY_MS) return;
    shownAt = now();
    const seconds = (shownAt - started) / 1000;
    const speed = seconds > 0 ? completedBytes / MB / seconds : 0;
    const percent = (completedBytes / totalBytes) * 100;
    const line = `${(completedBytes / GB).toFixed(2)}/${(totalBytes / GB).toFixed(2)} GB (${percent.toFixed(1)}%) ${speed.toFixed(1)} MB/s`;
    write(`\r${line.padEnd(width)}${done ? "\n" : ""}`);
    width = line.length;
  };
}
