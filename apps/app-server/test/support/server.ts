/** Runs the built executable's app-server beside a fake model, and talks to it as a client does. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { ClientRequestMethod, ClientRequestResult, Thread, Turn } from "@codex-ts/app-server-protocol";
import type { RequestId } from "@codex-ts/protocol";
import {
  type Build,
  executable,
  fakeProviderConfig,
  startFakeModel,
  tempHome,
  type FakeModel,
  type Script,
  type TempHome,
  type TempHomeOptions,
} from "@codex-ts/test-support";

/** What tests read of the parameters of notifications and requests; each has some of these members. */
export interface Params {
  threadId: string;
  turnId: string;
  turn: Turn;
  item: { id: string; type: string; status: string; content: { text: string }[] };
  thread: Thread;
  delta: string;
  willRetry: boolean;
  msg: { type: string };
  tokenUsage: unknown;
}

/** A message of the server. */
export interface Message {
  id?: RequestId;
  method?: string;
  /** Empty where the message has none. */
  params: Params;
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

/** What a test may choose. */
export interface ServerOptions extends Omit<TempHomeOptions, "config"> {
  script?: Script;
  /** Top-level lines of config.toml. */
  config?: string;
  /** The whole of config.toml. */
  wholeConfig?: string;
  flags?: readonly string[];
  env?: Record<string, string>;
  /** Answers to the server's requests by method; "never" leaves them open. */
  answers?: Record<string, unknown>;
  capabilities?: unknown;
  /** The executable unless told otherwise. */
  build?: Build;
}

/** A running server with one client. */
export interface TestServer extends AsyncDisposable {
  home: TempHome;
  model: FakeModel;
  child: ChildProcessWithoutNullStreams;
  /** Everything that was received, in order. */
  received: Message[];
  /** Sends a request and resolves with the whole reply. */
  call(method: string, params?: unknown): Promise<Message>;
  /** The reply's result; fails the test when it is an error. */
  result<Method extends ClientRequestMethod>(method: Method, params?: unknown): Promise<ClientRequestResult<Method>>;
  /** Sends a request without waiting. @returns its id */
  start(method: string, params?: unknown): number;
  reply(id: unknown): Promise<Message>;
  notify(method: string, params?: unknown): void;
  /** Writes bytes as they are. */
  write(bytes: string | Uint8Array): Promise<void>;
  /** Resolves with the first message from now on, or received already, that fits. */
  until(fits: (message: Message) => boolean): Promise<Message>;
  untilNotified(method: string, count?: number): Promise<Message>;
  /** Starts a thread. */
  thread(params?: unknown): Promise<string>;
  /** Starts a turn and resolves with its `turn/completed`. */
  turn(threadId: string, text: string, params?: object): Promise<Message>;
  /** Closes stdin and resolves with the exit code, or the signal. */
  end(): Promise<number | NodeJS.Signals | null>;
  exited: Promise<number | NodeJS.Signals | null>;
  stderr(): string;
}

const text = (words: string): unknown[] => [{ type: "text", text: words, text_elements: [] }];

/** Starts the server and, unless told otherwise, shakes hands. */
export async function startServer(options: ServerOptions = {}, shakeHands = true): Promise<TestServer> {
  const model = await startFakeModel(options.script ?? []);
  const config = options.wholeConfig ?? fakeProviderConfig(model.url, options.config ?? "");
  const home = tempHome({ ...options, config });
  const { command, prefix } = options.build ?? executable();
  const child = spawn(command, [...prefix, "app-server", ...(options.flags ?? [])], {
    cwd: home.workspace,
    env: { ...home.env, ...options.env },
  });
  const client = new Client(child, options.answers ?? {});
  const server: TestServer = {
    home,
    model,
    child,
    received: client.received,
    call: async (method, params) => await client.reply(client.start(method, params)),
    result: async <Method extends ClientRequestMethod>(method: Method, params?: unknown) => {
      const reply = await client.reply(client.start(method, params));
      if (reply.error !== undefined) throw new Error(`${method}: ${reply.error.message}`);
      return reply.result as ClientRequestResult<Method>;
    },
    start: (method, params) => client.start(method, params),
    reply: (id) => client.reply(id),
    notify: (method, params) => client.send({ method, params }),
    write: (bytes) => client.write(bytes),
    until: (fits) => client.until(fits),
    untilNotified: (method, count = 1) => {
      let seen = 0;
      return client.until((message) => message.method === method && ++seen === count);
    },
    thread: async (params = {}) => (await server.result("thread/start", params)).thread.id,
    turn: async (threadId, words, params = {}) => {
      const { turn } = await server.result("turn/start", { threadId, input: text(words), ...params });
      return await client.until(
        ({ method, params: p }) => method === "turn/completed" && p.turn.id === turn.id && p.threadId === threadId,
      );
    },
    end: async () => {
      child.stdin.end();
      return await client.exited;
    },
    exited: client.exited,
    stderr: () => client.stderr,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await client.exited;
      await model.close();
      home[Symbol.dispose]();
    },
  };
  if (shakeHands) {
    const { capabilities } = options;
    await server.result("initialize", {
      clientInfo: { name: "test", title: null, version: "1.0" },
      ...(capabilities === undefined ? {} : { capabilities }),
    });
    server.notify("initialized");
  }
  return server;
}

/** A line as a message. */
export function messageOf(line: string): Message {
  const message = JSON.parse(line) as Message;
  return { ...message, params: message.params ?? ({} as Params) };
}

class Client {
  readonly received: Message[] = [];
  readonly exited: Promise<number | NodeJS.Signals | null>;
  stderr = "";
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: Record<string, unknown>;
  readonly #waiters = new Set<() => void>();
  #nextId = 1;
  #rest = "";
  #gone = false;

  constructor(child: ChildProcessWithoutNullStreams, answers: Record<string, unknown>) {
    this.#child = child;
    this.#answers = answers;
    child.stdin.on("error", () => undefined); // the server may end first; the test sees that
    child.stdout.setEncoding("utf8").on("data", (piece: string) => this.#take(piece));
    child.stderr.setEncoding("utf8").on("data", (piece: string) => (this.stderr += piece));
    this.exited = new Promise((resolve) => {
      child.on("close", (code, signal) => {
        this.#gone = true;
        this.#wake();
        resolve(signal ?? code);
      });
    });
  }

  start(method: string, params?: unknown): number {
    const id = this.#nextId++;
    this.send({ id, method, ...(params === undefined ? {} : { params }) });
    return id;
  }

  send(message: unknown): void {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  write(bytes: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#child.stdin.write(bytes, () => resolve()));
  }

  reply(id: unknown): Promise<Message> {
    return this.until((message) => message.method === undefined && message.id === id);
  }

  async until(fits: (message: Message) => boolean): Promise<Message> {
    for (let at = 0; ; at++) {
      while (at >= this.received.length) {
        if (this.#gone)
          throw new Error(`the server ended; stderr: ${this.stderr}; last: ${JSON.stringify(this.received.slice(-3))}`);
        await new Promise<void>((resolve) => this.#waiters.add(resolve));
      }
      const message = this.received[at];
      if (message !== undefined && fits(message)) return message;
    }
  }

  #take(piece: string): void {
    const lines = (this.#rest + piece).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const message = messageOf(line);
      this.received.push(message);
      if (message.method !== undefined && message.id !== undefined) this.#answer(message);
    }
    this.#wake();
  }

  #answer(message: Message): void {
    const planned = this.#answers[message.method ?? ""];
    const answer = typeof planned === "function" ? planned(message) : planned;
    if (answer === "never" || answer === undefined) return;
    const isError = typeof answer === "object" && answer !== null && "error" in answer;
    this.send({ id: message.id, ...(isError ? { error: answer.error } : { result: answer }) });
  }

  #wake(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}
