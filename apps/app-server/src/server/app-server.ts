/** The server: its clients, what they share, and its end. */

import type { InitializeResponse } from "@codex-ts/app-server-protocol";
import { type LogLevel, originatorFrom, Outbox, type ParsedLine, type Program, userAgent } from "@codex-ts/launch";
import { Connection } from "../router/connection.js";
import { preload } from "../router/method-table.js";
import type { ClientFacts } from "../router/handshake.js";
import { messageOf } from "../router/rpc-error.js";
import type { Channel } from "../transport/channel.js";
import type { Engine } from "./engine.js";

/** How long running turns may take to end in good order. */
const CLOSING_MS = 5_000;
/** How long a client may take for what is still to be sent. */
const FLUSHING_MS = 2_000;
/** Characters that may wait for a client that can be let go. */
const IMPATIENT_AT = 64 * 1024 * 1024;

/** How a client is treated when it does not read. */
export type Patience =
  /** It is the only one: everything waits for it. */
  | "waits"
  /** Others must not wait for it: it is disconnected. */
  | "disconnects";

/** A running server. */
export class AppServer {
  readonly program: Program;
  /** The command line: its overrides count for every thread. */
  readonly line: ParsedLine;
  readonly #connections = new Set<Connection>();
  readonly #waitedFor = new Set<Outbox>();
  readonly #ending = new AbortController();
  #identity: { originator: string; userAgent: string; suffix: string } | null = null;
  #engine: Promise<Engine> | null = null;

  constructor(program: Program, line: ParsedLine) {
    this.program = program;
    this.line = line;
  }

  /** Aborted when the server ends. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Serves a client until it says no more or is gone. */
  async serve(channel: Channel, patience: Patience): Promise<void> {
    const outbox: Outbox = new Outbox(channel, {
      onBroken: () => channel.close(),
      onFull: (waiting) => {
        if (patience === "disconnects" && waiting > IMPATIENT_AT) channel.close();
      },
    });
    const connection = new Connection(this, channel, outbox);
    this.#connections.add(connection);
    if (patience === "waits") this.#waitedFor.add(outbox);
    try {
      await connection.serve();
    } catch (error) {
      this.log("warn", `a connection broke: ${messageOf(error)}`);
    }
    // The only client may still read how its turns end.
    if (patience === "waits") return connection.abandon();
    this.#connections.delete(connection);
    // An engine that could not be started was told to whoever asked for it.
    const engine = await this.#engine?.catch(() => null);
    // What others are asked, too, is not declined.
    engine?.threads.disconnect(connection);
    connection.abandon();
    await within(FLUSHING_MS, outbox.flushed());
    channel.close();
  }

  /** The clients of the moment. */
  get connections(): ReadonlySet<Connection> {
    return this.#connections;
  }

  /** What a client is told at first. */
  welcome({ name, version, newer }: ClientFacts): InitializeResponse {
    const { env } = this.program;
    if (this.#identity === null) {
      const originator = originatorFrom(env, name);
      const suffix = `${name}; ${version}`;
      this.#identity = { originator, suffix, userAgent: userAgent(originator, env, suffix) };
    }
    const answer = { userAgent: this.#identity.userAgent };
    return newer ? { ...answer, ...platform() } : answer;
  }

  /** Loads the agent once the client has its answer, and says what is wrong with the configuration. */
  async welcomed(connection: Connection): Promise<void> {
    await connection.flushed();
    await this.#warn(connection);
    await preload();
  }

  /** What the server calls itself. */
  get userAgent(): string {
    return this.#identity?.userAgent ?? "";
  }

  /** The part that does the work; loaded at the first call. */
  engine(): Promise<Engine> {
    this.#engine ??= this.#load();
    return this.#engine;
  }

  /** Resolves when clients that must not lose anything have read enough; null when nobody has to wait. */
  congestion(): Promise<unknown> | null {
    const full = [...this.#waitedFor].filter((outbox) => outbox.isFull);
    return full.length === 0 ? null : Promise.all(full.map((outbox) => outbox.drained()));
  }

  log(level: LogLevel, text: string): void {
    this.program.log(level, text);
  }

  /** Tells the log of a defect that was contained. */
  report(error: unknown, where: string): void {
    this.log("error", `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  /** Ends running turns in good order, sends what is left to send, and lets the clients go. In bounded time. */
  async end(): Promise<void> {
    this.#ending.abort();
    for (const connection of this.#connections) connection.abandon();
    if (this.#engine !== null) await within(CLOSING_MS, closed(this.#engine));
    const flushed = [...this.#connections].map((connection) => connection.flushed());
    await within(FLUSHING_MS, Promise.all(flushed));
    for (const connection of this.#connections) connection.close();
  }

  async #load(): Promise<Engine> {
    const { loadEngine } = await import("./load-engine.js");
    const { originator = "", suffix = "" } = this.#identity ?? {};
    return await loadEngine(this, { originator, suffix });
  }

  async #warn(connection: Connection): Promise<void> {
    try {
      const { warnings, config } = await this.engine();
      const { ruleWarnings } = await import("./rule-warnings.js");
      for (const params of [...warnings, ...(await ruleWarnings(config))]) {
        connection.notify({ method: "configWarning", params });
        this.log("warn", `${params.summary} ${params.details ?? ""}`);
      }
    } catch (error) {
      // Nothing can be done without a configuration: the command line itself is wrong.
      this.program.stderr(`Error: ${messageOf(error)}\n`);
      this.program.exit(1);
    }
  }
}

// helpers

function platform(): Pick<InitializeResponse, "platformFamily" | "platformOs"> {
  const names: Readonly<Record<string, string>> = { darwin: "macos", win32: "windows" };
  return {
    platformFamily: process.platform === "win32" ? "windows" : "unix",
    platformOs: names[process.platform] ?? process.platform,
  };
}

async function closed(engine: Promise<Engine>): Promise<void> {
  try {
    await (await engine).close();
  } catch {
    // An engine that never came up, or a thread that cannot be closed, must not keep the process alive.
  }
}

/** Waits, but not longer than this. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
