/** The life of a turn: order of events, steering, interrupts, replacement, and what the model is sent. */

import {
  answer,
  drop,
  failed,
  functionCall,
  hold,
  httpReply,
  message,
  raw,
  reasoning,
  send,
  shell,
  stream,
} from "@codex-ts/test-support";
import type { ThreadEvent } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import { outputsOf, say, testThread } from "../support/test-thread.js";

/** What happened, in a word each. */
function story(events: readonly ThreadEvent[]): string[] {
  return events.flatMap((event) => {
    switch (event.type) {
      case "item.started":
        return [`${event.item.type} begins`];
      case "item.ended":
        return [`${event.item.type} ends${"status" in event.item ? ` ${event.item.status}` : ""}`];
      case "turn.started":
        return ["turn begins"];
      case "turn.ended":
        return [`turn ${event.outcome.kind}`];
      case "question.asked":
        return [`${event.question.kind}?`];
      case "question.answered":
        return [`answered by ${event.by}`];
      case "notice":
        return [event.notice.kind];
      case "response.item":
        return [event.item.type === "message" ? `${event.item.role} message` : event.item.type];
      default:
        return [];
    }
  });
}

/** Every item that began in a turn ended in it, once. */
function expectBalanced(events: readonly ThreadEvent[]): void {
  const started = events.flatMap((event) => (event.type === "item.started" ? [event.item.id] : []));
  const ended = events.flatMap((event) => (event.type === "item.ended" ? [event.item.id] : []));
  expect(ended.toSorted()).toEqual(started.toSorted());
}

function texts(input: unknown): string[] {
  return (input as { content?: { text?: string }[] }[]).flatMap((item) =>
    (item.content ?? []).map((part) => part.text ?? ""),
  );
}

describe("the last message of a turn", () => {
  it("is what the model said last, not a remark before a call", async () => {
    await using test = await testThread([
      answer(message("I will look."), shell("true")),
      answer(reasoning("done, nothing to say")),
    ]);
    const events = await test.turn();
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "completed" }, lastAgentMessage: null });
  });
});

describe("a turn", () => {
  it("tells everything in order", async () => {
    await using test = await testThread([answer(reasoning("think"), message("Hello."))]);
    const events = await test.turn();
    expect(story(events)).toEqual([
      "turn begins",
      "user message",
      "userMessage begins",
      "userMessage ends",
      "reasoning begins",
      "reasoning ends",
      "reasoning",
      "agentMessage begins",
      "agentMessage ends",
      "assistant message",
      "turn completed",
    ]);
    expect(events.at(-1)).toMatchObject({ lastAgentMessage: "Hello." });
    expect(test.events.map(({ seq }) => seq)).toEqual(test.events.map((_, at) => at));
  });

  it("ends at once when there is no input", async () => {
    await using test = await testThread([answer(message("never"))]);
    expect(story(await test.turn({ type: "user_input", items: [] }))).toEqual(["turn completed"]);
    expect(test.model.requests).toHaveLength(0);
  });

  it("sends the conversation with one cache key and keeps calls before outputs", async () => {
    await using test = await testThread([
      answer(shell("echo one", {}, "a"), shell("echo two", {}, "b")),
      answer(message("done")),
    ]);
    await test.turn();
    const input = test.model.requests[1]?.body["input"] as { type: string; call_id?: string }[];
    expect(input.slice(-4).map(({ type, call_id: id }) => `${type} ${id}`)).toEqual([
      "function_call a",
      "function_call b",
      "function_call_output a",
      "function_call_output b",
    ]);
    expect(test.model.requests.map(({ body }) => body["prompt_cache_key"])).toEqual([test.thread.id, test.thread.id]);
  });

  it("runs exclusive calls strictly in call order", async () => {
    const appends = Array.from({ length: 6 }, (_, n) => shell(`echo ${n} >> order.txt`, {}, `c${n}`));
    await using test = await testThread(
      [answer(...appends), answer(shell("cat order.txt", {}, "last")), answer(message("x"))],
      {
        config: 'sandbox_mode = "workspace-write"',
      },
    );
    await test.turn();
    expect(outputsOf(test.model.requests[2])["last"]).toContain("0\n1\n2\n3\n4\n5\n");
  });
});

describe("steering", () => {
  it("joins the running turn, is seen by clients, and reaches the model with the next request", async () => {
    await using test = await testThread([answer(message("working"), hold("go")), answer(message("heard you"))]);
    const ended = test.turn(say("first"));
    await test.model.reached("go");
    await test.thread.submit(say("second"));
    await test.thread.submit({ type: "list_custom_prompts" });
    await test.event("reply");
    test.model.release("go");
    const events = await ended;
    expect(story(events).filter((word) => word.startsWith("userMessage"))).toEqual([
      "userMessage begins",
      "userMessage ends",
      "userMessage begins",
      "userMessage ends",
    ]);
    expect(texts(test.model.requests[1]?.body["input"]).at(-1)).toBe("second");
    expectBalanced(events);
  });
});

describe("an interrupt", () => {
  it("ends the command with what it printed, says so to the model, and leaves the thread usable", async () => {
    await using test = await testThread([
      answer(shell("echo begun; sleep 100", { timeout_ms: 60_000 })),
      answer(message("again")),
    ]);
    const ended = test.turn();
    await test.event("item.delta", (event) => event.delta.kind === "commandOutput");
    await test.thread.submit({ type: "interrupt" });
    const events = await ended;
    expect(story(events).slice(-5)).toEqual([
      "command begins",
      "command ends interrupted",
      "function_call_output",
      "user message",
      "turn interrupted",
    ]);
    expectBalanced(events);
    await test.turn(say("go on"));
    expect(outputsOf(test.model.requests[1])["call_1"]).toMatch(/^Wall time: \d+\.\d seconds\naborted by user$/);
    expect(texts(test.model.requests[1]?.body["input"]).at(-2)).toMatch(/^<turn_aborted>\n/);
  });

  it("refuses the question that was open", async () => {
    await using test = await testThread([answer(shell("touch x")), answer(message("x"))], {
      config: 'approval_policy = "untrusted"',
    });
    const ended = test.turn();
    await test.event("question.asked");
    await test.thread.submit({ type: "interrupt" });
    const events = await ended;
    expect(story(events)).toContain("answered by interrupt");
    expectBalanced(events);
  });

  it("cuts a message short with what was said", async () => {
    await using test = await testThread([
      stream(
        [send("response.output_item.added", { item: { type: "message", role: "assistant", id: "m", content: [] } })],
        [send("response.output_text.delta", { item_id: "m", delta: "half a sen" })],
        hold("never"),
      ),
    ]);
    const ended = test.turn();
    await test.event("item.delta");
    await test.thread.submit({ type: "interrupt" });
    const last = (await ended).findLast((event) => event.type === "item.ended");
    expect(last).toMatchObject({ item: { type: "agentMessage", text: "half a sen" } });
  });
});

describe("a failing model", () => {
  it.each([
    { what: "a refused request", script: httpReply(400, "no"), info: "other", requests: 1 },
    {
      what: "a full window",
      script: stream(failed("context_length_exceeded", "x")),
      info: "context_window_exceeded",
      requests: 1,
    },
    { what: "no quota", script: stream(failed("insufficient_quota", "x")), info: "usage_limit_exceeded", requests: 1 },
  ])("$what fails the turn and not the thread", async ({ script, info, requests }) => {
    await using test = await testThread([script]);
    const events = await test.turn();
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "failed", error: { info } }, lastAgentMessage: null });
    expect(test.model.requests).toHaveLength(requests);
    expect(test.thread.status).toEqual({ errored: expect.any(String) });
  });

  it.each([
    { what: "a cut stream", fault: drop() },
    { what: "garbage", fault: raw("data: {not json}\n\nnonsense\n\n") },
    { what: "a stream that ends without a word", fault: [] },
  ])("$what is tried again, and what a tool did is kept", async ({ fault }) => {
    await using test = await testThread(
      [stream(shell("echo once >> log.txt; cat log.txt"), hold("go"), fault), answer(message("recovered"))],
      { config: 'sandbox_mode = "workspace-write"' },
    );
    const ended = test.turn();
    await test.event("item.ended", (event) => event.item.type === "command");
    test.model.release("go");
    const events = await ended;
    expect(story(events)).toContain("retrying");
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "completed" }, lastAgentMessage: "recovered" });
    expect(outputsOf(test.model.requests[1])["call_1"]).toMatch(/Output:\nonce\n$/);
    expectBalanced(events);
  });

  it("repeats no item whose id the server repeats", async () => {
    await using test = await testThread([answer(message("one", { id: "same" }), message("two", { id: "same" }))]);
    expectBalanced(await test.turn());
  });

  it("is told of a call it invented", async () => {
    await using test = await testThread([answer(functionCall("nonsense", {})), answer(message("ok"))]);
    await test.turn();
    expect(test.outputs()).toEqual({ call_1: "unsupported call: nonsense" });
  });
});
