/** Messages on their way to a client. */

import { describe, expect, it } from "vitest";
import { FULL_AT, Outbox } from "../src/stdio/outbox.js";

/** A client that takes what it is sent when it is told to. */
function client(): { written: string[]; write: (text: string) => Promise<void>; take: () => void; leave: () => void } {
  const written: string[] = [];
  let taken = Promise.withResolvers<void>();
  return {
    written,
    write: (text) => {
      written.push(text);
      return taken.promise;
    },
    take: () => {
      taken.resolve();
      taken = Promise.withResolvers<void>();
    },
    leave: () => taken.reject(new Error("EPIPE")),
  };
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("an outbox", () => {
  it("writes what one tick brings in one piece, and what comes meanwhile in the next", async () => {
    const channel = client();
    const outbox = new Outbox(channel, { onBroken: () => undefined });
    outbox.send("a");
    outbox.send("b");
    await tick();
    outbox.send("c");
    outbox.send("d");
    await tick();
    expect(channel.written).toEqual(["a\nb\n"]);
    channel.take();
    await tick();
    expect(channel.written).toEqual(["a\nb\n", "c\nd\n"]);
  });

  it("asks producers to pause until the client has read", async () => {
    const channel = client();
    const outbox = new Outbox(channel, { onBroken: () => undefined });
    let drained = false;
    outbox.send("x".repeat(FULL_AT));
    expect(outbox.isFull).toBe(true);
    void outbox.drained().then(() => (drained = true));
    await tick();
    expect(drained).toBe(false);
    channel.take();
    await tick();
    expect(drained).toBe(true);
    expect(outbox.isFull).toBe(false);
  });

  it("lets everybody go when the client is gone, says so once, and takes nothing more", async () => {
    const channel = client();
    let broken = 0;
    const outbox = new Outbox(channel, { onBroken: () => broken++ });
    outbox.send("x".repeat(FULL_AT));
    const waiting = Promise.all([outbox.drained(), outbox.flushed()]);
    channel.leave();
    await waiting;
    outbox.send("more");
    await tick();
    expect([broken, channel.written.length, outbox.isFull]).toEqual([1, 1, false]);
  });

  it("tells how much waits once that is too much", () => {
    const told: number[] = [];
    const outbox = new Outbox(client(), { onBroken: () => undefined, onFull: (waiting) => told.push(waiting) });
    outbox.send("x");
    outbox.send("x".repeat(FULL_AT));
    expect(told).toEqual([FULL_AT + 3]);
  });
});
