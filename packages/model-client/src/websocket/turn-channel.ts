/** A turn's websocket, and what was already said over it. */

import { bodyText, type ResponsesBody } from "../responses/body.js";
import type { Received, WebSocketConnection } from "./connection.js";

/** Sends whole requests, or only their new items when the server has the rest. */
export class TurnChannel {
  readonly turnState: string | null;
  readonly reasoningIncluded: boolean;
  readonly #connection: WebSocketConnection;
  /** The last request: all but its input, and its items, as JSON. */
  #sent: { settings: string; input: readonly string[] } | null = null;

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
    const settings = JSON.stringify([body.head, body.tail]);
    const { input } = body;
    const sent = this.#sent;
    const goesOn =
      sent !== null &&
      sent.settings === settings &&
      sent.input.length > 0 &&
      sent.input.length < input.length &&
      sent.input.every((item, index) => item === input[index]);
    this.#connection.send(
      goesOn
        ? `{"type":"response.append","input":[${input.slice(sent.input.length).join(",")}]}`
        : bodyText({ ...body, head: { type: "response.create", ...body.head } }),
    );
    this.#sent = { settings, input };
  }

  /** What the server said since the last call. */
  receive(): Promise<Received[]> {
    return this.#connection.receive();
  }

  close(): void {
    this.#connection.close();
  }
}
