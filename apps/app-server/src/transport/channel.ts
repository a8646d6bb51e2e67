/** A client's connection as bytes: every transport is one of these. */

/** Bytes in, text out. */
export interface Channel {
  /** Pieces as they arrive; the next one is read only when it is asked for. Ends with the client's input. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Hands text to the system. Resolves when it was taken, also rejects with the system's error: the client is gone. */
  write(text: string): Promise<void>;
  /** Ends both directions at once. */
  close(): void;
}
