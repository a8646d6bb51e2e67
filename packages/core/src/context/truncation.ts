/** Cuts long tool outputs in the middle, on character borders, and says how much is gone. */

import type { ToolOutputPart, TruncationPolicy } from "@codex-ts/protocol";

/** One token counts as four bytes everywhere. */
export const BYTES_PER_TOKEN = 4;

/** Room that a recorded output may take beyond the policy: tools put a header before the text they have cut. */
const RECORDING_SLACK_BYTES = 512;

/** The policy's limit in bytes. */
export function budgetInBytes(policy: TruncationPolicy): number {
  return policy.mode === "tokens" ? policy.limit * BYTES_PER_TOKEN : policy.limit;
}

/**
 * Keeps the first and the last half of the budget and puts a marker between them. Text within the budget is returned
 * as it is.
 */
export function truncateMiddle(text: string, policy: TruncationPolicy): string {
  const budget = budgetInBytes(policy);
  // No character takes more than three bytes per UTF-16 unit, so short texts need no counting.
  if (text.length * 3 <= budget) return text;
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= budget) return text;

  const leftEnd = borderAtOrBefore(bytes, Math.floor(budget / 2));
  const rightStart = borderAtOrAfter(bytes, bytes.length - (budget - Math.floor(budget / 2)));
  const marker =
    policy.mode === "tokens"
      ? `…${Math.ceil((bytes.length - budget) / BYTES_PER_TOKEN)} tokens truncated…`
      : `…${countCharacters(bytes, leftEnd, rightStart)} chars truncated…`;
  return bytes.toString("utf8", 0, leftEnd) + marker + bytes.toString("utf8", rightStart);
}

/** As {@link truncateMiddle}, and a text that was cut begins with the number of lines it had. */
export function truncateWithLineCount(text: string, policy: TruncationPolicy): string {
  const cut = truncateMiddle(text, policy);
  return cut === text ? text : `Total output lines: ${countLines(text)}\n\n${cut}`;
}

/** Lines as `\n` separates them; a last line without newline counts. */
export function countLines(text: string): number {
  if (text === "") return 0;
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return text.endsWith("\n") ? lines : lines + 1;
}

/**
 * Text parts share one budget in their order: the one that crosses it is cut, later ones are dropped and counted in a
 * last part. Images are kept and cost nothing.
 */
export function truncateParts(parts: readonly ToolOutputPart[], policy: TruncationPolicy): ToolOutputPart[] {
  let left = budgetInBytes(policy);
  let omitted = 0;
  const kept: ToolOutputPart[] = [];
  for (const part of parts) {
    if (part.type === "input_image") {
      kept.push(part);
      continue;
    }
    if (left === 0) {
      omitted += 1;
      continue;
    }
    const size = Buffer.byteLength(part.text, "utf8");
    if (size <= left) {
      kept.push(part);
      left -= size;
    } else {
      kept.push({ type: "input_text", text: truncateMiddle(part.text, bytesOf(policy, left)) });
      left = 0;
    }
  }
  if (omitted > 0) kept.push({ type: "input_text", text: `[omitted ${omitted} text items ...]` });
  return kept;
}

/** The limit at which an output is cut once more when it is recorded, whatever its tool did. */
export function recordingPolicy(policy: TruncationPolicy): TruncationPolicy {
  const budget = budgetInBytes(policy);
  const limit = Math.max(Math.ceil(budget * 1.2), budget + RECORDING_SLACK_BYTES);
  return bytesOf(policy, limit);
}

// helpers

function bytesOf(policy: TruncationPolicy, bytes: number): TruncationPolicy {
  return policy.mode === "tokens"
    ? { mode: "tokens", limit: Math.ceil(bytes / BYTES_PER_TOKEN) }
    : { mode: "bytes", limit: bytes };
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function borderAtOrBefore(bytes: Buffer, at: number): number {
  let border = at;
  while (border > 0 && isContinuation(bytes[border])) border -= 1;
  return border;
}

function borderAtOrAfter(bytes: Buffer, at: number): number {
  let border = at;
  while (border < bytes.length && isContinuation(bytes[border])) border += 1;
  return border;
}

function countCharacters(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) if (!isContinuation(bytes[at])) count += 1;
  return count;
}
