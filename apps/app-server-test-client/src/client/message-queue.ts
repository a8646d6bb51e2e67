/** Notifications that were received and not looked at yet. */

/** A notification. */
export interface ServerMessage {
  method: string;
  params: unknown;
}

/** A queue with one reader at a time. */
export class MessageQueue {
  readonly #messages: ServerMessage[] = [];
  #wake: (() => void) | null = null;
  #end: Error | null = null;

  push(message: ServerMessage): void {
    this.#messages.push(message);
    this.#wake?.();
  }

  /** Nothing more comes; whoever waits is told why. */
  end(why: Error): void {
    this.#end ??= why;
    this.#wake?.();
  }

  /** The first message that fits; those before it are dropped. @throws the reason of the end */
  async next(fits: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) {
        if (fits(message)) return message;
        continue;
      }
      if (this.#end !== null) throw this.#end;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
