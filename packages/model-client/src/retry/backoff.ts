/** How long to wait before a retry. Pure but for the random source that is passed in. */

const BASE_MS = 200;

/**
 * `200 ms x 2^(retry-1)`, spread by up to 10 % so that clients that failed together do not come back together.
 * @param retry counted from 1
 * @param random a number in [0, 1)
 */
export function backoffMs(retry: number, random: () => number): number {
  return Math.round(BASE_MS * 2 ** (retry - 1) * (0.9 + 0.2 * random()));
}
