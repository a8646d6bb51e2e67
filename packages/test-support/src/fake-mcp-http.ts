/** A fake MCP server behind HTTP: the same mind as the one over stdio, with sessions, a push stream and an OAuth issuer. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FakeMcpServer, type FakeMcpScript, type McpMessage } from "./fake-mcp-server.js";

/** How the fake behaves on the wire. */
export interface FakeMcpHttpOptions {
  script?: FakeMcpScript;
  /** Form of answers; JSON unless told otherwise. */
  answers?: "json" | "events";
  /** Gives sessions, and refuses requests of others. */
  sessions?: boolean;
  /** Offers a push stream. */
  pushes?: boolean;
  /** Tokens that are accepted; without it nobody is asked. */
  tokens?: string[];
  /** Whether one can log in. */
  oauth?: boolean;
  /** What the token endpoint gives, one answer after the other; the last one stays. */
  grants?: McpMessage[];
  /** Event streams break before the answer so many times. */
  breaks?: number;
}

/** A request as it came in. */
export interface HttpSeen {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** Parsed JSON, form fields, or null. */
  body: unknown;
}

/** A running fake. */
export interface FakeMcpHttp extends AsyncDisposable {
  /** Address of the MCP endpoint. */
  url: string;
  origin: string;
  seen: HttpSeen[];
  /** Requests of the protocol, in order. */
  methods(): string[];
  /** Says something on the push stream. */
  push(message: McpMessage): void;
  /** How many push streams are open. */
  listeners(): number;
  /** Forgets all sessions. */
  forgetSessions(): void;
}

/** Starts the fake on a port of its own. */
export async function startFakeMcpHttp(options: FakeMcpHttpOptions = {}): Promise<FakeMcpHttp> {
  const fake = new FakeHttp(options);
  const server = createServer((request, response) => void fake.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.origin = origin;
  return {
    url: `${origin}/mcp`,
    origin,
    seen: fake.seen,
    methods: () => fake.seen.flatMap(({ body }) => (isMessage(body) ? [String(body["method"] ?? "answer")] : [])),
    push: (message) => fake.push(message),
    listeners: () => fake.streams.size,
    forgetSessions: () => fake.sessions.clear(),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// helpers

class FakeHttp {
  readonly seen: HttpSeen[] = [];
  readonly streams = new Set<ServerResponse>();
  readonly sessions = new Set<string>();
  origin = "";
  readonly #options: FakeMcpHttpOptions;
  readonly #grants: McpMessage[];
  /** Answers of streams that were broken, by event id. */
  readonly #kept = new Map<string, string>();
  readonly #server: FakeMcpServer;
  #breaks: number;
  #count = 0;
  #open: ((message: McpMessage) => void)[] = [];

  constructor(options: FakeMcpHttpOptions) {
    this.#options = options;
    this.#breaks = options.breaks ?? 0;
    this.#grants = [
      ...(options.grants ?? [{ access_token: "AT1", refresh_token: "RT1", expires_in: 3600, scope: "s1 s2" }]),
    ];
    this.#server = new FakeMcpServer(options.script ?? {}, {
      send: (message) => this.#open.at(-1)?.(message),
      raw: () => undefined,
      exit: () => undefined,
    });
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parse(await textOf(request), request.headers["content-type"] ?? "");
    const path = request.url ?? "/";
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    this.seen.push({ method: request.method ?? "", path, headers, body });
    if (path.startsWith("/mcp")) this.#endpoint(request, response, body);
    else this.#issuer(path, response);
  }

  push(message: McpMessage): void {
    for (const stream of this.streams) stream.write(`data: ${JSON.stringify(message)}\n\n`);
  }

  #issuer(path: string, response: ServerResponse): void {
    if (!this.#options.oauth) return void response.writeHead(404).end();
    if (path === "/.well-known/oauth-authorization-server/mcp") {
      return json(response, {
        authorization_endpoint: `${this.origin}/authorize`,
        token_endpoint: `${this.origin}/token`,
        registration_endpoint: `${this.origin}/register`,
      });
    }
    if (path === "/register") return json(response, { client_id: "cid1" });
    if (path !== "/token") return void response.writeHead(404).end();
    const grant = (this.#grants.length > 1 ? this.#grants.shift() : this.#grants[0]) ?? {};
    json(response, grant, "error" in grant ? 400 : 200);
  }

  #endpoint(request: IncomingMessage, response: ServerResponse, body: unknown): void {
    const { tokens, sessions, pushes } = this.#options;
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    if (tokens !== undefined && !tokens.includes(token)) return void response.writeHead(401).end();
    const session = String(request.headers["mcp-session-id"] ?? "");
    const isGreeting = isMessage(body) && body["method"] === "initialize";
    if (sessions && !isGreeting && !this.sessions.has(session)) return void response.writeHead(404).end();
    if (request.method === "GET") {
      const kept = this.#kept.get(String(request.headers["last-event-id"] ?? ""));
      if (kept !== undefined) return void events(response).end(kept);
      if (!pushes) return void response.writeHead(405).end();
      this.streams.add(events(response));
      response.write(": hello\n\n");
      response.on("close", () => this.streams.delete(response));
      return;
    }
    if (request.method === "DELETE") return void response.writeHead(200).end();
    if (!isMessage(body)) return void response.writeHead(400).end("no JSON");
    if (body["id"] === undefined || body["method"] === undefined) {
      this.#server.receive(body);
      return void response.writeHead(202).end();
    }
    if (sessions && isGreeting) {
      const id = `session-${this.sessions.size + 1}-${this.#count++}`;
      this.sessions.add(id);
      response.setHeader("mcp-session-id", id);
    }
    this.#answer(body, response);
  }

  #answer(message: McpMessage, response: ServerResponse): void {
    const asEvents = this.#options.answers === "events";
    const send = (answer: McpMessage): void => {
      const mine = answer["id"] === message["id"] && answer["method"] === undefined;
      if (!asEvents) {
        if (!mine) return this.push(answer);
        json(response, answer);
      } else {
        if (!response.headersSent) events(response);
        const id = `event-${this.#count++}`;
        const text = `id: ${id}\nevent: message\ndata: ${JSON.stringify(answer)}\n\n`;
        if (mine && this.#breaks > 0) {
          this.#breaks -= 1;
          const before = `event-${this.#count++}`;
          this.#kept.set(before, text);
          response.write(
            `id: ${before}\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{}}\n\n`,
            () => response.destroy(),
          );
        } else response.write(text);
        if (!mine) return;
        response.end();
      }
      this.#open = this.#open.filter((each) => each !== send);
    };
    this.#open.push(send);
    this.#server.receive(message);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}

function parse(text: string, type: string): unknown {
  if (type.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return null; // a test that cares sees it in `seen`
  }
}

function isMessage(body: unknown): body is McpMessage {
  return typeof body === "object" && body !== null && "jsonrpc" in body;
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function events(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { "content-type": "text/event-stream" });
}
