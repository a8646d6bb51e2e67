/** What carries messages: a child's pipes, or HTTP requests. */

import type { OutgoingMessage } from "../rpc/messages.js";

/** Who hears what arrives. */
export interface TransportHandlers {
  /** One piece of JSON. @returns whether somebody waited for it */
  message(value: unknown): boolean;
  /** Nothing will arrive any more; told at most once. */
  closed(reason: Error): void;
}

/** Carries messages both ways. */
export interface Transport {
  /** Called once, before anything is sent. @throws when there is nobody to talk to */
  open(handlers: TransportHandlers): Promise<void>;
  /**
   * Sends a message. Where requests have answers of their own (HTTP), it ends with the answer or throws.
   * @param signal nobody waits for the answer any more
   */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<void>;
  /** What the other side last wrote beside the protocol; not every transport hears such. */
  lastWords?(): string;
  /** Resolves when all that belongs to the connection is gone. */
  close(): Promise<void>;
}

/** Told what happens on a connection; never shown to people unless they ask for logs. */
export type Log = (level: "warn" | "info" | "debug", text: string) => void;

/** More than this in one message ends the connection: it would fill the memory. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** A message that is too long. */
export class MessageTooLong extends Error {
  override readonly name = "MessageTooLong";

  constructor() {
    super(`the server sent a message of more than ${MAX_MESSAGE_BYTES / 1024 / 1024} MiB`);
  }
}
