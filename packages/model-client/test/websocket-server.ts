/** A websocket server that follows a script, for tests of the websocket wire. It masks nothing and checks that clients do. */

import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { acceptFor } from "../src/websocket/connection.js";

/** What the server does when a message arrives. */
export type Act = (say: Say, message: Record<string, unknown>, index: number) => void;

/** Ways to answer. */
export interface Say {
  event(event: object): void;
  bytes(bytes: Buffer): void;
  close(): void;
  drop(): void;
}

export interface WebSocketServer extends AsyncDisposable {
  url: string;
  handshakes: { url: string; headers: IncomingHttpHeaders }[];
  messages: Record<string, unknown>[];
  /** Payloads of the pongs that came. */
  pongs: string[];
}

/** A frame as servers send it. */
export function frame(opcode: number, payload: string | Buffer, final = true): Buffer {
  const bytes = Buffer.from(payload as string);
  const head =
    bytes.length < 126
      ? Buffer.from([0, bytes.length])
      : bytes.length < 65_536
        ? Buffer.from([0, 126, bytes.length >> 8, bytes.length & 0xff])
        : Buffer.from([0, 127, 0, 0, 0, 0, ...new Uint8Array(new Uint32Array([bytes.length]).buffer).reverse()]);
  head[0] = (final ? 0x80 : 0) | opcode;
  return Buffer.concat([head, bytes]);
}

/** @param refuse answers a handshake with an HTTP reply instead; null accepts it */
export async function startWebSocketServer(
  act: Act,
  options: {
    headers?: Record<string, string>;
    refuse?: (index: number) => { status: number; body: string } | null;
  } = {},
): Promise<WebSocketServer> {
  const handshakes: WebSocketServer["handshakes"] = [];
  const messages: Record<string, unknown>[] = [];
  const pongs: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => void response.writeHead(426).end());
  server.on("upgrade", (request, socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {
      // The client may be gone first.
    });
    handshakes.push({ url: request.url ?? "", headers: request.headers });
    const refusal = options.refuse?.(handshakes.length - 1) ?? null;
    if (refusal !== null) {
      const { status, body } = refusal;
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
      return;
    }
    const extra = Object.entries(options.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
    const accept = acceptFor(request.headers["sec-websocket-key"] ?? "");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n${extra.join("")}\r\n`,
    );
    const say: Say = {
      event: (event) => void socket.write(frame(1, JSON.stringify(event))),
      bytes: (bytes) => void socket.write(bytes),
      close: () => void socket.end(frame(8, "")),
      drop: () => void socket.destroy(),
    };
    let buffer = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let read = readFrame(buffer); read !== null; read = readFrame(buffer)) {
        buffer = buffer.subarray(read.size);
        if (read.opcode === 0xa) pongs.push(read.payload);
        if (read.opcode === 8) socket.end();
        if (read.opcode !== 1) continue;
        const message = JSON.parse(read.payload) as Record<string, unknown>;
        messages.push(message);
        act(say, message, messages.length - 1);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    handshakes,
    messages,
    pongs,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function readFrame(bytes: Buffer): { opcode: number; payload: string; size: number } | null {
  if (bytes.length < 2) return null;
  const second = bytes[1] ?? 0;
  if ((second & 0x80) === 0) throw new Error("a client must mask its frames");
  const short = second & 0x7f;
  const at = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < at + 4) return null;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < at + 4 + length) return null;
  const key = bytes.subarray(at, at + 4);
  const payload = bytes.subarray(at + 4, at + 4 + length).map((byte, n) => byte ^ (key[n % 4] ?? 0));
  return { opcode: (bytes[0] ?? 0) & 0x0f, payload: Buffer.from(payload).toString("utf8"), size: at + 4 + length };
}
