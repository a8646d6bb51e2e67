/** Hands output to its one receiver, and keeps what arrives before there is one. */

/** A queue with one reader that may come late. */
export interface Output {
  push(bytes: Uint8Array): void;
  onData(receive: (bytes: Uint8Array) => void): void;
}

/** An empty queue. */
export function createOutput(): Output {
  let receiver: ((bytes: Uint8Array) => void) | null = null;
  let waiting: Uint8Array[] = [];
  return {
    push(bytes) {
      if (receiver === null) waiting.push(bytes);
      else receiver(bytes);
    },
    onData(receive) {
      receiver = receive;
      const early = waiting;
      waiting = [];
      for (const bytes of early) receive(bytes);
    },
  };
}
