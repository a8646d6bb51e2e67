/** Ids of threads as clients send them. Pure. */

import type { ThreadId } from "@codex-ts/protocol";
import { invalidRequest } from "../router/rpc-error.js";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The thread's id in the one form that is compared. @throws {RpcError} `invalid thread id: ...` */
export function parseThreadId(text: string): ThreadId {
  const wrong = uuidFault(text);
  if (wrong !== null) throw invalidRequest(`invalid thread id: ${wrong}`);
  return canonicalId(text);
}

/** A UUID in lower case with its dashes; clients may write it in capitals, or without them. */
export function canonicalId(uuid: string): ThreadId {
  return uuid.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** What is wrong with a UUID, in the words that clients of the original know; null: nothing. */
export function uuidFault(text: string): string | null {
  if (UUID.test(text) || /^[0-9a-f]{32}$/i.test(text)) return null;
  const at = [...text].findIndex((character) => !/[0-9a-f-]/i.test(character));
  const found = [...text][at];
  if (found !== undefined) {
    return `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${found}\` at ${at + 1}`;
  }
  const groups = text.split("-");
  if (groups.length === 1) return `invalid length: expected length 32 for simple format, found ${text.length}`;
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const lengths = [8, 4, 4, 4, 12];
  const wrong = groups.findIndex((group, index) => group.length !== lengths[index]);
  return `invalid group length in group ${wrong}: expected ${lengths[wrong]}, found ${groups[wrong]?.length}`;
}
