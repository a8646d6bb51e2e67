/**
 * A fake MCP server: what it answers, by a script. Run as a program it speaks over stdin and stdout; the script is its
 * first argument, as JSON. It imports nothing of this package, so that Node can run the file as it stands.
 */

import { spawn } from "node:child_process";
import { appendFileSync, existsSync } from "node:fs";

/** A JSON-RPC message. */
export type McpMessage = Record<string, unknown>;

/** How the fake behaves. Everything may be left out. */
export interface FakeMcpScript {
  /** Tools it lists; {@link fakeTools} unless told otherwise. */
  tools?: McpMessage[];
  /** Tools on one page of the list. */
  pageSize?: number;
  /** The last page names the first cursor again. */
  circularPages?: boolean;
  /** What it does when it is greeted. */
  greeting?: "answer" | "hang" | "exit" | "error" | "garbage" | "protocol";
  /** The greeting is answered when this file exists. */
  greetsAfter?: string;
  /** `tools/list` is never answered. */
  hangingList?: boolean;
  capabilities?: McpMessage;
  /** File to which every message it gets is appended, one a line; also `pid N`, `child N`, `eof` and `term`. */
  record?: string;
  /** It goes on when its stdin is closed. */
  staysAfterEof?: boolean;
  /** SIGTERM does not end it. */
  ignoresTerm?: boolean;
  /** It starts a process that stays. */
  startsChild?: boolean;
  /** Lines it writes before anything else. */
  chatter?: string[];
  /** Text it writes to stderr at the start. */
  stderr?: string;
}

const text = (value: string): McpMessage => ({ type: "text", text: value });
const object = (properties: McpMessage, required: string[] = []): McpMessage => ({
  type: "object",
  properties,
  required,
});
const tool = (name: string, inputSchema: McpMessage = object({})): McpMessage => ({
  name,
  description: `The tool ${name}.`,
  inputSchema,
});

/** What the fake can do, one tool for each thing. */
export const fakeTools: McpMessage[] = [
  tool("echo", object({ q: { type: "string" } }, ["q"])),
  ...[
    "image",
    "mixed",
    "structured",
    "failing",
    "refusing",
    "empty",
    "environment",
    "exit",
    "flood",
    "huge",
    "garbage",
  ].map((name) => tool(name)),
  ...["hang", "ask", "ask_nobody", "grow", "progress", "stray"].map((name) => tool(name)),
];

/** What a tool answers; null: nothing. */
export type FakeAnswer = { result: McpMessage } | { error: McpMessage } | null;

/** The fake's mind, without a wire. */
export class FakeMcpServer {
  readonly script: FakeMcpScript;
  readonly #send: (message: McpMessage) => void;
  readonly #raw: (text: string) => void;
  readonly #exit: () => void;
  readonly #asked = new Map<unknown, (answer: McpMessage) => void>();
  #questions = 0;
  #tools: McpMessage[];

  constructor(
    script: FakeMcpScript,
    wire: { send: (message: McpMessage) => void; raw: (text: string) => void; exit: () => void },
  ) {
    this.script = script;
    this.#tools = script.tools ?? fakeTools;
    this.#send = wire.send;
    this.#raw = wire.raw;
    this.#exit = wire.exit;
  }

  /** Takes one message. */
  receive(message: McpMessage): void {
    const { id, method } = message;
    if (method === undefined) {
      this.#asked.get(id)?.(message);
      this.#asked.delete(id);
    } else if (id !== undefined) void this.#answer(id, String(method), (message["params"] ?? {}) as McpMessage);
  }

  async #answer(id: unknown, method: string, params: McpMessage): Promise<void> {
    if (method === "initialize") await this.#greet();
    const answer = await this.#respond(method, params);
    if (answer !== null) this.#send({ jsonrpc: "2.0", id, ...answer });
  }

  async #greet(): Promise<void> {
    const { greeting = "answer", greetsAfter } = this.script;
    if (greetsAfter !== undefined) await appears(greetsAfter);
    if (greeting === "exit") this.#exit();
    if (greeting === "garbage") this.#raw("this is not JSON\n");
  }

  async #respond(method: string, params: McpMessage): Promise<FakeAnswer> {
    switch (method) {
      case "initialize":
        return this.#initialize();
      case "tools/list":
        return this.script.hangingList ? null : { result: this.#page(params["cursor"]) };
      case "tools/call":
        return await this.#call(String(params["name"]), (params["arguments"] ?? {}) as McpMessage, params);
      case "resources/list":
        return params["cursor"] === undefined
          ? { result: { resources: [{ uri: "mem://a", name: "a", mimeType: "text/plain" }], nextCursor: "next" } }
          : { result: { resources: [{ uri: "mem://b", name: "b" }] } };
      case "resources/templates/list":
        return { result: { resourceTemplates: [{ uriTemplate: "mem://{name}", name: "any" }] } };
      case "resources/read":
        return params["uri"] === "mem://none"
          ? { error: { code: -32002, message: "no such resource", data: { uri: "mem://none" } } }
          : { result: { contents: [{ uri: params["uri"], mimeType: "text/plain", text: "content" }] } };
      case "codex/sandbox-state/update":
      case "ping":
        return { result: {} };
      default:
        return { error: { code: -32601, message: `unknown method ${method}` } };
    }
  }

  #initialize(): FakeAnswer {
    const { greeting = "answer" } = this.script;
    if (greeting === "error") return { error: { code: -32000, message: "not today" } };
    if (greeting === "hang" || greeting === "exit" || greeting === "garbage") return null;
    return {
      result: {
        protocolVersion: greeting === "protocol" ? "1999-01-01" : "2025-06-18",
        capabilities: this.script.capabilities ?? { tools: { listChanged: true }, resources: {} },
        serverInfo: { name: "fake", version: "1.0.0" },
      },
    };
  }

  #page(cursor: unknown): McpMessage {
    const { pageSize = this.#tools.length, circularPages = false } = this.script;
    const from = cursor === undefined ? 0 : Number(cursor);
    const to = from + pageSize;
    const next = to < this.#tools.length ? String(to) : circularPages ? "0" : undefined;
    return { tools: this.#tools.slice(from, to), ...(next === undefined ? {} : { nextCursor: next }) };
  }

  async #call(name: string, args: McpMessage, params: McpMessage): Promise<FakeAnswer> {
    switch (name) {
      case "echo":
        return { result: { content: [text(`echo: ${String(args["q"])}`)] } };
      case "image":
        return { result: { content: [text("cap"), { type: "image", mimeType: "image/png", data: "QUJD" }] } };
      case "mixed":
        return {
          result: {
            content: [
              { type: "image", mimeType: "image/png", data: "QUJD" },
              { type: "audio", mimeType: "audio/wav", data: "QUJD" },
            ],
          },
        };
      case "structured":
        return { result: { content: [text("ignored")], structuredContent: { b: 1, a: { d: 2, c: [3] } } } };
      case "failing":
        return { result: { content: [text("it went wrong")], isError: true } };
      case "refusing":
        return { error: { code: -32042, message: "bad rpc", data: { q: 1 } } };
      case "empty":
        return { result: {} };
      case "environment":
        return { result: { content: [text(JSON.stringify({ env: process.env, cwd: process.cwd() }))] } };
      case "exit":
        this.#exit();
        return null;
      case "huge":
        return { result: { content: [text("x".repeat(Number(args["size"] ?? 1_000_000)))] } };
      case "garbage":
        this.#raw('{"jsonrpc":\n[1,2]\n"word"\n\n{"jsonrpc":"2.0","id":4711,"result":{}}\n');
        return { result: { content: [text("after garbage")] } };
      case "flood":
        for (let n = 0; n < Number(args["count"] ?? 20_000); n++) {
          this.#send({
            jsonrpc: "2.0",
            method: "notifications/message",
            params: { level: "info", data: "x".repeat(100) },
          });
        }
        return { result: { content: [text("flooded")] } };
      case "ask":
      case "ask_nobody":
        return await this.#ask(args);
      case "grow":
        this.#tools = [...this.#tools, tool("grown")];
        this.#send({ jsonrpc: "2.0", method: "notifications/tools/list_changed" });
        return { result: { content: [text("grown")] } };
      case "progress": {
        const meta = params["_meta"] as McpMessage | undefined;
        const progress = { progressToken: meta?.["progressToken"], progress: 1, total: 2 };
        this.#send({ jsonrpc: "2.0", method: "notifications/progress", params: progress });
        return { result: { content: [text("done")] } };
      }
      case "stray": {
        const answer = await this.#request("roots/list", {});
        return { result: { content: [text(JSON.stringify(answer["error"] ?? answer["result"]))] } };
      }
      case "hang":
        return null;
      default:
        return { error: { code: -32602, message: `unknown tool ${name}` } };
    }
  }

  /** Asks the user, and answers with what they said. */
  async #ask(args: McpMessage): Promise<FakeAnswer> {
    const requestedSchema = object({ name: { type: "string" } }, ["name"]);
    const answer = await this.#request("elicitation/create", {
      message: String(args["q"] ?? "who are you?"),
      requestedSchema,
    });
    return { result: { content: [text(JSON.stringify(answer["result"] ?? answer["error"]))] } };
  }

  #request(method: string, params: McpMessage): Promise<McpMessage> {
    const id = this.#questions++;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#send({ jsonrpc: "2.0", id, method, params });
    });
  }
}

async function appears(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 5));
}

if (import.meta.main) serveStdio(JSON.parse(process.argv[2] ?? "{}") as FakeMcpScript);

function serveStdio(script: FakeMcpScript): void {
  const note = (line: string): void => {
    if (script.record !== undefined) appendFileSync(script.record, `${line}\n`);
  };
  const server = new FakeMcpServer(script, {
    send: (message) => process.stdout.write(`${JSON.stringify(message)}\n`),
    raw: (raw) => process.stdout.write(raw),
    exit: () => process.exit(7),
  });
  note(`pid ${process.pid}`);
  if (script.startsChild) note(`child ${spawn("sleep", ["600"], { stdio: "ignore" }).pid}`);
  for (const line of script.chatter ?? []) process.stdout.write(`${line}\n`);
  if (script.stderr !== undefined) process.stderr.write(script.stderr);
  process.on("SIGTERM", () => {
    note("term");
    if (!script.ignoresTerm) process.exit(0);
  });
  if (script.staysAfterEof || script.startsChild) setInterval(() => undefined, 1_000);
  let rest = "";
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      note(line);
      server.receive(JSON.parse(line) as McpMessage);
    }
  });
  process.stdin.on("end", () => {
    note("eof");
    if (!script.staysAfterEof) process.exit(0);
  });
}
