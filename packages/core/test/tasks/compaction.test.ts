/** Compaction: when it happens, what it keeps, and what a failing one does. */

import { answer, failed, httpReply, message, send, shell, stream, type Answer } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { compactionPrefix } from "../../src/generated/prompts.js";
import { say, testThread } from "../support/test-thread.js";

function texts(input: unknown): string[] {
  return (input as { content?: { text?: string }[] }[]).flatMap((item) =>
    (item.content ?? []).map((part) => part.text ?? ""),
  );
}

/** An answer after which the context counts as this full. */
function full(text: string, tokens: number): Answer {
  const usage = { input_tokens: tokens, output_tokens: 0, total_tokens: tokens };
  return stream(message(text), [send("response.completed", { response: { id: "r", usage } })]);
}

describe("a compaction on request", () => {
  it("replaces the conversation by fresh context, the user's messages and the summary", async () => {
    await using test = await testThread([
      answer(message("long work")),
      answer(message("SUMMARY")),
      answer(message("next")),
    ]);
    await test.turn(say("the task"));
    const events = await test.turn({ type: "compact" });
    expect(events.flatMap((event) => (event.type === "notice" ? [event.notice.kind] : []))).toEqual([
      "compacted",
      "warning",
    ]);
    expect(test.model.requests[1]?.body["tools"]).toEqual([]);
    await test.turn(say("go on"));
    const sent = texts(test.model.requests[2]?.body["input"]);
    expect(sent.slice(-3)).toEqual(["the task", `${compactionPrefix}\nSUMMARY`, "go on"]);
    expect(sent.join()).not.toContain("long work");
    expect(sent[0]).toMatch(/^<permissions instructions>/);
  });

  it("drops the oldest items when even the summary's request does not fit", async () => {
    await using test = await testThread([
      answer(message("one")),
      stream(failed("context_length_exceeded", "x")),
      answer(message("SUMMARY")),
    ]);
    await test.turn();
    const events = await test.turn({ type: "compact" });
    expect(events).toContainEqual(
      expect.objectContaining({
        notice: {
          kind: "background",
          message: "Trimmed 1 older thread item(s) before compacting so the prompt fits the model context window.",
        },
      }),
    );
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "completed" } });
  });

  it("drops in one step what is far too much for the window", async () => {
    await using test = await testThread(
      [
        ...Array.from({ length: 6 }, () => full("x".repeat(40_000), 100)),
        stream(failed("context_length_exceeded", "x")),
        answer(message("SUMMARY")),
      ],
      { config: "model_context_window = 30000\n" },
    );
    for (let turn = 0; turn < 6; turn += 1) await test.turn(say(`task ${turn}`));
    const events = await test.turn({ type: "compact" });
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "completed" } });
    expect(test.model.requests).toHaveLength(8);
    const sent = JSON.stringify(test.model.requests[7]?.body["input"]);
    expect(sent.length).toBeLessThan(4 * 30_000);
    expect(sent.length).toBeGreaterThan(40_000);
  });

  it("leaves images out before anything that was said", async () => {
    const picture = `data:image/png;base64,${"A".repeat(1_400_000)}`;
    await using test = await testThread([
      answer(message("one")),
      answer(message("seen")),
      stream(failed("context_length_exceeded", "x")),
      answer(message("SUMMARY")),
    ]);
    await test.turn(say("the task"));
    await test.turn({ type: "user_input", items: [{ type: "image", image_url: picture }] });
    const events = await test.turn({ type: "compact" });
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "completed" } });
    const sent = test.model.requests[3]?.body["input"];
    expect(JSON.stringify(sent)).not.toContain("base64");
    expect(texts(sent)).toEqual(expect.arrayContaining(["the task", "one", "seen"]));
  });

  it("keeps the conversation when it fails, and says why", async () => {
    await using test = await testThread([answer(message("one")), httpReply(400, "no"), answer(message("still here"))]);
    await test.turn(say("remember"));
    expect((await test.turn({ type: "compact" })).at(-1)).toMatchObject({ outcome: { kind: "failed" } });
    await test.turn(say("go on"));
    expect(texts(test.model.requests[2]?.body["input"])).toContain("one");
  });
});

describe("a compaction by itself", () => {
  it("happens before a turn when the context is full", async () => {
    await using test = await testThread([full("big", 250_000), answer(message("SUMMARY")), answer(message("next"))]);
    await test.turn(say("first"));
    await test.turn(say("second"));
    expect(texts(test.model.requests[2]?.body["input"]).slice(-2)).toEqual([`${compactionPrefix}\nSUMMARY`, "second"]);
  });

  it("happens inside a turn between calls", async () => {
    const usage = { input_tokens: 250_000, output_tokens: 0, total_tokens: 250_000 };
    await using test = await testThread([
      stream(shell("echo hi"), [send("response.completed", { response: { id: "r", usage } })]),
      answer(message("SUMMARY")),
      answer(message("done")),
    ]);
    const events = await test.turn(say("the task"));
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "completed" }, lastAgentMessage: "done" });
    expect(texts(test.model.requests[2]?.body["input"]).slice(-2)).toEqual([
      "the task",
      `${compactionPrefix}\nSUMMARY`,
    ]);
  });

  it("survives a resume: the same conversation is sent", async () => {
    await using test = await testThread([
      answer(message("one")),
      answer(message("SUMMARY")),
      answer(message("two")),
      answer(message("three")),
    ]);
    await test.turn(say("the task"));
    await test.turn({ type: "compact" });
    await test.turn(say("go on"));
    const path = test.thread.rolloutPath ?? "";
    await test.manager.close(test.thread.id);
    const resumed = await test.manager.resume(test.config, "exec", path);
    const done = new Promise<void>((resolve) => resumed.subscribe((event) => event.type === "turn.ended" && resolve()));
    await resumed.submit(say("again"));
    await done;
    const before = texts(test.model.requests[2]?.body["input"]);
    expect(texts(test.model.requests[3]?.body["input"])).toEqual([...before, "two", "again"]);
  });
});
