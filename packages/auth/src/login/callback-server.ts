/** The server on 127.0.0.1 that a browser comes back to. */

import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { LoginError } from "./errors.js";

/** Answers one request. */
export type CallbackHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

/** A server that listens. */
export interface CallbackServer {
  readonly port: number;
  onRequest(handler: CallbackHandler): void;
  close(): void;
}

const HOST = "127.0.0.1";
const ATTEMPTS = 10;
const ATTEMPT_PAUSE_MS = 200;
const CANCEL_TIMEOUT_MS = 2_000;

/**
 * Listens on a port of this machine. If another login holds the port, it is asked once to give it up.
 * @throws LoginError
 */
export async function listenForCallback(port: number): Promise<CallbackServer> {
  const { createServer } = await import("node:http");
  let handler: CallbackHandler | null = null;
  const server = createServer(guarded(() => handler));
  for (let attempt = 1; ; attempt++) {
    try {
      await listen(server, port);
      break;
    } catch (error) {
      if (!isPortTaken(error)) {
        throw new LoginError(
          `cannot listen on ${HOST}:${port}: ${error instanceof Error ? error.message : String(error)}`,
          error,
        );
      }
      if (attempt === 1) {
        await cancelOther(port);
      }
      if (attempt === ATTEMPTS) {
        throw new LoginError(`Port ${HOST}:${port} is already in use`, error);
      }
      await delay(ATTEMPT_PAUSE_MS);
    }
  }
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    onRequest(next) {
      handler = next;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Only requests for this machine by name are answered, so that no foreign name can be pointed here (DNS rebinding). */
function guarded(handler: () => CallbackHandler | null): RequestListener {
  return (request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    const current = handler();
    if (current === null || !["localhost", HOST].includes(host) || request.method !== "GET") {
      response.writeHead(403, { connection: "close" }).end();
      return;
    }
    const url = URL.parse(request.url ?? "/", `http://${HOST}`);
    if (url === null) {
      response.writeHead(400, { connection: "close" }).end();
      return;
    }
    // `async`: what a handler throws at once must not end the process either.
    void (async () => current(request, response, url))().catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      response.writeHead(500, { connection: "close" }).end(error instanceof Error ? error.message : String(error));
    });
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

async function cancelOther(port: number): Promise<void> {
  try {
    const response = await fetch(`http://${HOST}:${port}/cancel`, { signal: AbortSignal.timeout(CANCEL_TIMEOUT_MS) });
    await response.arrayBuffer();
  } catch {
    // Whoever holds the port speaks another language; the next attempts tell whether it goes away.
  }
}
