/** One client: its handshake, its requests one after another, and what is sent to it. */

import {
  type ClientRequest,
  ERROR_CODES,
  failure,
  parseClientRequest,
  type ServerNotification,
  UnknownMethodError,
} from "@codex-ts/app-server-protocol";
import { type InputLine, LineSplitter, type Outbox } from "@codex-ts/launch";
import { type RequestId, WireFormatError } from "@codex-ts/protocol";
import type { Channel } from "../transport/channel.js";
import { AskedQuestions, type ClientAnswer } from "./asked-questions.js";
import type { Call, Methods } from "./call.js";
import { checkClientName, type ClientFacts } from "./handshake.js";
import { readLine } from "./incoming.js";
import { servedMethod } from "./method-table.js";
import { invalidRequest, messageOf, RpcError } from "./rpc-error.js";
import type { AppServer } from "../server/app-server.js";

/** Requests that may run beside each other; the one behind them waits, and so does everything behind it. */
const MAX_BACKGROUND = 64;

/** A client's connection. */
export class Connection {
  readonly #server: AppServer;
  readonly #channel: Channel;
  readonly #outbox: Outbox;
  readonly #asked = new AskedQuestions();
  readonly #background = new Set<Promise<void>>();
  #client: ClientFacts | null = null;

  constructor(server: AppServer, channel: Channel, outbox: Outbox) {
    this.#server = server;
    this.#channel = channel;
    this.#outbox = outbox;
  }

  /** Who the client said it is; null before the handshake. */
  get client(): ClientFacts | null {
    return this.#client;
  }

  /** Reads and serves requests until the client says no more. */
  async serve(): Promise<void> {
    const splitter = new LineSplitter();
    for await (const piece of this.#channel.input) {
      for (const line of splitter.take(piece)) await this.#take(line);
    }
    const last = splitter.end();
    if (last !== null) await this.#take(last);
  }

  /** Sends a notification, unless the client does not want it. */
  notify(notification: ServerNotification): void {
    if (this.#client?.unwanted.has(notification.method)) return;
    this.#outbox.send(JSON.stringify(notification));
  }

  /** Sends a message that is text already. */
  sendText(text: string): void {
    this.#outbox.send(text);
  }

  /** Hands over what was sent before work begins that would hold it up. */
  push(): void {
    this.#outbox.push();
  }

  /** Asks the client. @returns the request's id */
  ask(request: { method: string; params: unknown }, onAnswer: (answer: ClientAnswer) => void): RequestId {
    const id = this.#asked.add(onAnswer);
    this.#outbox.send(JSON.stringify({ method: request.method, id, params: request.params }));
    return id;
  }

  /** An answer is not waited for any more. */
  forget(id: RequestId): void {
    this.#asked.forget(id);
  }

  /** The client is gone: what it was asked is answered with nothing. */
  abandon(): void {
    this.#asked.abandon();
  }

  /** Resolves when everything was sent, or cannot be sent. */
  async flushed(): Promise<void> {
    await this.#outbox.flushed();
  }

  close(): void {
    this.#channel.close();
  }

  // one line

  async #take(line: InputLine): Promise<void> {
    const incoming = readLine(line);
    switch (incoming.kind) {
      case "blank":
        return;
      case "unusable":
        this.#server.log("error", `unusable line: ${incoming.message}`);
        this.#fail(incoming.id, incoming.code, incoming.message);
        break;
      case "notification":
        this.#server.log("info", `notification: ${incoming.message.method}`);
        return;
      case "response":
        return this.#settle(incoming.message.id, { kind: "result", result: incoming.message.result });
      case "error":
        this.#server.log(
          "warn",
          `the client refused request ${incoming.message.id}: ${incoming.message.error.message}`,
        );
        return this.#settle(incoming.message.id, { kind: "none" });
      case "request":
        await this.#request(incoming.message);
    }
    // A client that does not read its replies does not get more requests served.
    if (this.#outbox.isFull) await this.#outbox.drained();
  }

  #settle(id: RequestId, answer: ClientAnswer): void {
    if (!this.#asked.settle(id, answer)) this.#server.log("warn", `an answer to nothing that was asked: ${id}`);
  }

  async #request(message: { id: RequestId; method: string; params?: unknown }): Promise<void> {
    let request: ClientRequest;
    try {
      request = parseClientRequest(message);
    } catch (error) {
      return this.#failWith(message.id, error);
    }
    if (request.method === "initialize") return this.#initialize(request.id, request.params);
    if (this.#client === null) return this.#fail(request.id, ERROR_CODES.invalidRequest, "Not initialized");
    const served = servedMethod(request.method);
    if (served === null) return this.#failWith(request.id, new UnknownMethodError(request.method, []));
    const running = this.#run(request, served.load);
    if (!served.background) return await running;
    this.#background.add(running);
    void running.finally(() => this.#background.delete(running));
    if (this.#background.size >= MAX_BACKGROUND) await Promise.race(this.#background);
  }

  async #run(request: ClientRequest, load: () => Promise<Methods>): Promise<void> {
    const reply = new Reply(request.id, this.#outbox);
    try {
      const [methods, engine] = await Promise.all([load(), this.#server.engine()]);
      const call: Call = {
        engine,
        connection: this,
        reply: (result) => reply.send(result),
        afterReply: (action) => reply.onSent(action),
      };
      // The table pairs each method with its parameters; a lookup by a name that is only known at run time loses that.
      const method = methods[request.method] as ((params: unknown, call: Call) => unknown) | undefined;
      if (method === undefined) throw new UnknownMethodError(request.method, []);
      reply.send(await method(request.params ?? null, call));
    } catch (error) {
      if (!(error instanceof RpcError || error instanceof WireFormatError)) this.#server.report(error, request.method);
      if (!reply.sent) this.#failWith(request.id, error);
    }
  }

  #initialize(id: RequestId, params: Parameters<typeof checkClientName>[0]): void {
    if (this.#client !== null) return this.#fail(id, ERROR_CODES.invalidRequest, "Already initialized");
    try {
      this.#client = checkClientName(params);
    } catch (error) {
      return this.#failWith(id, error);
    }
    const reply = new Reply(id, this.#outbox);
    reply.send(this.#server.welcome(this.#client));
    void this.#server.welcomed(this);
  }

  #failWith(id: RequestId, error: unknown): void {
    if (error instanceof RpcError) return this.#fail(id, error.code, error.message, error.data);
    if (error instanceof UnknownMethodError) {
      return this.#fail(id, ERROR_CODES.methodNotFound, `Invalid request: unknown variant \`${error.method}\``);
    }
    if (error instanceof WireFormatError) {
      const { message, code } = invalidRequest(`Invalid request: ${error.detail}`);
      return this.#fail(id, code, message);
    }
    this.#fail(id, ERROR_CODES.internalError, messageOf(error));
  }

  #fail(id: RequestId | null, code: number, message: string, data?: unknown): void {
    this.#outbox.send(JSON.stringify(failure(id, code, message, data)));
  }
}

/** The one reply of a request. */
class Reply {
  readonly #id: RequestId;
  readonly #outbox: Outbox;
  readonly #after: (() => void)[] = [];
  sent = false;

  constructor(id: RequestId, outbox: Outbox) {
    this.#id = id;
    this.#outbox = outbox;
  }

  send(result: unknown): void {
    if (this.sent) return;
    this.sent = true;
    this.#outbox.send(JSON.stringify({ id: this.#id, result }));
    for (const action of this.#after) action();
  }

  onSent(action: () => void): void {
    this.#after.push(action);
  }
}
