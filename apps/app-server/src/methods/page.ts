/** Pages of lists that are in memory: a cursor is a position. Pure. */

import { invalidRequest } from "../router/rpc-error.js";

/** Which page is asked for. */
export interface PageParams {
  cursor?: string | null | undefined;
  limit?: number | null | undefined;
}

/** @param what how errors call the entries. @throws {RpcError} the cursor is none of ours */
export function pageOf<T>(
  all: readonly T[],
  { cursor, limit }: PageParams,
  what: string,
): { data: T[]; nextCursor: string | null } {
  const start = cursor === null || cursor === undefined ? 0 : positionOf(cursor);
  if (start > all.length) throw invalidRequest(`cursor ${start} exceeds total ${what} ${all.length}`);
  const data = all.slice(start, start + Math.max(1, limit ?? all.length));
  const end = start + data.length;
  return { data, nextCursor: end < all.length ? String(end) : null };
}

function positionOf(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw invalidRequest(`invalid cursor: ${cursor}`);
  return Number(cursor);
}
