/** A client's WebSocket over node:http, which unlike the global one shows the handshake's headers and refusals. */

import { createHash, randomBytes } from "node:crypto";
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { HeaderMap } from "../http/headers.js";
import { closeFrame, FrameReader, pongFrame, textFrame, type ServerFrame } from "./frames.js";

/** What there is to read, besides pings and pongs, which are dealt with here. */
export type Received = Exclude<ServerFrame, { kind: "ping" | "pong" }> | { kind: "broken"; error: Error };

/** How a handshake ended. */
export type Handshake =
  | { accepted: true; connection: WebSocketConnection; headers: Headers }
  | { accepted: false; status: number; headers: Headers; body: string };

/**
 * Opens a connection.
 * @param url `ws://` or `wss://`
 * @throws what node:http throws when the server cannot be reached
 * @throws the signal's reason when it was aborted
 */
export async function openWebSocket(url: string, headers: HeaderMap, signal: AbortSignal): Promise<Handshake> {
  signal.throwIfAborted();
  const secure = url.startsWith("wss:");
  const { request: send } = secure ? await import("node:https") : await import("node:http");
  const key = randomBytes(16).toString("base64");
  const request = send(url.replace(/^ws/, "http"), {
    headers: {
      ...headers,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": key,
    },
  });
  const abort = (): void => void request.destroy();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await shakeHands(request, acceptFor(key));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function shakeHands(request: ClientRequest, accept: string): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => void readRefusal(response).then(resolve, reject));
    request.on("upgrade", (response: IncomingMessage, socket: Socket, head: Buffer) => {
      if (response.headers["sec-websocket-accept"] !== accept) {
        socket.destroy();
        reject(new Error("the server did not accept the websocket handshake"));
        return;
      }
      const connection = new WebSocketConnection(socket, head);
      resolve({ accepted: true, connection, headers: toHeaders(response.headers) });
    });
    request.end();
  });
}

async function readRefusal(response: IncomingMessage): Promise<Handshake> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks).toString("utf8");
  return { accepted: false, status: response.statusCode ?? 0, headers: toHeaders(response.headers), body };
}

/** What the server must answer to a key, by RFC 6455. */
export function acceptFor(key: string): string {
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}

function toHeaders(headers: IncomingHttpHeaders): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return result;
}

/** An open connection. */
export class WebSocketConnection {
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  #received: Received[] = [];
  #wake: (() => void) | null = null;
  #open = true;

  constructor(socket: Socket, head: Buffer) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    socket.on("error", (error) => this.#end({ kind: "broken", error }));
    socket.on("close", () => this.#end({ kind: "close", code: null }));
    if (head.length > 0) this.#read(head);
  }

  /** Whether messages can still be exchanged. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Sends a text message. */
  send(text: string): void {
    this.#socket.write(textFrame(text));
  }

  /** All that arrived since the last call; waits for something. After a close or a break nothing more comes. */
  async receive(): Promise<Received[]> {
    while (this.#received.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const received = this.#received;
    this.#received = [];
    return received;
  }

  /** Ends the connection; a waiting `receive` hears of it. */
  close(): void {
    if (this.#open) this.#socket.write(closeFrame());
    this.#end({ kind: "close", code: null });
    this.#socket.destroySoon();
  }

  #read(chunk: Buffer): void {
    try {
      for (const frame of this.#frames.push(chunk)) this.#handle(frame);
    } catch (error) {
      this.#end({ kind: "broken", error: error instanceof Error ? error : new Error(String(error)) });
      this.#socket.destroy();
    }
  }

  #handle(frame: ServerFrame): void {
    switch (frame.kind) {
      case "ping":
        this.#socket.write(pongFrame(frame.payload));
        return;
      case "pong":
        return;
      case "close":
        this.#end(frame);
        this.#socket.destroySoon();
        return;
      case "text":
      case "binary":
        this.#deliver(frame);
    }
  }

  #end(last: Received): void {
    if (!this.#open) return;
    this.#open = false;
    this.#deliver(last);
  }

  #deliver(item: Received): void {
    this.#received.push(item);
    this.#wake?.();
    this.#wake = null;
  }
}
