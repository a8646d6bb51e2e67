/** Ids that sort by the time they were made: UUID version 7. */

let lastTime = 0;
let sequence = 0;

/** A fresh UUIDv7. Ids of one process keep their order, also within a millisecond and when the clock goes back. */
export function uuidV7(now: number = Date.now()): string {
  // The global's: loading node:crypto takes longer than anything else at start.
  const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(16)));
  const time = Math.max(now, lastTime);
  sequence = time === lastTime ? sequence + 1 : bytes.readUInt16BE(6) & 0x7ff;
  lastTime = time;
  if (sequence > 0xfff) {
    // So many ids in one millisecond, or a clock that stands still after a jump back: the next millisecond is borrowed.
    lastTime += 1;
    sequence = 0;
  }
  bytes.writeUIntBE(lastTime, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes.writeUInt8(0x80 | ((bytes[8] ?? 0) & 0x3f), 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
