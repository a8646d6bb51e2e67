/** Names of threads: given, told, read, listed, searched; refused where there is nothing to name. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answer, message } from "@codex-ts/test-support";
import { startServer, type TestServer } from "./support/server.js";

const script = [answer(message("one")), answer(message("two"))];
const newer = { capabilities: {} };
const MISSING = "01a1f9d5-2f01-76c3-af40-51ce70dcf175";

/** A thread in which somebody has spoken, so that lists have it. */
async function used(server: TestServer, words = "hello"): Promise<string> {
  const threadId = await server.thread();
  await server.turn(threadId, words);
  return threadId;
}

describe("a thread's name", () => {
  it("is given to a loaded thread, told behind the reply, and in the file that newer originals read", async () => {
    await using server = await startServer({ script, ...newer });
    const threadId = await used(server);
    const request = server.start("thread/name/set", { threadId, name: "  release\nnotes " });
    await expect(server.reply(request)).resolves.toMatchObject({ result: {} });
    const told = await server.untilNotified("thread/name/updated");
    expect(told.params).toEqual({ threadId, threadName: "release notes" });
    expect(server.received.indexOf(told)).toBe(server.received.findIndex(({ id }) => id === request) + 1);
    const line = JSON.parse(readFileSync(join(server.home.codexHome, "session_index.jsonl"), "utf8"));
    expect(line).toEqual({ id: threadId, thread_name: "release notes", updated_at: expect.stringMatching(/Z$/) });
  });

  it("is in every answer that shows the thread, and null where there is none", async () => {
    await using server = await startServer({ script, ...newer });
    const { thread } = await server.result("thread/start", {});
    expect(thread.name).toBeNull();
    const threadId = thread.id;
    await server.turn(threadId, "go");
    await server.result("thread/name/set", { threadId, name: "first" });
    await server.result("thread/name/set", { threadId, name: "second" });
    const name = "second";
    await expect(server.result("thread/read", { threadId })).resolves.toMatchObject({ thread: { name } });
    await expect(server.result("thread/resume", { threadId })).resolves.toMatchObject({ thread: { name } });
    await expect(server.result("thread/rollback", { threadId, numTurns: 1 })).resolves.toMatchObject({
      thread: { name },
    });
    const fork = await server.result("thread/fork", { threadId });
    expect(fork.thread.name).toBeNull();
  });

  it("is listed, and searched beside the preview", async () => {
    await using server = await startServer({ script, ...newer });
    const first = await used(server, "fix the build");
    const second = await used(server, "write a poem");
    await server.result("thread/name/set", { threadId: first, name: "Monday" });
    const listed = await server.result("thread/list", {});
    expect(listed.data.map(({ id, name }) => [id, name])).toEqual([
      [second, null],
      [first, "Monday"],
    ]);
    for (const [searchTerm, ids] of [
      ["MON", [first]],
      ["poem", [second]],
      ["null", []],
    ] as const) {
      const { data } = await server.result("thread/list", { searchTerm });
      expect(data.map(({ id }) => id)).toEqual(ids);
    }
  });

  it("is given to a thread on disk without loading it, and to an archived one", async () => {
    await using first = await startServer({ script });
    const threadId = await used(first);
    await first.end();
    await using second = await startServer({ env: { CODEX_HOME: first.home.codexHome }, ...newer });
    await second.result("thread/name/set", { threadId, name: "stored" });
    await second.untilNotified("thread/name/updated");
    await expect(second.result("thread/loaded/list", {})).resolves.toMatchObject({ data: [] });
    await second.result("thread/archive", { threadId });
    await second.result("thread/name/set", { threadId, name: "archived" });
    await expect(second.result("thread/list", { archived: true })).resolves.toMatchObject({
      data: [{ name: "archived" }],
    });
    await expect(second.result("thread/unarchive", { threadId })).resolves.toMatchObject({
      thread: { name: "archived" },
    });
  });

  it.each([
    ["an unknown thread", { threadId: MISSING, name: "x" }, `thread not found: ${MISSING}`],
    ["an id that is none", { threadId: "nope", name: "x" }, /^invalid thread id: /],
  ])("is refused for %s", async (_what, params, text) => {
    await using server = await startServer();
    const { error } = await server.call("thread/name/set", params);
    expect(error).toEqual({ code: -32600, message: expect.stringMatching(text) });
  });

  it("is refused when it is empty, and for a thread that keeps no file", async () => {
    await using server = await startServer();
    const threadId = await server.thread();
    await expect(server.call("thread/name/set", { threadId, name: " \n" })).resolves.toMatchObject({
      error: { code: -32600, message: "a thread's name must not be empty" },
    });
    const ephemeral = await server.thread({ ephemeral: true });
    await expect(server.call("thread/name/set", { threadId: ephemeral, name: "x" })).resolves.toMatchObject({
      error: { code: -32600, message: "ephemeral threads do not support names" },
    });
  });

  it("that there is none is not told to clients of 0.92", async () => {
    await using server = await startServer({ script });
    const threadId = await used(server);
    const { thread } = await server.result("thread/read", { threadId });
    expect(thread).not.toHaveProperty("name");
    await server.result("thread/name/set", { threadId, name: "x" });
    await expect(server.result("thread/read", { threadId })).resolves.toMatchObject({ thread: { name: "x" } });
  });

  it("that cannot be read takes no thread away", async () => {
    await using server = await startServer({ script, ...newer });
    mkdirSync(join(server.home.codexHome, "session_index.jsonl"));
    const threadId = await used(server);
    await expect(server.result("thread/list", {})).resolves.toMatchObject({ data: [{ id: threadId, name: null }] });
    await expect(server.call("thread/name/set", { threadId, name: "x" })).resolves.toMatchObject({
      error: { code: -32603, message: "failed to name thread: Is a directory (os error 21)" },
    });
  });

  it("counts that a newer original gave", async () => {
    await using server = await startServer({ script, ...newer });
    const threadId = await used(server);
    const line = { id: threadId, thread_name: "theirs", updated_at: "2026-11-20T16:41:38.480123Z" };
    writeFileSync(join(server.home.codexHome, "session_index.jsonl"), `${JSON.stringify(line)}\n`);
    await expect(server.result("thread/read", { threadId })).resolves.toMatchObject({ thread: { name: "theirs" } });
  });
});
