/** A model server that misbehaves in the middle of work: what is kept, what is tried again, what is said. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  answer,
  created,
  failed,
  functionCall,
  hold,
  httpReply,
  message,
  patch,
  reasoning,
  send,
  shell,
  stream,
  type RecordedRequest,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { expectBalanced, noticesOf, outcomeOf } from "../support/story.js";
import { outputsOf, say, testThread } from "../support/test-thread.js";

/** Waits as the thread would, but at once; remembers for how long it was asked to wait. */
function impatient(): { waits: number[]; services: () => { sleep: (milliseconds: number) => Promise<void> } } {
  const waits: number[] = [];
  return { waits, services: () => ({ sleep: (milliseconds) => Promise.resolve(void waits.push(milliseconds)) }) };
}

function callsAndOutputs(request: RecordedRequest | undefined): string[] {
  const input = (request?.body["input"] ?? []) as { type: string; call_id?: string }[];
  return input.flatMap(({ type, call_id: id }) => (id === undefined ? [] : [`${type} ${id}`]));
}

describe("a stalled stream", () => {
  it("is given up after the idle time and tried again; what a tool did is kept and not repeated", async () => {
    await using test = await testThread(
      [stream(created(), shell("echo once >> log.txt"), hold("never")), answer(message("recovered"))],
      { config: 'sandbox_mode = "workspace-write"', provider: "stream_idle_timeout_ms = 1_500" },
    );
    const events = await test.turn();
    expect(outcomeOf(events)).toEqual({ kind: "completed" });
    expect(noticesOf(events, "retrying")).toMatchObject([
      { additionalDetails: "stream disconnected before completion: idle timeout waiting for SSE" },
    ]);
    expect(readFileSync(join(test.home.workspace, "log.txt"), "utf8")).toBe("once\n");
    expect(callsAndOutputs(test.model.requests[1])).toEqual(["function_call call_1", "function_call_output call_1"]);
    expectBalanced(events);
  });

  it("fails the turn when it stalls every time, and leaves the thread usable", async () => {
    await using test = await testThread(
      (_, index) => (index < 2 ? stream(created(), hold("never")) : answer(message("back"))),
      { provider: "stream_idle_timeout_ms = 500" },
    );
    expect(outcomeOf(await test.turn())).toMatchObject({ kind: "failed" });
    expect(outcomeOf(await test.turn(say("again")))).toEqual({ kind: "completed" });
  });

  it("is not one while a tool of the same answer still runs", async () => {
    await using test = await testThread([answer(shell("sleep 2; echo done")), answer(message("ok"))], {
      provider: "stream_idle_timeout_ms = 1_500",
    });
    expect(noticesOf(await test.turn(), "retrying")).toEqual([]);
    expect(test.outputs()["call_1"]).toContain("done");
  });
});

describe("status 429", () => {
  it.each([
    { what: "with a delay in seconds", headers: { "retry-after": "7" }, waits: [7_000] },
    { what: "with a delay in milliseconds", headers: { "retry-after-ms": "1250" }, waits: [1_250] },
  ])("$what is waited for exactly", async ({ headers, waits: expected }) => {
    const { waits, services } = impatient();
    await using test = await testThread([httpReply(429, "slow down", headers), answer(message("ok"))], { services });
    const events = await test.turn();
    expect(outcomeOf(events)).toEqual({ kind: "completed" });
    expect(noticesOf(events, "retrying")).toHaveLength(1);
    expect(waits).toEqual(expected);
  });

  it("without a delay is tried again after a short one", async () => {
    const { waits, services } = impatient();
    await using test = await testThread([httpReply(429, "slow down"), answer(message("ok"))], { services });
    expect(outcomeOf(await test.turn())).toEqual({ kind: "completed" });
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(0);
    expect(waits[0]).toBeLessThan(1_000);
  });

  it("after a tool ran keeps its result", async () => {
    const { services } = impatient();
    await using test = await testThread(
      [answer(shell("echo once >> log.txt; cat log.txt")), httpReply(429, "slow"), answer(message("ok"))],
      { services, config: 'sandbox_mode = "workspace-write"' },
    );
    await test.turn();
    expect(test.outputs()["call_1"]).toMatch(/Output:\nonce\n$/);
  });

  it("for ever ends the turn within its budget", async () => {
    const { waits, services } = impatient();
    await using test = await testThread([httpReply(429, "slow down")], { services });
    expect(outcomeOf(await test.turn())).toMatchObject({ kind: "failed" });
    expect(test.model.requests).toHaveLength(2);
    expect(waits).toHaveLength(1);
  });
});

describe("ids that the server repeats", () => {
  it.each([
    { what: "of messages", parts: [message("one", { id: "x" }), message("two", { id: "x" })] },
    { what: "of reasoning", parts: [reasoning("a", { id: "x" }), reasoning("b", { id: "x" }), message("m")] },
    { what: "of a message and reasoning", parts: [reasoning("a", { id: "x" }), message("m", { id: "x" })] },
    {
      what: "of an item that is still open",
      parts: [
        [send("response.output_item.added", { item: { type: "message", role: "assistant", id: "x", content: [] } })],
        message("m", { id: "x" }),
      ],
    },
  ])("$what end every item once", async ({ parts }) => {
    await using test = await testThread([answer(...parts), answer(message("again", { id: "x" }))]);
    expectBalanced(await test.turn());
    expectBalanced(await test.turn());
    expect(test.reports).toEqual([]);
  });

  it("of calls get one output for each call, in their order", async () => {
    const plan = functionCall("update_plan", { plan: [] }, "same");
    await using test = await testThread(
      [answer(shell("echo 1 >> n", {}, "same"), plan, shell("echo 2 >> n", {}, "same")), answer(message("ok"))],
      { config: 'sandbox_mode = "workspace-write"' },
    );
    expectBalanced(await test.turn());
    expect(callsAndOutputs(test.model.requests[1]).map((text) => text.replace(" same", ""))).toEqual([
      "function_call",
      "function_call",
      "function_call",
      "function_call_output",
      "function_call_output",
      "function_call_output",
    ]);
    expect(readFileSync(join(test.home.workspace, "n"), "utf8")).toBe("1\n2\n");
  });
});

describe("a context window that is exceeded in the middle of a turn", () => {
  it("fails the turn, keeps what was done, and the next turn compacts before it asks", async () => {
    await using test = await testThread(
      [
        answer(patch("*** Add File: made.txt\n+x\n")),
        stream(failed("context_length_exceeded", "too long")),
        answer(message("SUMMARY")),
        answer(message("goes on")),
      ],
      { config: 'sandbox_mode = "workspace-write"' },
    );
    const events = await test.turn(say("the task"));
    expect(outcomeOf(events)).toMatchObject({ kind: "failed", error: { info: "context_window_exceeded" } });
    expectBalanced(events);
    const next = await test.turn(say("go on"));
    expect(noticesOf(next, "compacted")).toHaveLength(1);
    expect(outcomeOf(next)).toEqual({ kind: "completed" });
    const sent = JSON.stringify(test.model.requests[3]?.body["input"]);
    expect(sent).toContain("the task");
    expect(sent).toContain("SUMMARY");
    expect(outputsOf(test.model.requests[3])).toEqual({});
  });
});
