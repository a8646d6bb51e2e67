/** Threads on disk and in memory: list, read, resume, fork, roll back, archive. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answer, httpReply, message, shell } from "@codex-ts/test-support";
import { startServer, type TestServer } from "./support/server.js";

const script = [answer(message("one")), answer(message("two"))];

/** A thread in which somebody has spoken. */
async function used(server: TestServer, words = "hello"): Promise<string> {
  const threadId = await server.thread();
  await server.turn(threadId, words);
  return threadId;
}

/** Puts a session file into the server's home, begun in the n-th second of a day. */
function stored(server: TestServer, n: number, meta: object, items: object[] = []): string {
  const id = `00000000-0000-7000-8000-00000000000${n}`;
  const timestamp = `2026-01-02T01:00:0${n}.000Z`;
  const first = { id, timestamp, cwd: "/", originator: "x", cli_version: "0.92.0", ...meta };
  const said = { type: "user_message", message: "hi", images: [], local_images: [], text_elements: [] };
  const lines = [{ type: "session_meta", payload: first }, ...items, { type: "event_msg", payload: said }];
  const day = join(server.home.codexHome, "sessions", "2026", "01", "02");
  mkdirSync(day, { recursive: true });
  const text = lines.map((line) => `${JSON.stringify({ timestamp, ...line })}\n`).join("");
  writeFileSync(join(day, `rollout-2026-01-02T01-00-0${n}-${id}.jsonl`), text);
  return id;
}

const MISSING = "01a1f9d5-2f01-76c3-af40-51ce70dcf175";

describe("stored threads", () => {
  it("are listed newest first, in pages, once somebody has spoken", async () => {
    await using server = await startServer({ script });
    const first = await used(server, "first");
    const second = await used(server, "second");
    await server.thread();
    const page = await server.result("thread/list", { limit: 1 });
    expect(page.data.map(({ id, preview }) => [id, preview])).toEqual([[second, "second"]]);
    const next = await server.result("thread/list", { limit: 1, cursor: page.nextCursor });
    expect(next.data.map(({ id }) => id)).toEqual([first]);
    await expect(server.result("thread/list", { searchTerm: "FIRST" })).resolves.toMatchObject({
      data: [{ id: first }],
    });
    await expect(server.result("thread/list", { modelProviders: ["other"] })).resolves.toEqual({
      data: [],
      nextCursor: null,
    });
    for (const cursor of ["", "x", "2026-11-20"]) {
      await expect(server.call("thread/list", { cursor })).resolves.toMatchObject({
        error: { code: -32600, message: `invalid cursor: ${cursor}` },
      });
    }
  });

  it("are searched beyond the page: it is full, or the end is reached", async () => {
    await using server = await startServer({ script });
    const named = await used(server, "nothing special");
    const said = await used(server, "the Needle");
    for (const words of ["hay", "straw", "grass"]) await used(server, words);
    await server.result("thread/name/set", { threadId: named, name: "needle, too" });
    const first = await server.result("thread/list", { searchTerm: "needle", limit: 1 });
    expect(first.data.map(({ id }) => id)).toEqual([said]);
    const second = await server.result("thread/list", { searchTerm: "NEEDLE", limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({ data: [{ id: named, name: "needle, too" }], nextCursor: null });
    await expect(server.result("thread/list", { searchTerm: "pin", limit: 1 })).resolves.toEqual({
      data: [],
      nextCursor: null,
    });
  });

  it("are filtered by where they came from", async () => {
    await using server = await startServer();
    const sources: [number, unknown][] = [
      [1, "cli"],
      [2, "vscode"],
      [3, "exec"],
      [4, { subagent: "review" }],
      [7, "mcp"],
    ];
    for (const [n, source] of sources) stored(server, n, { source });
    const numbers = async (params: object): Promise<string> =>
      (await server.result("thread/list", params)).data.map(({ id }) => id.at(-1)).join(",");
    await expect(numbers({})).resolves.toBe("2,1");
    await expect(numbers({ sourceKinds: ["exec", "subAgent", "appServer"] })).resolves.toBe("7,4,3");
  });

  it("of a newer program are listed, read and resumed: what is not known of them is passed over", async () => {
    await using server = await startServer();
    const content = [{ type: "input_file", file_id: "f" }];
    const unknown = { type: "response_item", payload: { type: "message", role: "user", content } };
    const threadId = stored(server, 1, { source: "future" }, [unknown]);
    const shown = { id: threadId, preview: "hi", source: "unknown" };
    const { data } = await server.result("thread/list", { sourceKinds: ["unknown"] });
    expect(data).toMatchObject([shown]);
    for (const method of ["thread/read", "thread/resume"] as const) {
      const { thread } = await server.result(method, { threadId, includeTurns: true });
      expect(thread).toMatchObject({ ...shown, turns: [{ items: [{ type: "userMessage" }] }] });
    }
    await expect(server.result("getConversationSummary", { conversationId: threadId })).resolves.toMatchObject({
      summary: { preview: "hi", source: "unknown" },
    });
  });

  it("that began with a review show its prompt, and one turn, which can be taken back", async () => {
    await using server = await startServer({ script: [answer(message("{}")), answer(message("two"))] });
    const threadId = await server.thread();
    await server.result("review/start", { threadId, target: { type: "custom", instructions: "look here" } });
    await server.untilNotified("turn/completed");
    const { thread } = await server.result("thread/read", { threadId, includeTurns: true });
    expect(thread).toMatchObject({ preview: "look here", turns: [{ status: "completed" }] });
    expect(thread.turns.map(({ items }) => items.map(({ type }) => type))).toEqual([
      ["enteredReviewMode", "exitedReviewMode", "userMessage", "agentMessage"],
    ]);
    const listed = await server.result("thread/list", {});
    expect(listed.data.map(({ preview }) => preview)).toEqual(["look here"]);
    const { summary } = await server.result("getConversationSummary", { conversationId: threadId });
    expect(summary.preview).toBe("look here");
    const rest = await server.result("thread/rollback", { threadId, numTurns: 1 });
    expect(rest.thread.turns).toEqual([]);
  });

  it("are read without being loaded, with everything that was done in them", async () => {
    await using server = await startServer({
      script: [answer(shell("printf out")), answer(message("done")), httpReply(400, {})],
    });
    const threadId = await server.thread({ sandbox: "danger-full-access", approvalPolicy: "never" });
    await server.turn(threadId, "go");
    await server.turn(threadId, "fail");
    const { thread } = await server.result("thread/read", { threadId, includeTurns: true });
    expect(thread).toMatchObject({ id: threadId, preview: "go", source: "vscode" });
    expect(thread.turns.map(({ status, items }) => [status, items.map(({ type }) => type)])).toEqual([
      ["completed", ["userMessage", "commandExecution", "agentMessage"]],
      ["failed", ["userMessage"]],
    ]);
    expect(thread.turns[0]?.items[1]).toMatchObject({ status: "completed", aggregatedOutput: "out", exitCode: 0 });
    await expect(server.result("thread/read", { threadId })).resolves.toMatchObject({ thread: { turns: [] } });
    const turns = await server.result("thread/turns/list", { threadId, limit: 1 });
    expect(turns).toMatchObject({ data: [{ status: "failed" }], nextCursor: "1" });
    const items = await server.result("thread/items/list", { threadId });
    expect(items.data).toHaveLength(4);
  });

  it("are archived and brought back", async () => {
    await using server = await startServer({ script });
    const threadId = await used(server);
    await expect(server.result("thread/archive", { threadId })).resolves.toEqual({});
    await expect(server.result("thread/list", {})).resolves.toEqual({ data: [], nextCursor: null });
    await expect(server.result("thread/list", { archived: true })).resolves.toMatchObject({ data: [{ id: threadId }] });
    await expect(server.result("thread/loaded/list", {})).resolves.toEqual({ data: [], nextCursor: null });
    const refused: [string, object, string][] = [
      ["turn/start", { threadId, input: [] }, `thread not found: ${threadId}`],
      ["thread/read", { threadId }, `thread not loaded: ${threadId}`],
      ["thread/resume", { threadId }, `no rollout found for thread id ${threadId}`],
      ["thread/archive", { threadId }, `no rollout found for thread id ${threadId}`],
    ];
    for (const [method, params, text] of refused) {
      await expect(server.call(method, params)).resolves.toMatchObject({ error: { code: -32600, message: text } });
    }
    await expect(server.result("thread/unarchive", { threadId })).resolves.toMatchObject({
      thread: { id: threadId, turns: [] },
    });
    await expect(server.call("thread/unarchive", { threadId })).resolves.toMatchObject({
      error: { code: -32600, message: `no archived rollout found for thread id ${threadId}` },
    });
    await expect(server.result("thread/list", {})).resolves.toMatchObject({ data: [{ id: threadId }] });
  });

  it.each([
    ["thread/resume", { threadId: MISSING }, `no rollout found for thread id ${MISSING}`],
    ["thread/fork", { threadId: MISSING }, `no rollout found for thread id ${MISSING}`],
    [
      "thread/resume",
      { threadId: "x", path: "/no/such" },
      "failed to load rollout `/no/such`: No such file or directory (os error 2)",
    ],
    ["thread/resume", { threadId: MISSING, history: [] }, "history must not be empty"],
    ["thread/rollback", { threadId: MISSING, numTurns: 1 }, `thread not found: ${MISSING}`],
  ])("%s with %j is refused", async (method, params, text) => {
    await using server = await startServer();
    await expect(server.call(method, params)).resolves.toMatchObject({ error: { code: -32600, message: text } });
  });
});

describe("a thread", () => {
  it("is resumed by another server, with its turns, and goes on", async () => {
    await using first = await startServer({ script });
    const threadId = await used(first);
    await first.end();
    await using second = await startServer({
      script: [answer(message("two"))],
      env: { CODEX_HOME: first.home.codexHome },
    });
    const from = second.received.length;
    const reply = await second.result("thread/resume", { threadId });
    expect(reply.thread).toMatchObject({ id: threadId, preview: "hello", turns: [{ status: "completed" }] });
    expect(reply.thread.turns[0]?.items).toEqual([
      { type: "userMessage", id: "item-1", content: [{ type: "text", text: "hello", text_elements: [] }] },
      { type: "agentMessage", id: "item-2", text: "one" },
    ]);
    expect(second.received.slice(from).map(({ method }) => method)).not.toContain("thread/started");
  });

  it("that is loaded already is the same thread: no second agent, no second file, and new settings count", async () => {
    await using server = await startServer({ script });
    const threadId = await used(server);
    const reply = await server.result("thread/resume", { threadId, model: "other" });
    expect(reply).toMatchObject({ model: "other", thread: { id: threadId } });
    await server.turn(threadId, "again");
    expect(server.model.requests[1]?.body["model"]).toBe("other");
    const messages = server.received.filter(({ method }) => method === "turn/completed");
    expect(messages).toHaveLength(2);
  });

  it("goes on from a conversation that its client kept", async () => {
    await using server = await startServer({ script });
    const history = [{ type: "message", role: "user", content: [{ type: "input_text", text: "before" }] }];
    const { thread } = await server.result("thread/resume", { threadId: "ignored", history });
    await server.turn(thread.id, "now");
    expect(JSON.stringify(server.model.requests[0]?.body["input"])).toContain("before");
  });

  it("is forked into a new one", async () => {
    await using server = await startServer({ script });
    const threadId = await used(server);
    const { thread } = await server.result("thread/fork", { threadId });
    expect(thread.id).not.toBe(threadId);
    expect(thread.turns).toHaveLength(1);
    const told = await server.until(
      ({ method, params }) => method === "thread/started" && params.thread.id === thread.id,
    );
    expect(told.params.thread.turns).toHaveLength(1);
    await server.turn(thread.id, "again");
    expect(JSON.stringify(server.model.requests[1]?.body["input"])).toContain("hello");
  });

  it("is rolled back", async () => {
    await using server = await startServer({ script });
    const threadId = await used(server, "first");
    await server.turn(threadId, "second");
    await expect(server.call("thread/rollback", { threadId, numTurns: 0 })).resolves.toMatchObject({
      error: { code: -32600, message: "numTurns must be >= 1" },
    });
    const { thread } = await server.result("thread/rollback", { threadId, numTurns: 1 });
    expect(thread.turns.map(({ id }) => id)).toEqual(["turn-1"]);
    await server.turn(threadId, "third");
    expect(JSON.stringify(server.model.requests[2]?.body["input"])).not.toContain("second");
  });

  it("that keeps no file can be read while it is loaded", async () => {
    await using server = await startServer({ script });
    const threadId = await server.thread({ ephemeral: true });
    await expect(server.result("thread/read", { threadId })).resolves.toMatchObject({ thread: { path: null } });
    await expect(server.call("thread/read", { threadId, includeTurns: true })).resolves.toMatchObject({
      error: { message: "ephemeral threads do not support includeTurns" },
    });
    await expect(server.call("thread/rollback", { threadId, numTurns: 1 })).resolves.toMatchObject({
      error: { message: "thread has no persisted rollout" },
    });
  });

  it("is deleted with its file", async () => {
    await using server = await startServer({ script });
    const threadId = await used(server);
    await server.result("thread/delete", { threadId });
    await expect(server.call("thread/read", { threadId })).resolves.toHaveProperty("error");
    await server.untilNotified("thread/deleted");
  });

  it.each([
    ["thread/archive", "in capitals", (id: string) => id.toUpperCase()],
    ["thread/delete", "in capitals", (id: string) => id.toUpperCase()],
    ["thread/delete", "without dashes", (id: string) => id.replaceAll("-", "")],
  ])("is closed by %s with its id %s", async (method, _how, written) => {
    await using server = await startServer({ script });
    const threadId = await used(server);
    await expect(server.call(method, { threadId: written(threadId) })).resolves.toMatchObject({ result: {} });
    await expect(server.result("thread/loaded/list", {})).resolves.toMatchObject({ data: [] });
    await expect(server.call("turn/start", { threadId, input: [] })).resolves.toMatchObject({
      error: { message: `thread not found: ${threadId}` },
    });
  });

  it("names marked parts of a message by what stands there, where they have no name", async () => {
    await using server = await startServer({ script: [answer(message("x"))] });
    const threadId = await server.thread();
    const range = (start: number, end: number): object => ({ byteRange: { start, end } });
    const text_elements = [range(0, 2), range(1, 2), range(3, 99), { ...range(0, 2), placeholder: "p" }];
    const input = [
      { type: "text", text: "ü a", text_elements },
      { type: "text", text: "b", text_elements: [range(0, 1)] },
    ];
    await server.result("turn/start", { threadId, input });
    await server.untilNotified("turn/completed");
    const { thread } = await server.result("thread/read", { threadId, includeTurns: true });
    const [said] = thread.turns[0]?.items ?? [];
    const element = (start: number, end: number, placeholder: string | null): object => ({
      ...range(start, end),
      placeholder,
    });
    expect(said).toMatchObject({
      content: [
        {
          text: "ü ab",
          text_elements: [
            element(0, 2, "ü"),
            element(1, 2, null),
            element(3, 99, null),
            element(0, 2, "p"),
            element(4, 5, "b"),
          ],
        },
      ],
    });
  });

  it("that its client leaves is not heard any more", async () => {
    await using server = await startServer({ script });
    const threadId = await server.thread();
    await expect(server.result("thread/unsubscribe", { threadId })).resolves.toEqual({ status: "unsubscribed" });
    await expect(server.result("thread/unsubscribe", { threadId })).resolves.toEqual({ status: "notSubscribed" });
    await expect(server.result("thread/unsubscribe", { threadId: MISSING })).resolves.toEqual({ status: "notLoaded" });
  });
});
