/** One client: answers its requests, sends it ours, and matches what comes back. */

import type { InputLine } from "@codex-ts/launch";
import { readMessage, rpcErrors, type RpcId } from "./message.js";

/** A request is answered with this error instead of a result. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a client can ask of us. */
export interface RpcHandler {
  /** The result. @throws {RpcError} */
  request(method: string, params: unknown, id: RpcId): Promise<unknown>;
  notification(method: string, params: unknown): void;
}

/** How a request of ours ended. */
export type RpcReply =
  | { kind: "result"; result: unknown }
  | { kind: "error"; message: string }
  /** The client can no longer answer. */
  | { kind: "disconnected" };

/** What a connection needs. */
export interface RpcConnectionOptions {
  /** Takes a line, without its end. */
  send: (line: string) => void;
  log: (text: string) => void;
}

/** A client. */
export class RpcConnection {
  readonly #options: RpcConnectionOptions;
  readonly #waiting = new Map<RpcId, (reply: RpcReply) => void>();
  #requests = 0;
  #isConnected = true;

  constructor(options: RpcConnectionOptions) {
    this.#options = options;
  }

  /** Takes a line of the client. A blank one says nothing; what is no UTF-8 in another became U+FFFD. */
  receive(line: InputLine, handler: RpcHandler): void {
    if (line.kind === "tooLong") return this.#options.log(`dropped a line of ${line.bytes} bytes`);
    if (line.text.trim() === "") return;
    const message = readMessage(line.text);
    switch (message.kind) {
      case "request":
        return void this.#answer(message.id, handler.request(message.method, message.params, message.id));
      case "notification":
        return handler.notification(message.method, message.params);
      case "response":
        return this.#settle(message.id, { kind: "result", result: message.result });
      case "errorResponse":
        return this.#settle(message.id, { kind: "error", message: message.message });
      case "invalid":
        return this.#sendError(message.id, rpcErrors.invalidRequest, "neither a request nor an answer");
      case "noise":
        return this.#options.log(`not a JSON-RPC message: ${line.text.slice(0, 200)}`);
    }
  }

  /** Tells the client something. */
  notify(method: string, params: object): void {
    this.#send({ jsonrpc: "2.0", method, params });
  }

  /** Asks the client. When the signal fires it is told that the question is gone; there is no reply then. */
  async request(method: string, params: object, signal: AbortSignal): Promise<RpcReply> {
    if (!this.#isConnected) return { kind: "disconnected" };
    const id = this.#requests++;
    return await new Promise((resolve) => {
      const onAbort = (): void => {
        this.#waiting.delete(id);
        this.notify("notifications/cancelled", { requestId: id, reason: "the turn was interrupted" });
      };
      this.#waiting.set(id, (reply) => {
        signal.removeEventListener("abort", onAbort);
        resolve(reply);
      });
      signal.addEventListener("abort", onAbort, { once: true });
      this.#send({ id, jsonrpc: "2.0", method, params });
    });
  }

  /** The client's input has ended: it answers nothing more, but still reads. */
  disconnect(): void {
    this.#isConnected = false;
    for (const id of this.#waiting.keys()) this.#settle(id, { kind: "disconnected" });
  }

  async #answer(id: RpcId, result: Promise<unknown>): Promise<void> {
    try {
      this.#send({ id, jsonrpc: "2.0", result: await result });
    } catch (error) {
      if (!(error instanceof RpcError)) this.#options.log(error instanceof Error ? (error.stack ?? "") : String(error));
      const code = error instanceof RpcError ? error.code : rpcErrors.internal;
      this.#sendError(id, code, error instanceof Error ? error.message : String(error));
    }
  }

  #settle(id: RpcId, reply: RpcReply): void {
    const settle = this.#waiting.get(id);
    if (settle === undefined) return this.#options.log(`an answer to a question that nobody asked: ${id}`);
    this.#waiting.delete(id);
    settle(reply);
  }

  #sendError(id: RpcId, code: number, message: string): void {
    this.#send({ error: { code, message }, id, jsonrpc: "2.0" });
  }

  #send(message: object): void {
    this.#options.send(JSON.stringify(message));
  }
}
