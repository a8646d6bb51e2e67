/** How long to wait before a retry. Pure but for the random source that is passed in. */

const BASE_MS = 200;
/** Who allows many retries wants them in their lifetime. */
const LONGEST_MS = 60_000;

/**
 * `200 ms x 2^(retry-1)`, at most a minute, spread by up to 10 % so that clients that failed together do not come back together.
 * @param retry counted from 1
 * @param random a number in [0, 1)
 */
export function backoffMs(retry: number, random: () => number): number {
  return Math.round(Math.min(BASE_MS * 2 ** (retry - 1), LONGEST_MS) * (0.9 + 0.2 * random()));
}
