/** A turn's websocket, and what was already said over it. */

import type { ResponsesBody } from "../responses/body.js";
import type { Received, WebSocketConnection } from "./connection.js";

/** Sends whole requests, or only their new items when the server has the rest. */
export class TurnChannel {
  readonly turnState: string | null;
  readonly reasoningIncluded: boolean;
  readonly #connection: WebSocketConnection;
  /** The last request: all but its input, and its items, as JSON. */
  #sent: { settings: string; items: string[] } | null = null;

  constructor(connection: WebSocketConnection, headers: Headers) {
    this.#connection = connection;
    this.turnState = headers.get("x-codex-turn-state");
    this.reasoningIncluded = headers.has("x-reasoning-included");
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** Sends `response.append` when the input goes on where the last request's ended, else `response.create`. */
  request(body: ResponsesBody): void {
    const { input, ...rest } = body;
    const settings = JSON.stringify(rest);
    const items = input.map((item) => JSON.stringify(item));
    const sent = this.#sent;
    const goesOn =
      sent !== null &&
      sent.settings === settings &&
      sent.items.length > 0 &&
      sent.items.length < items.length &&
      sent.items.every((item, index) => item === items[index]);
    this.#connection.send(
      goesOn
        ? JSON.stringify({ type: "response.append", input: input.slice(sent.items.length) })
        : JSON.stringify({ type: "response.create", ...body }),
    );
    this.#sent = { settings, items };
  }

  /** What the server said since the last call. */
  receive(): Promise<Received[]> {
    return this.#connection.receive();
  }

  close(): void {
    this.#connection.close();
  }
}
