/** A `codex app-server` beside us: requests, answers, and what it says and asks. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import type {
  ClientRequestMethod,
  ClientRequestParams,
  ClientRequestResult,
  ServerNotification,
  ServerRequest,
} from "@codex-ts/app-server-protocol";
import type { Executable } from "../child/executable.js";
import { CodexExitError, CodexNotFoundError, CodexOutputError, ServerError } from "../errors.js";

/** Who hears the server. */
export interface ServerListener {
  notification(message: ServerNotification): void;
  /** The result that the server gets. */
  request(message: ServerRequest): Promise<unknown>;
  /** Nothing more comes. */
  ended(error: Error): void;
}

/** How the server is started. */
export interface ServerStart {
  executable: Executable;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
}

/** What a line of the server may have. */
interface ServerLine {
  id?: number;
  method?: string;
  result?: unknown;
  error?: { code: number; message: string };
}

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** How much of stderr is kept, in characters. */
const KEPT_STDERR = 64 * 1024;

/** The running server. It does not keep this process alive while nothing is held. */
export class ServerConnection {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #listener: ServerListener;
  readonly #waiting = new Map<number, Waiting>();
  #requests = 0;
  #held = 0;
  #end: Error | null = null;
  #stderr = "";

  constructor({ executable, args, env }: ServerStart, listener: ServerListener) {
    this.#listener = listener;
    const child = spawn(executable.command, [...executable.prefix, ...args], { env, stdio: "pipe", windowsHide: true });
    this.#child = child;
    child.stdin.on("error", () => undefined); // its end says more
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR);
    });
    child.on("error", (error) => this.#ended(new CodexNotFoundError(executable.command, error)));
    child.on("close", (code, signal) => this.#ended(new CodexExitError(code, signal, this.#stderr)));
    createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) =>
      this.#hear(line),
    );
    this.#keepAlive(false);
  }

  /** Whether it can be used. */
  get isOpen(): boolean {
    return this.#end === null;
  }

  /** @throws {ServerError} {CodexExitError} {CodexNotFoundError} */
  async request<Method extends ClientRequestMethod>(
    method: Method,
    params: ClientRequestParams<Method>,
  ): Promise<ClientRequestResult<Method>> {
    if (this.#end !== null) throw this.#end;
    const id = this.#requests++;
    const result = await new Promise<unknown>((resolve, reject) => {
      this.#send({ id, method, params }); // what is no JSON is thrown, and waits for nothing
      this.#waiting.set(id, { resolve, reject });
    });
    return result as ClientRequestResult<Method>; // the server is ours: its results have their form
  }

  /** Tells the server something that has no answer. */
  notify(method: "initialized"): void {
    this.#send({ method });
  }

  /** Keeps this process alive until the returned function is called. */
  hold(): () => void {
    this.#held += 1;
    if (this.#held === 1) this.#keepAlive(true);
    return () => {
      this.#held -= 1;
      if (this.#held === 0) this.#keepAlive(false);
    };
  }

  /** Lets the server end in good order. */
  async close(): Promise<void> {
    if (this.#end !== null) return;
    const closed = new Promise((resolve) => this.#child.once("close", resolve));
    this.#keepAlive(true);
    this.#child.stdin.end();
    await closed;
  }

  /** Ends the server at once. */
  kill(): void {
    this.#child.kill();
  }

  #hear(line: string): void {
    let message: ServerLine;
    try {
      message = JSON.parse(line) as ServerLine;
    } catch {
      this.#child.kill(); // this is no app-server
      return this.#ended(new CodexOutputError(line));
    }
    if (message.method === undefined) return this.#settle(message);
    if (message.id === undefined) return this.#listener.notification(message as ServerNotification);
    const { id } = message;
    this.#listener.request(message as ServerRequest).then(
      (result) => this.#send({ id, result }),
      (error: unknown) => this.#send({ id, error: { code: -32603, message: String(error) } }),
    );
  }

  #settle({ id, result, error }: ServerLine): void {
    const waiting = this.#waiting.get(id ?? -1);
    this.#waiting.delete(id ?? -1);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new ServerError(error.code, error.message));
  }

  #ended(error: Error): void {
    if (this.#end !== null) return;
    this.#end = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#listener.ended(error);
  }

  #send(message: object): void {
    if (this.#end === null) this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  #keepAlive(on: boolean): void {
    const { stdin, stdout, stderr } = this.#child;
    for (const handle of [this.#child, stdin, stdout, stderr] as (ChildProcessWithoutNullStreams | Socket)[]) {
      if (on) handle.ref();
      else handle.unref();
    }
  }
}
