/** Serves clients over WebSocket: every message of theirs is one JSON-RPC message, on however many lines it is written. */

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Channel } from "./channel.js";
import type { Listener } from "./listen.js";
import { ListenError, type ListenPlace } from "./listen-address.js";
import { MAX_LINE_BYTES } from "@codex-ts/launch";
import { presents } from "./token.js";

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LINE_END = new Uint8Array([NEWLINE]);

/** @throws {ListenError} */
export async function listenOnWebSocket(
  { host, port }: Extract<ListenPlace, { kind: "ws" }>,
  token: string | null,
  serve: (channel: Channel) => Promise<void>,
): Promise<Listener> {
  const http = createServer((_request, response) => response.writeHead(426, { upgrade: "websocket" }).end());
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_LINE_BYTES });
  http.on("upgrade", (request, socket, head) => {
    const refusal = refusalOf(request, token);
    if (refusal !== null) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (client) => void serve(webSocketChannel(client)));
  });
  await new Promise<void>((resolve, reject) => {
    http.once("error", (error) => reject(new ListenError(`cannot listen on ${host}:${port}: ${error.message}`)));
    http.listen(port, host, resolve);
  });
  const bound = http.address() as AddressInfo;
  return {
    address: `ws://${host.includes(":") ? `[${host}]` : host}:${bound.port}`,
    close: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}

// helpers

/** Why a client is not let in. Web pages are not: a page in a browser must not command the agent of whoever looks at it. */
function refusalOf({ headers }: IncomingMessage, token: string | null): string | null {
  if (headers.origin !== undefined) return "403 Forbidden";
  return token !== null && !presents(headers.authorization, token) ? "401 Unauthorized" : null;
}

function webSocketChannel(client: WebSocket): Channel {
  const arrived: Uint8Array[] = [];
  let wake: (() => void) | null = null;
  let open = true;
  const notify = (): void => wake?.();
  client.on("message", (data) => {
    arrived.push(onOneLine(bytesOf(data)), LINE_END);
    client.pause();
    notify();
  });
  client.on("error", notify); // followed by `close`
  client.on("close", () => {
    open = false;
    notify();
  });
  async function* input(): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield* arrived.splice(0);
      if (arrived.length > 0) continue;
      if (!open) return;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      client.resume();
      await woken;
    }
  }
  return {
    input: input(),
    write: (text) => sendAll(client, text),
    close: () => client.terminate(),
  };
}

/** A batch of lines goes out as one message for each. */
function sendAll(client: WebSocket, text: string): Promise<void> {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Promise((resolve, reject) => {
    lines.forEach((line, index) => {
      const last = index === lines.length - 1;
      client.send(line, (error) => {
        if (error) reject(error);
        else if (last) resolve();
      });
    });
  });
}

/** A carriage return is to JSON what a newline is: a blank between its parts, and an error inside its strings. */
function onOneLine(bytes: Uint8Array): Uint8Array {
  return bytes.includes(NEWLINE) ? bytes.map((byte) => (byte === NEWLINE ? CARRIAGE_RETURN : byte)) : bytes;
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
