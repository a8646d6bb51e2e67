/** Ids of threads as clients send them. Pure. */

import type { ThreadId } from "@codex-ts/protocol";
import { invalidRequest } from "../router/rpc-error.js";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const URN = "urn:uuid:";

/** The thread's id in the one form that is compared. @throws {RpcError} `invalid thread id: ...` */
export function parseThreadId(text: string): ThreadId {
  const wrong = uuidFault(text);
  if (wrong !== null) throw invalidRequest(`invalid thread id: ${wrong}`);
  return canonicalId(text);
}

/** A UUID in lower case with its dashes; clients may write it in capitals, without them, in braces, or as a URN. */
export function canonicalId(uuid: string): ThreadId {
  return bare(uuid)
    .digits.toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** What is wrong with a UUID, in the words that clients of the original know; null: nothing. */
export function uuidFault(text: string): string | null {
  const { digits, before } = bare(text);
  if (UUID.test(digits) || (/^[0-9a-f]{32}$/i.test(digits) && before === 0)) return null;
  const at = [...digits].findIndex((character) => !/[0-9a-f-]/i.test(character));
  const found = [...digits][at];
  if (found !== undefined) {
    return `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${found}\` at ${before + at + 1}`;
  }
  const groups = digits.split("-");
  if (groups.length === 1 && before === 0)
    return `invalid length: expected length 32 for simple format, found ${text.length}`;
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const lengths = [8, 4, 4, 4, 12];
  const wrong = groups.findIndex((group, index) => group.length !== lengths[index]);
  return `invalid group length in group ${wrong}: expected ${lengths[wrong]}, found ${groups[wrong]?.length}`;
}

/** A UUID without braces or the URN's beginning, and how many characters stood before it. */
function bare(text: string): { digits: string; before: number } {
  if (text.startsWith(URN)) return { digits: text.slice(URN.length), before: URN.length };
  if (text.startsWith("{") && text.endsWith("}")) return { digits: text.slice(1, -1), before: 1 };
  return { digits: text, before: 0 };
}
