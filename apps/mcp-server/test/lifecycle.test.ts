/** Cancellation, bad input, and ends. */

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { answer, builds, created, executable, hold, message, shell, stream } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { rawClient, textOf, threadOf, type RawClient } from "./support/raw-client.js";

const works = { prompt: "x", "approval-policy": "never", sandbox: "danger-full-access" };

function isAlive(word: string): boolean {
  return execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).includes(word);
}

/** A call whose command never ends by itself; resolves when the command runs. */
async function runningCommand(client: RawClient, id: string | number): Promise<void> {
  client.send({ jsonrpc: "2.0", id, method: "tools/call", params: { name: "codex", arguments: works } });
  await client.until(({ params }) => (params?.["msg"] as { type?: string })?.type === "exec_command_output_delta");
}

const endless = (mark: string): ReturnType<typeof answer> =>
  answer(shell(`: ${mark}; echo begun; sleep 1000`, { timeout_ms: 500_000 }));

describe("a cancelled call", () => {
  it("is answered, its command is gone, and its thread goes on", async () => {
    const mark = `mark-${randomUUID()}`;
    await using client = await rawClient(executable(), [endless(mark), answer(message("later"))]);
    await runningCommand(client, "c");
    client.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: "c", reason: "enough" } });
    const cancelled = await client.until(({ id, method }) => id === "c" && method === undefined);
    expect(cancelled.result).toMatchObject({ isError: true, content: [{ text: "interrupted" }] });
    expect(isAlive(mark)).toBe(false);
    expect(client.events("c").at(-1)).toBe("turn_aborted");
    const later = await client.call("d", "codex-reply", { prompt: "go on", threadId: threadOf(cancelled) });
    expect(textOf(later)).toBe("later");
  });

  it("takes its question back", async () => {
    await using client = await rawClient(executable(), [answer(shell("touch x"))]);
    client.send({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "codex", arguments: { ...works, "approval-policy": "untrusted" } },
    });
    const question = await client.until(({ method }) => method === "elicitation/create");
    client.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
    expect(await client.until(({ method }) => method === "notifications/cancelled")).toMatchObject({
      params: { requestId: question.id },
    });
    expect((await client.until(({ id, method }) => id === 1 && method === undefined)).result).toMatchObject({
      isError: true,
    });
    client.send({ jsonrpc: "2.0", id: question.id, result: { decision: "approved" } });
    expect(await client.ask(2, "ping")).toMatchObject({ result: {} });
  });

  it("is cancelled however early that is said", async () => {
    await using client = await rawClient(executable(), (_request, index) =>
      index === 0 ? answer(message("ready")) : stream(created(), hold("never")),
    );
    const threadId = threadOf(await client.call("first", "codex", works));
    // Each gap is some steps of the server longer than the one before; all lines come in one piece.
    for (let gap = 0; gap < 12; gap++) {
      const lines = [
        {
          jsonrpc: "2.0",
          id: gap,
          method: "tools/call",
          params: { name: "codex-reply", arguments: { prompt: "x", threadId } },
        },
        ...Array.from({ length: gap }, () => ({ jsonrpc: "2.0", method: "notifications/nothing" })),
        { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: gap } },
      ];
      client.send(lines.map((line) => JSON.stringify(line)).join("\n"));
      const { result } = await client.until(({ id, method }) => id === gap && method === undefined);
      expect(result).toMatchObject({ isError: true, content: [{ text: "interrupted" }] });
    }
  });

  it("that nobody knows is nothing", async () => {
    await using client = await rawClient(executable(), [answer()]);
    client.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 99 } });
    client.send({ jsonrpc: "2.0", method: "notifications/cancelled" });
    expect(await client.ask(1, "ping")).toMatchObject({ result: {} });
  });
});

describe.each(builds())("a client that does not read ($name)", (build) => {
  const start = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "codex", arguments: works } };

  it("is heard, and loses nothing: all is there when it reads again", async () => {
    await using client = await rawClient(build, [stream(created(), hold("never"))]);
    client.pause();
    client.send(start);
    await client.model.reached("never");
    await client.flood();
    client.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
    client.send({ jsonrpc: "2.0", id: "last", method: "ping" });
    client.resume();
    expect((await client.until(({ id, method }) => id === 1 && method === undefined)).result).toMatchObject({
      content: [{ text: "interrupted" }],
    });
    await client.until(({ id }) => id === "last");
    expect(client.messages.filter(({ id }) => String(id).startsWith("p"))).toHaveLength(40_000);
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("can be left with %s", async (signal, code) => {
    await using client = await rawClient(build, [stream(created(), hold("never"))]);
    client.pause();
    client.send(start);
    await client.model.reached("never");
    await client.flood();
    void client.end(signal);
    expect(await client.exited).toBe(code);
  });

  it("loses nothing of what a model says meanwhile", async () => {
    const deltas = 20_000;
    await using client = await rawClient(build, [
      stream(created(), message("x".repeat(deltas), { deltas }), hold("end")),
    ]);
    client.pause();
    client.send(start);
    await client.model.reached("end");
    client.model.release("end");
    client.resume();
    await client.until(({ params }) => (params?.["msg"] as { type?: string })?.type === "agent_message");
    expect(client.events(1).filter((type) => type === "agent_message_delta")).toHaveLength(deltas);
  });
});

describe("bad input", () => {
  it.each<[line: string, error: object | null]>([
    ["not json", null],
    ["", null],
    ["[]", null],
    ["null", null],
    ['{"id":null,"method":"ping"}', null],
    ['{"jsonrpc":"2.0","id":99,"result":{}}', null],
    ['{"jsonrpc":"2.0","id":5}', { id: 5, error: { code: -32600 } }],
    ['{"jsonrpc":"2.0","id":"x","method":"resources/list"}', { id: "x", error: { code: -32601 } }],
    ['{"jsonrpc":"2.0","id":"y","method":"prompts/list"}', { id: "y", error: { code: -32601 } }],
    ['{"jsonrpc":"2.0","id":6,"method":"tools/call"}', { id: 6, error: { code: -32602 } }],
    ['{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":7}}', { id: 7, error: { code: -32602 } }],
    ['{"jsonrpc":"2.0","id":8,"method":"initialize","params":[]}', { id: 8, error: { code: -32602 } }],
    [`{"jsonrpc":"2.0","id":9,"method":"${"x".repeat(2_000_000)}"}`, { id: 9, error: { code: -32601 } }],
  ])("is answered where it has an id, and the next request is served: %.60s", async (line, error) => {
    await using client = await rawClient(executable(), [answer()]);
    client.send(line);
    await client.ask("after", "ping");
    expect(client.messages.slice(0, -1)).toMatchObject(error === null ? [] : [error]);
  });
});

describe.each(builds())("the end ($name)", (build) => {
  it("of input lets what runs finish, and refuses what would be asked", async () => {
    await using client = await rawClient(build, [
      stream(created(), hold("go"), message("waiting")),
      answer(shell("touch x")),
      answer(message("finished")),
    ]);
    const args = { ...works, "approval-policy": "untrusted" };
    client.send({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "codex", arguments: args } });
    await client.model.reached("go");
    const ended = client.end();
    client.model.release("go");
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(client.messages.at(-1)).toMatchObject({ id: 1, result: { content: [{ text: "finished" }] } });
  });

  it.each([
    ["SIGTERM" as const, 143],
    ["SIGINT" as const, 130],
  ])("by %s answers what runs and leaves no process", async (signal, code) => {
    const mark = `mark-${randomUUID()}`;
    await using client = await rawClient(build, [endless(mark)]);
    await runningCommand(client, 1);
    expect(await client.end(signal)).toEqual({ code, signal: null });
    expect(client.messages.at(-1)).toMatchObject({ id: 1, result: { isError: true } });
    expect(isAlive(mark)).toBe(false);
  });
});
