/** One side of a JSON-RPC connection: matches answers with requests, and gives up in an orderly way. */

import type { RequestId } from "@codex-ts/protocol";
import type { Transport } from "../transport/transport.js";
import { Deadline } from "./deadline.js";
import {
  isObject,
  METHOD_NOT_FOUND,
  readMessages,
  type IncomingMessage,
  type JsonObject,
  type OutgoingMessage,
} from "./messages.js";

/** What the other side may want of us. */
export interface PeerHandlers {
  /** Answers a request; undefined: there is no such method. The signal tells that the answer is not wanted any more. */
  request(method: string, params: JsonObject, id: RequestId, signal: AbortSignal): Promise<JsonObject> | undefined;
  notification(method: string): void;
  /** The connection is gone; told once. */
  closed(reason: Error): void;
}

/** How long a request may take, and what ends it before. */
export interface RequestOptions {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** The answer did not come in time. */
export class RequestTimeout extends Error {
  override readonly name = "RequestTimeout";
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super("deadline has elapsed");
    this.timeoutMs = timeoutMs;
  }
}

/** The request was taken back. */
export class RequestCancelled extends Error {
  override readonly name = "RequestCancelled";

  constructor() {
    super("the request was cancelled");
  }
}

/** There is no connection any more. */
export class ConnectionClosed extends Error {
  override readonly name = "ConnectionClosed";
}

interface Pending {
  deadline: Deadline;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** A connection to a server. */
export class Peer {
  readonly #transport: Transport;
  readonly #handlers: PeerHandlers;
  readonly #pending = new Map<RequestId, Pending>();
  readonly #asked = new Map<RequestId, AbortController>();
  #nextId = 0;
  #nextProgressToken = 0;
  #closed: Error | null = null;

  constructor(transport: Transport, handlers: PeerHandlers) {
    this.#transport = transport;
    this.#handlers = handlers;
  }

  /** @throws what the transport says when there is nobody to talk to */
  async open(): Promise<void> {
    await this.#transport.open({
      message: (value) => this.#receive(value),
      closed: (reason) => this.#end(reason),
    });
  }

  /** The greeting: it carries no progress token and cannot be taken back. */
  greet(method: string, params: JsonObject, options: RequestOptions): Promise<unknown> {
    return this.#request(method, params, options, false);
  }

  /**
   * Asks, and waits for the answer. Who gives up tells the other side.
   * @throws {RpcError} {RequestTimeout} {RequestCancelled} {ConnectionClosed} and what the transport says
   */
  request(method: string, params: JsonObject, options: RequestOptions): Promise<unknown> {
    const meta = { progressToken: this.#nextProgressToken++ };
    return this.#request(method, { _meta: meta, ...params }, options, true);
  }

  /** Tells; a connection that is gone is no error. */
  async notify(method: string, params?: JsonObject): Promise<void> {
    await this.#send(notification(method, params), NEVER);
  }

  /** Tells, and waits until the other side has taken it. @throws {RequestTimeout} when it does not within this time */
  async notifyWithin(timeoutMs: number, method: string, params?: JsonObject): Promise<void> {
    const sending = new AbortController();
    const late = Promise.withResolvers<never>();
    const deadline = new Deadline(timeoutMs, () => {
      sending.abort();
      late.reject(new RequestTimeout(timeoutMs));
    });
    try {
      await Promise.race([this.#send(notification(method, params), sending.signal), late.promise]);
    } finally {
      deadline.end();
    }
  }

  /** Stops the clocks of all requests while `work` goes on. */
  async holdingClocks<T>(work: () => Promise<T>): Promise<T> {
    const held = [...this.#pending.values()].map(({ deadline }) => deadline);
    for (const deadline of held) deadline.hold();
    try {
      return await work();
    } finally {
      for (const deadline of held) deadline.release();
    }
  }

  async close(): Promise<void> {
    this.#end(new ConnectionClosed("Transport closed"), false);
    await this.#transport.close();
  }

  #request(method: string, params: JsonObject, options: RequestOptions, cancellable: boolean): Promise<unknown> {
    const { timeoutMs, signal } = options;
    if (this.#closed !== null) return Promise.reject(this.#closed);
    if (signal?.aborted) return Promise.reject(new RequestCancelled());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const sending = new AbortController();
      const giveUp = (error: Error, reason: string): void => {
        if (!this.#pending.has(id)) return;
        settle();
        sending.abort();
        if (cancellable) void this.notify("notifications/cancelled", { requestId: id, reason });
        reject(error);
      };
      const onAbort = (): void => giveUp(new RequestCancelled(), "the user interrupted the call");
      const deadline = new Deadline(timeoutMs, () => giveUp(new RequestTimeout(timeoutMs), "the call took too long"));
      const settle = (): void => {
        this.#pending.delete(id);
        deadline.end();
        signal?.removeEventListener("abort", onAbort);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#pending.set(id, {
        deadline,
        resolve: (result) => (settle(), resolve(result)),
        reject: (error) => (settle(), reject(error)),
      });
      this.#transport
        .send({ jsonrpc: "2.0", id, method, params }, sending.signal)
        .catch((error: unknown) => this.#pending.get(id)?.reject(error));
    });
  }

  async #send(message: OutgoingMessage, signal: AbortSignal): Promise<void> {
    if (this.#closed !== null) return;
    try {
      await this.#transport.send(message, signal);
    } catch {
      // Whoever waits for an answer learns of a broken connection; a notification has nobody who waits.
    }
  }

  /** @returns whether any of it was an answer that we waited for */
  #receive(value: unknown): boolean {
    let wanted = false;
    for (const message of readMessages(value)) wanted = this.#take(message) || wanted;
    return wanted;
  }

  #take(message: IncomingMessage): boolean {
    switch (message.kind) {
      case "answer": {
        const pending = this.#pending.get(message.id);
        pending?.resolve(message.result);
        return pending !== undefined;
      }
      case "failure": {
        const pending = message.id === null ? undefined : this.#pending.get(message.id);
        pending?.reject(message.error);
        return pending !== undefined;
      }
      case "request":
        void this.#answer(message.id, message.method, message.params);
        return false;
      case "notification":
        if (message.method === "notifications/cancelled") this.#dropQuestion(message.params["requestId"]);
        else this.#handlers.notification(message.method);
        return false;
    }
  }

  async #answer(id: RequestId, method: string, params: JsonObject): Promise<void> {
    const controller = new AbortController();
    this.#asked.set(id, controller);
    try {
      const result = await this.#handlers.request(method, params, id, controller.signal);
      if (controller.signal.aborted) return;
      await this.#send(
        result === undefined
          ? { jsonrpc: "2.0", id, error: { code: METHOD_NOT_FOUND, message: `unknown method: ${method}` } }
          : { jsonrpc: "2.0", id, result },
        NEVER,
      );
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await this.#send({ jsonrpc: "2.0", id, error: { code: -32603, message } }, NEVER);
    } finally {
      this.#asked.delete(id);
    }
  }

  #dropQuestion(id: unknown): void {
    if (typeof id === "string" || typeof id === "number") this.#asked.get(id)?.abort();
  }

  #end(reason: Error, tell = true): void {
    if (this.#closed !== null) return;
    this.#closed = reason;
    for (const controller of this.#asked.values()) controller.abort();
    for (const pending of this.#pending.values()) pending.reject(reason);
    if (tell) this.#handlers.closed(reason);
  }
}

const NEVER = new AbortController().signal;

function notification(method: string, params: JsonObject | undefined): OutgoingMessage {
  return params === undefined ? { jsonrpc: "2.0", method } : { jsonrpc: "2.0", method, params };
}

/** A result that must be an object. @throws {Error} with the text that is known for it */
export function objectResult(result: unknown): JsonObject {
  if (!isObject(result)) throw new Error("Unexpected response type");
  return result;
}
