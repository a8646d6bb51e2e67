/** A local server that answers each path as told and remembers what it was asked. */

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ModelProviderInfo } from "@codex-ts/config";

/** JSON to answer with, or a status with a text, or lines to stream. */
export type Reply = { json: unknown } | { status: number; body?: string } | { lines: unknown[] };

export interface LocalServerFake extends AsyncDisposable {
  root: string;
  /** `GET /v1/models`, `POST /api/pull {...}`. */
  asked: string[];
}

export async function startLocalServer(replies: Record<string, Reply>): Promise<LocalServerFake> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const name = `${request.method} ${request.url}`;
      asked.push(body === "" ? name : `${name} ${body}`);
      const reply = replies[name] ?? { status: 404 };
      if ("json" in reply) response.end(JSON.stringify(reply.json));
      else if ("lines" in reply)
        response.end(
          reply.lines.map((line) => (typeof line === "string" ? line : `${JSON.stringify(line)}\n`)).join(""),
        );
      else response.writeHead(reply.status).end(reply.body ?? "");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export function provider(id: string, baseUrl: string | null): ModelProviderInfo {
  return {
    id,
    name: "gpt-oss",
    baseUrl,
    envKey: null,
    envKeyInstructions: null,
    experimentalBearerToken: null,
    wireApi: id === "ollama-chat" ? "chat" : "responses",
    queryParams: {},
    httpHeaders: {},
    envHttpHeaders: {},
    requestMaxRetries: 4,
    streamMaxRetries: 5,
    streamIdleTimeoutMs: 300_000,
    requiresOpenaiAuth: false,
    builtIn: true,
  };
}

/** Where nobody listens. */
export const NOBODY = "http://127.0.0.1:9/v1";
