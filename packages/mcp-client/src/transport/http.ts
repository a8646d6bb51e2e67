/** A server behind a URL (streamable HTTP): every message is a POST, answers are JSON or a stream of events. */

import type { OutgoingMessage } from "../rpc/messages.js";
import { readEvents } from "./event-stream.js";
import { PushStream } from "./push-stream.js";
import { MAX_MESSAGE_BYTES, MessageTooLong, type Log, type Transport, type TransportHandlers } from "./transport.js";

/** As much of `fetch` as is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Who we are to the server. */
export interface Authorization {
  /** Headers that say it; none where there is nothing to say. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** The server did not accept these. @returns whether there are others to try */
  renew(refused: Readonly<Record<string, string>>): Promise<boolean>;
}

/** How to reach a server. */
export interface HttpTarget {
  url: string;
  /** Sent with every request. */
  headers: Readonly<Record<string, string>>;
  authorization: Authorization;
  fetch: Fetch;
  log: Log;
}

/** The server wants to know who we are. */
export class UnauthorizedError extends Error {
  override readonly name = "UnauthorizedError";

  constructor() {
    super("Auth required");
  }
}

/** The server does not know our session any more; a new greeting gives another. */
export class SessionExpired extends Error {
  override readonly name = "SessionExpired";
  readonly sessionId: string;

  constructor(sessionId: string) {
    super("the server has forgotten the session");
    this.sessionId = sessionId;
  }
}

/** The server took a request and did not answer it. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

/** How long the goodbye may take. */
const GOODBYE_MS = 1_000;

/** How often an answer whose stream broke is asked for again. */
const RESUMPTIONS = 3;

/** The status of a server that does not know the method, for good. */
const NOT_IMPLEMENTED = 501;

/** How much of an error's body is told. */
const ERROR_TEXT_LENGTH = 500;

/** A tool may work for longer than the minutes after which Bun's fetch gives up; other runtimes ignore it. */
const NO_TIMEOUT = { timeout: false };

/** HTTP requests to one server. */
export class HttpTransport implements Transport {
  readonly #target: HttpTarget;
  readonly #closing = new AbortController();
  readonly #push: PushStream;
  #handlers: TransportHandlers | null = null;
  #sessionId: string | null = null;
  #protocolVersion: string | null = null;

  constructor(target: HttpTarget) {
    this.#target = target;
    this.#push = new PushStream({
      get: (headers, signal) => this.#openPush(headers, signal),
      deliver: (data) => this.#deliver(data),
      signal: this.#closing.signal,
    });
  }

  open(handlers: TransportHandlers): Promise<void> {
    this.#handlers = handlers;
    return Promise.resolve();
  }

  /** The version that was agreed on: sent with every request from now on. */
  agreeOn(protocolVersion: string): void {
    this.#protocolVersion = protocolVersion;
  }

  /** Begins a new session with the next greeting. @returns false when that has happened already */
  forgetSession(sessionId: string): boolean {
    if (this.#sessionId !== sessionId) return false;
    this.#sessionId = null;
    this.#protocolVersion = null;
    this.#push.stop();
    return true;
  }

  async send(message: OutgoingMessage, signal: AbortSignal): Promise<void> {
    const headers = { "content-type": "application/json", accept: "text/event-stream, application/json" };
    const both = AbortSignal.any([signal, this.#closing.signal]);
    const response = await this.#fetch("POST", JSON.stringify(message), headers, both);
    this.#sessionId = response.headers.get("mcp-session-id") ?? this.#sessionId;
    if ("method" in message && "id" in message) return await this.#readAnswer(response, message.id, both);
    // Nobody waits for what a server says to anything but a request, and it may take its time to say it.
    void this.#readAnswer(response, null, both).catch((error: unknown) =>
      this.#target.log("debug", `its reply to a message without an answer broke: ${String(error)}`),
    );
    // The server may talk by itself from the moment at which we said that we are ready.
    if ("method" in message && message.method === "notifications/initialized") this.#push.begin();
  }

  async close(): Promise<void> {
    const sessionId = this.#sessionId;
    this.#closing.abort();
    if (sessionId === null) return;
    try {
      const response = await this.#fetch("DELETE", undefined, {}, AbortSignal.timeout(GOODBYE_MS));
      await response.body?.cancel();
    } catch {
      // The server forgets sessions by itself; the goodbye is a courtesy.
    }
  }

  /** @throws {UnauthorizedError} {SessionExpired} {Error} for every answer that is no success */
  async #fetch(
    method: "GET" | "POST" | "DELETE",
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const { authorization, url } = this.#target;
      const sessionId = this.#sessionId;
      const identity = await authorization.headers();
      const response = await this.#target.fetch(url, {
        method,
        headers: { ...this.#target.headers, ...identity, ...this.#ownHeaders(), ...headers },
        signal,
        ...(body === undefined ? {} : { body }),
        ...NO_TIMEOUT,
      });
      if (response.ok) return response;
      if (response.status === 401) {
        await response.body?.cancel();
        if (attempt === 1 && (await authorization.renew(identity))) continue;
        throw new UnauthorizedError();
      }
      if (response.status === 404 && sessionId !== null) {
        await response.body?.cancel();
        throw new SessionExpired(sessionId);
      }
      const text = (await readText(response)).slice(0, ERROR_TEXT_LENGTH);
      throw new HttpError(response.status, text);
    }
  }

  /** Gives null when the server has no such stream for us; the requests show why, and their errors are told. */
  async #openPush(headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response | null> {
    try {
      return await this.#fetch("GET", undefined, { ...headers, accept: "text/event-stream" }, signal);
    } catch (error) {
      const refused = error instanceof HttpError && (error.status < 500 || error.status === NOT_IMPLEMENTED);
      if (refused || error instanceof UnauthorizedError || error instanceof SessionExpired) return null;
      throw error;
    }
  }

  #ownHeaders(): Record<string, string> {
    return {
      ...(this.#sessionId === null ? {} : { "mcp-session-id": this.#sessionId }),
      ...(this.#protocolVersion === null ? {} : { "mcp-protocol-version": this.#protocolVersion }),
    };
  }

  async #readAnswer(response: Response, id: unknown, signal: AbortSignal): Promise<void> {
    const type = response.headers.get("content-type") ?? "";
    if (type.startsWith("text/event-stream")) return await this.#readStream(response, id, signal);
    const text = await readText(response);
    const answered = text.trim() !== "" && this.#deliver(text);
    if (id !== null && !answered) throw new NoAnswerError(`the server's reply holds no answer (${type || "no type"})`);
  }

  /** Reads until the answer; a stream that breaks before it is taken up again where the server allows it. */
  async #readStream(first: Response, id: unknown, signal: AbortSignal): Promise<void> {
    let lastEventId: string | null = null;
    let response = first;
    for (let resumption = 0; ; resumption++) {
      let problem: unknown = new NoAnswerError("the stream ended before the answer");
      try {
        for await (const event of readEvents(bodyOf(response))) {
          lastEventId = event.id ?? lastEventId;
          // What comes behind the answer of a request is of no use to it.
          if (this.#deliver(event.data) && id !== null) return;
        }
        if (id === null) return;
      } catch (error) {
        problem = error;
      }
      if (signal.aborted || lastEventId === null || resumption === RESUMPTIONS || problem instanceof MessageTooLong) {
        throw problem;
      }
      const headers = { accept: "text/event-stream", "last-event-id": lastEventId };
      response = await this.#fetch("GET", undefined, headers, signal);
    }
  }

  #deliver(text: string): boolean {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#target.log("warn", `sent something that is no JSON: ${text.slice(0, 200)}`);
      return false;
    }
    return this.#handlers?.message(value) ?? false;
  }
}

/** The server refused a request. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;

  constructor(status: number, text: string) {
    super(`HTTP status ${status}${text.trim() === "" ? "" : `: ${text.trim()}`}`);
    this.status = status;
  }
}

// helpers

function bodyOf(response: Response): ReadableStream<Uint8Array> {
  return response.body ?? new ReadableStream({ start: (controller) => controller.close() });
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of bodyOf(response)) {
    size += chunk.length;
    if (size > MAX_MESSAGE_BYTES) throw new MessageTooLong();
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join("");
}
