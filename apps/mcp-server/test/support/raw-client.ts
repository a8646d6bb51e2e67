/** A client that writes lines and sees every line that comes back. */

import { spawn } from "node:child_process";
import {
  fakeProviderConfig,
  startFakeModel,
  tempHome,
  type Build,
  type FakeModel,
  type Script,
  type TempHome,
} from "@codex-ts/test-support";

/** A message as it stands on a line. */
export interface Message {
  id?: string | number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
}

/** A running server and its client. */
export interface RawClient extends AsyncDisposable {
  model: FakeModel;
  home: TempHome;
  /** Everything that came, in order. */
  messages: Message[];
  send(line: object | string): void;
  /** The first message, past or future, that fits. */
  until(fits: (message: Message) => boolean): Promise<Message>;
  /** Sends a request and waits for its answer. */
  ask(id: string | number, method: string, params?: object): Promise<Message>;
  call(id: string | number, tool: string, args?: unknown): Promise<Message>;
  /** Types of the events that came during a call. */
  events(requestId: string | number): string[];
  /** Closes stdin, or sends a signal. @returns how the server ended */
  end(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  pid: number;
  /** Sends so many requests that their answers fill all that lies between the server and a client that does not read. */
  flood(): Promise<void>;
  /** Reads no more, until `resume`. */
  pause(): void;
  resume(): void;
  /** Resolves when the server has ended, though its output is not read to the end. */
  exited: Promise<number | null>;
}

/**
 * Starts a server whose model follows the script.
 * @param extra top-level lines of config.toml
 * @param args of the command
 * @param tables tables of config.toml
 */
export async function rawClient(
  build: Build,
  script: Script,
  extra = "",
  args: string[] = [],
  tables = "",
): Promise<RawClient> {
  const model = await startFakeModel(script);
  const home = tempHome({ config: fakeProviderConfig(model.url, extra, tables) });
  const child = spawn(build.command, [...build.prefix, "mcp-server", ...args], { cwd: home.workspace, env: home.env });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  const messages: Message[] = [];
  const waiting = new Set<(message: Message) => void>();
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const message = JSON.parse(line) as Message;
      messages.push(message);
      for (const hear of waiting) hear(message);
    }
  });
  child.stdin.on("error", () => undefined); // the server may be gone: the test sees that in its end
  const client: RawClient = {
    model,
    home,
    messages,
    pid: child.pid ?? 0,
    flood: () =>
      new Promise((resolve) => {
        const pings = Array.from({ length: 40_000 }, (_, n) => `{"jsonrpc":"2.0","id":"p${n}","method":"ping"}\n`);
        child.stdin.write(pings.join(""), () => resolve());
      }),
    pause: () => void child.stdout.pause(),
    resume: () => void child.stdout.resume(),
    exited: new Promise((resolve) => child.on("exit", resolve)),
    send: (line) => void child.stdin.write(`${typeof line === "string" ? line : JSON.stringify(line)}\n`),
    until: async (fits) =>
      messages.find(fits) ??
      (await new Promise((resolve) => {
        const hear = (message: Message): void => {
          if (!fits(message)) return;
          waiting.delete(hear);
          resolve(message);
        };
        waiting.add(hear);
      })),
    ask: async (id, method, params) => {
      client.send({ jsonrpc: "2.0", id, method, ...(params === undefined ? {} : { params }) });
      return await client.until((message) => message.id === id && message.method === undefined);
    },
    call: async (id, tool, args) => await client.ask(id, "tools/call", { name: tool, arguments: args }),
    events: (requestId) =>
      messages.flatMap(({ method, params }) => {
        const about = params as { _meta?: { requestId?: unknown }; msg?: { type: string } } | undefined;
        return method === "codex/event" && about?._meta?.requestId === requestId ? [about.msg?.type ?? ""] : [];
      }),
    end: async (signal) => {
      if (signal === undefined) child.stdin.end();
      else child.kill(signal);
      return await ended;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
      await model.close();
      home[Symbol.dispose]();
    },
  };
  return client;
}

/** Text of a call's result. */
export function textOf({ result }: Message): string {
  const [part] = (result?.["content"] ?? []) as { text: string }[];
  return part?.text ?? "";
}

/** The thread that a call's result names. */
export function threadOf({ result }: Message): string {
  return (result?.["structuredContent"] as { threadId: string } | undefined)?.threadId ?? "";
}
