/** A client of an app-server that it starts itself: requests, answers, notifications, and a look at every line. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import {
  type ClientRequestMethod,
  type ClientRequestParams,
  type ClientRequestResult,
  classifyLine,
  parseClientRequestResult,
} from "@codex-ts/app-server-protocol";
import type { RequestId } from "@codex-ts/protocol";
import { MessageQueue, type ServerMessage } from "./message-queue.js";

/** Which way a line went. */
export type Direction = "sent" | "received";

/** How the server is started, and who sees what is said. */
export interface ClientOptions {
  /** The program, and arguments before `app-server`. */
  command: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Sees every line. */
  onLine: (direction: Direction, line: string) => void;
  /** Sees what the server writes to its stderr. */
  onStderr: (text: string) => void;
  /** Answers a request of the server: a result, or an error. */
  onRequest: (method: string, params: unknown) => unknown;
}

/** The server answered with an error. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: number;

  constructor(method: string, code: number, message: string) {
    super(`${method} failed: ${message} (code ${code})`);
    this.code = code;
  }
}

/** The server ended before it answered. */
export class ServerGoneError extends Error {
  override readonly name = "ServerGoneError";
}

interface Waiting {
  method: ClientRequestMethod;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** One running server and its only client. */
export class AppServerClient {
  readonly #options: ClientOptions;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<RequestId, Waiting>();
  readonly #messages = new MessageQueue();
  readonly #exited: Promise<number | null>;
  /** Why nobody answers any more. */
  #end: ServerGoneError | null = null;

  constructor(options: ClientOptions) {
    this.#options = options;
    const [program = "codex", ...args] = options.command;
    this.#child = spawn(program, [...args, "app-server"], { cwd: options.cwd, env: { ...options.env } });
    this.#child.stdin.on("error", () => undefined); // its end says more
    this.#child.stderr.setEncoding("utf8").on("data", options.onStderr);
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#take(line));
    this.#exited = new Promise((resolve) => {
      this.#child.once("error", (error) => this.#gone(`cannot start ${program}: ${error.message}`));
      this.#child.once("close", (code) => {
        this.#gone(`the server ended with code ${code}`);
        resolve(code);
      });
    });
  }

  /** @throws {ServerError} {ServerGoneError} */
  async request<Method extends ClientRequestMethod>(
    method: Method,
    params: ClientRequestParams<Method>,
  ): Promise<ClientRequestResult<Method>> {
    if (this.#end !== null) throw this.#end;
    const id = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { method, resolve, reject });
    this.#send({ method, id, ...(params === null ? {} : { params }) });
    return parseClientRequestResult(method, await promise);
  }

  /** Sends a notification. */
  notify(method: string): void {
    this.#send({ method });
  }

  /** The first notification from here on that fits; each is given out once. @throws {ServerGoneError} */
  next(fits: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    return this.#messages.next(fits);
  }

  /** Closes the server's input. @returns its exit code */
  async close(): Promise<number | null> {
    this.#child.stdin.end();
    return await this.#exited;
  }

  #take(line: string): void {
    this.#options.onLine("received", line);
    const { kind, message } = classifyLine(line);
    switch (kind) {
      case "response":
        return this.#settle(message.id, ({ resolve }) => resolve(message.result));
      case "error": {
        const { code, message: text } = message.error;
        return this.#settle(message.id, ({ method, reject }) => reject(new ServerError(method, code, text)));
      }
      case "request":
        return this.#answer(message.id, message.method, message.params);
      case "notification":
        return this.#messages.push({ method: message.method, params: message.params });
    }
  }

  #settle(id: RequestId, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting !== undefined) how(waiting);
  }

  #answer(id: RequestId, method: string, params: unknown): void {
    try {
      this.#send({ id, result: this.#options.onRequest(method, params) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#send({ error: { code: -32601, message }, id });
    }
  }

  #send(message: unknown): void {
    const line = JSON.stringify(message);
    this.#options.onLine("sent", line);
    this.#child.stdin.write(`${line}\n`);
  }

  #gone(why: string): void {
    this.#end ??= new ServerGoneError(why);
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
    this.#messages.end(this.#end);
  }
}
