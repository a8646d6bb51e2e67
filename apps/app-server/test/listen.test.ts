/** Clients that connect: over WebSocket and over a Unix socket, with and without a token. */

import { connect } from "node:net";
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";
import { describe, expect, it } from "vitest";
import {
  answer,
  executable,
  fakeProviderConfig,
  hold,
  message,
  shell,
  startFakeModel,
  tempHome,
  type Script,
  type TempHome,
  type FakeModel,
} from "@codex-ts/test-support";
import { type Message, messageOf } from "./support/server.js";
import { parseListenAddress } from "../src/transport/listen-address.js";

interface Running extends AsyncDisposable {
  home: TempHome;
  model: FakeModel;
  address: string;
  child: ChildProcess;
}

async function listening(
  address: (home: TempHome) => string,
  flags: (home: TempHome) => string[] = () => [],
  script: Script = [],
): Promise<Running> {
  const model = await startFakeModel(script);
  const home = tempHome({ config: fakeProviderConfig(model.url) });
  const { command, prefix } = executable();
  const args = [...prefix, "app-server", "--listen", address(home), ...flags(home)];
  const child = spawn(command, args, { cwd: home.workspace, env: home.env, stdio: ["ignore", "ignore", "pipe"] });
  const lines = createInterface({ input: child.stderr });
  const said = await new Promise<string>((resolve) => {
    lines.once("line", resolve);
  });
  const exited = new Promise((resolve) => child.once("close", resolve));
  return {
    home,
    model,
    child,
    address: said.replace("listening on ", ""),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await exited;
      await model.close();
      home[Symbol.dispose]();
    },
  };
}

interface Peer {
  call(method: string, params?: unknown): Promise<Message>;
  until(fits: (message: Message) => boolean): Promise<Message>;
  send(message: unknown): void;
  close(): void;
}

function peer(send: (text: string) => void, close: () => void): Peer & { take: (text: string) => void } {
  const received: Message[] = [];
  let wake: () => void = () => undefined;
  let id = 0;
  const until = async (fits: (message: Message) => boolean): Promise<Message> => {
    for (let at = 0; ; at++) {
      while (at >= received.length) await new Promise<void>((resolve) => (wake = resolve));
      const message = received[at];
      if (message !== undefined && fits(message)) return message;
    }
  };
  return {
    take: (text) => {
      received.push(messageOf(text));
      wake();
    },
    until,
    send: (message) => send(JSON.stringify(message)),
    close,
    call: (method, params) => {
      const own = ++id;
      send(JSON.stringify({ id: own, method, ...(params === undefined ? {} : { params }) }));
      return until((entry) => entry.id === own && entry.method === undefined);
    },
  };
}

async function webSocketPeer(address: string, headers: Record<string, string> = {}): Promise<Peer> {
  const socket = new WebSocket(address, { headers });
  const made = peer(
    (text) => socket.send(text),
    () => socket.close(),
  );
  socket.on("message", (data: Buffer) => made.take(data.toString("utf8")));
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return made;
}

async function unixPeer(path: string, token?: string): Promise<Peer> {
  const socket = connect(path);
  const made = peer(
    (text) => socket.write(`${text}\n`),
    () => socket.destroy(),
  );
  createInterface({ input: socket }).on("line", (line) => made.take(line));
  await new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  if (token !== undefined) socket.write(`${token}\n`);
  return made;
}

/** A new thread's id. */
async function begun(client: Peer): Promise<string> {
  const { result } = await client.call("thread/start", {});
  return (result as { thread: { id: string } }).thread.id;
}

const hello = { clientInfo: { name: "peer", version: "1" } };

describe("a server that listens", () => {
  it("on a WebSocket serves several clients, who hear the same thread", async () => {
    await using server = await listening(
      () => "ws://127.0.0.1:0",
      () => [],
      [answer(message("hi"))],
    );
    const [first, second] = await Promise.all([webSocketPeer(server.address), webSocketPeer(server.address)]);
    for (const client of [first, second])
      await expect(client.call("initialize", hello)).resolves.toHaveProperty("result.userAgent");
    const threadId = await begun(first);
    await expect(second.call("thread/resume", { threadId })).resolves.toMatchObject({
      result: { thread: { id: threadId } },
    });
    await first.call("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
    for (const client of [first, second]) {
      const ended = await client.until(({ method }) => method === "turn/completed");
      expect(ended.params.turn.status).toBe("completed");
    }
  });

  it("takes a WebSocket message on several lines as one, and two in one message as none", async () => {
    await using server = await listening(() => "ws://127.0.0.1:0");
    const socket = new WebSocket(server.address);
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const waiting = [first, second];
    socket.on("message", (data: Buffer) => waiting.shift()?.resolve(data.toString("utf8")));
    await new Promise((resolve) => socket.once("open", resolve));
    socket.send(`${JSON.stringify({ id: 1, method: "initialize", params: hello }, null, 2)}\n`);
    expect(JSON.parse(await first.promise)).toMatchObject({ id: 1, result: {} });
    socket.send('{"id":2,"method":"getUserAgent"}\n{"id":3,"method":"getUserAgent"}');
    expect(JSON.parse(await second.promise)).toMatchObject({ id: 2, error: { code: -32700 } });
    socket.close();
  });

  it("tells a thread's new name to every client that knows names, and to who gave it", async () => {
    await using server = await listening(() => "ws://127.0.0.1:0");
    const [older, newer, other] = await Promise.all([1, 2, 3].map(() => webSocketPeer(server.address)));
    if (older === undefined || newer === undefined || other === undefined) throw new Error("no peers");
    for (const client of [older, other]) await client.call("initialize", hello);
    await newer.call("initialize", { ...hello, capabilities: {} });
    const threadId = await begun(older);
    await older.call("thread/name/set", { threadId, name: "ours" });
    for (const client of [older, newer]) {
      const told = await client.until(({ method }) => method === "thread/name/updated");
      expect(told.params).toEqual({ threadId, threadName: "ours" });
    }
    other.send({ id: 99, method: "getUserAgent" });
    const next = await other.until(({ id, method }) => id === 99 || method === "thread/name/updated");
    expect(next.id).toBe(99);
  });

  it("goes on when a client is gone: its questions are declined, its turn goes on", async () => {
    await using server = await listening(
      () => "ws://127.0.0.1:0",
      () => [],
      [answer(hold("go"), message("hi"))],
    );
    const first = await webSocketPeer(server.address);
    await first.call("initialize", hello);
    const threadId = await begun(first);
    await first.call("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
    await server.model.reached("go");
    first.close();
    const second = await webSocketPeer(server.address);
    await second.call("initialize", hello);
    await expect(second.call("thread/loaded/list", {})).resolves.toMatchObject({ result: { data: [threadId] } });
    await second.call("thread/resume", { threadId });
    server.model.release("go");
    const ended = await second.until(({ method }) => method === "turn/completed");
    expect(ended.params.turn.status).toBe("completed");
  });

  it("declines what is asked while a client has ended its subscription, once it is gone", async () => {
    const script = [answer(shell("touch made.txt")), answer(hold("declined"), message("ok"))];
    await using server = await listening(
      () => "ws://127.0.0.1:0",
      () => [],
      script,
    );
    const client = await webSocketPeer(server.address);
    await client.call("initialize", hello);
    const settings = { approvalPolicy: "untrusted", sandbox: "danger-full-access" };
    const { conversationId } = (await client.call("newConversation", settings)).result as { conversationId: string };
    const subscription = await client.call("addConversationListener", { conversationId });
    await client.call("removeConversationListener", subscription.result);
    await client.call("sendUserMessage", { conversationId, items: [{ type: "text", data: { text: "go" } }] });
    client.close();
    await server.model.reached("declined");
    expect(JSON.stringify(server.model.requests[1]?.body)).toContain("rejected by user");
    server.model.release("declined");
  });

  it("lets go of a client that does not read, and serves the others", async () => {
    // Each turn is less than what may wait, so that who reads is never far behind; together they are much more.
    const turns = 5;
    const words = "x".repeat(6 * 1024 * 1024);
    await using server = await listening(
      (home) => `unix://${join(home.root, "s")}`,
      () => [],
      Array.from({ length: turns }, () => answer(message(words, { deltas: 6 }))),
    );
    const [reader, sleeper] = [await unixPeer(join(server.home.root, "s")), connect(join(server.home.root, "s"))];
    await reader.call("initialize", hello);
    const threadId = await begun(reader);
    const heard = createInterface({ input: sleeper });
    const lines: Message[] = [];
    const resumed = new Promise<void>((resolve) => {
      heard.on("line", (line) => {
        if (!line.endsWith("}")) return; // the last one is cut off
        lines.push(messageOf(line));
        if (lines.length === 2) resolve();
      });
    });
    const gone = new Promise((resolve) => sleeper.once("close", resolve));
    sleeper.on("error", () => undefined); // it may be told of the end as a broken pipe
    sleeper.write(`${JSON.stringify({ id: 1, method: "initialize", params: hello })}\n`);
    sleeper.write(`${JSON.stringify({ id: 2, method: "thread/resume", params: { threadId } })}\n`);
    await resumed;
    sleeper.pause();
    for (let turn = 0; turn < turns; turn += 1) {
      await reader.call("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
      const isEnd = ({ method, params }: Message): boolean =>
        method === "turn/completed" && params.turn.id === String(turn);
      expect((await reader.until(isEnd)).params.turn.status).toBe("completed");
    }
    sleeper.resume();
    await gone;
    expect(lines.filter(({ method }) => method === "turn/completed").length).toBeLessThan(turns);
    await expect(reader.call("getUserAgent")).resolves.toHaveProperty("result");
  });

  it("asks everybody who listens, also who comes later; one answer is enough", async () => {
    const script = [answer(shell("touch made.txt")), answer(message("ok"))];
    await using server = await listening(
      () => "ws://127.0.0.1:0",
      () => [],
      script,
    );
    const first = await webSocketPeer(server.address);
    await first.call("initialize", hello);
    const { result } = await first.call("thread/start", { approvalPolicy: "untrusted", sandbox: "danger-full-access" });
    const threadId = (result as { thread: { id: string } }).thread.id;
    await first.call("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
    await first.until(({ method }) => method === "item/commandExecution/requestApproval");
    const second = await webSocketPeer(server.address);
    await second.call("initialize", hello);
    await second.call("thread/resume", { threadId });
    const asked = await second.until(({ method }) => method === "item/commandExecution/requestApproval");
    first.close();
    second.send({ id: asked.id, result: { decision: "accept" } });
    await second.until(({ method }) => method === "turn/completed");
    expect(existsSync(join(server.home.workspace, "made.txt"))).toBe(true);
  });

  it("lets no web page in", async () => {
    await using server = await listening(() => "ws://127.0.0.1:0");
    await expect(webSocketPeer(server.address, { origin: "http://evil.example" })).rejects.toThrow("403");
  });

  it("with a token lets in who presents it", async () => {
    const flags = (home: TempHome): string[] => {
      writeFileSync(join(home.root, "token"), "secret\n");
      return ["--token-file", join(home.root, "token")];
    };
    await using server = await listening(() => "ws://127.0.0.1:0", flags);
    await expect(webSocketPeer(server.address)).rejects.toThrow("401");
    await expect(webSocketPeer(server.address, { authorization: "Bearer wrong" })).rejects.toThrow("401");
    const client = await webSocketPeer(server.address, { authorization: "Bearer secret" });
    await expect(client.call("initialize", hello)).resolves.toHaveProperty("result");
  });

  it("says which file with a token it cannot read, and why", async () => {
    await using server = await listening(
      () => "ws://127.0.0.1:0",
      (home) => ["--token-file", join(home.root, "missing")],
    );
    const file = join(server.home.root, "missing");
    // What it said first: not where it listens.
    expect(server.address).toBe(
      `Error: cannot read the file of --token-file, ${file}: No such file or directory (os error 2)`,
    );
  });

  it("on a Unix socket serves its owner only", async () => {
    await using server = await listening((home) => `unix://${join(home.root, "s")}`);
    const path = server.address.replace("unix://", "");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const client = await unixPeer(path);
    await expect(client.call("initialize", hello)).resolves.toHaveProperty("result");
    const ended = new Promise((resolve) => server.child.once("exit", resolve));
    server.child.kill("SIGTERM");
    await expect(ended).resolves.toBe(143);
    expect(existsSync(path)).toBe(false);
  });

  it("on a Unix socket with a token takes it as the first line", async () => {
    const flags = (home: TempHome): string[] => {
      writeFileSync(join(home.root, "token"), "secret");
      return ["--token-file", join(home.root, "token")];
    };
    await using server = await listening((home) => `unix://${join(home.root, "s")}`, flags);
    const path = server.address.replace("unix://", "");
    const client = await unixPeer(path, "secret");
    await expect(client.call("initialize", hello)).resolves.toHaveProperty("result");
    const stranger = connect(path);
    stranger.write('{"id":1,"method":"initialize","params":{}}\n');
    await new Promise((resolve) => stranger.once("close", resolve));
  });
});

describe("addresses", () => {
  it.each([
    ["ws://127.0.0.1:4500", false, { kind: "ws", host: "127.0.0.1", port: 4500 }],
    ["ws://localhost:0", false, { kind: "ws", host: "localhost", port: 0 }],
    ["ws://[::1]:80", false, { kind: "ws", host: "::1", port: 80 }],
    ["ws://0.0.0.0:4500", true, { kind: "ws", host: "0.0.0.0", port: 4500 }],
    ["unix:///run/codex.sock", false, { kind: "unix", path: "/run/codex.sock" }],
  ])("%s", (text, hasToken, place) => {
    expect(parseListenAddress(text, hasToken)).toEqual(place);
  });

  it.each([
    ["ws://0.0.0.0:4500", /without a token/],
    ["ws://192.168.0.1:4500", /without a token/],
    ["ws://127.0.0.1", /port is missing/],
    ["http://127.0.0.1:1", /expected ws:\/\/HOST:PORT/],
    ["4500", /expected ws:\/\/HOST:PORT/],
    ["unix://relative", /must be absolute/],
  ])("%s is refused", (text, why) => {
    expect(() => parseListenAddress(text, false)).toThrow(why);
  });
});
