/** Operations in their order, whatever happens around them: a full queue, a shutdown, input while something else runs. */

import { answer, functionCall, hold, message, reasoning, shell, stream, type Script } from "@codex-ts/test-support";
import { ThreadClosedError } from "@codex-ts/core";
import { readRollout } from "@codex-ts/rollout";
import { describe, expect, it } from "vitest";
import { marker, processesWith } from "../support/processes.js";
import { expectBalanced, noticesOf, outcomeOf } from "../support/story.js";
import { say, testThread, type TestThread } from "../support/test-thread.js";

/** The user messages of a request, in their order, without the context before them. */
function userTexts(test: TestThread, request: number): string[] {
  const input = (test.model.requests[request]?.body["input"] ?? []) as {
    role?: string;
    content?: { text?: string }[];
  }[];
  return input.flatMap(({ role, content }) =>
    role === "user" ? (content ?? []).flatMap(({ text }) => (text?.startsWith("<") ? [] : [text ?? ""])) : [],
  );
}

describe("the queue", () => {
  it("keeps the order of 300 senders, though it holds fewer at a time", async () => {
    await using test = await testThread([answer(message("x"))]);
    const replies: (string | null)[] = [];
    test.thread.subscribe((event) => event.type === "reply" && replies.push(event.turnId));
    const sent = Array.from({ length: 300 }, () => test.thread.submit({ type: "list_models" }));
    const ids = await Promise.all(sent);
    await expect.poll(() => replies.length).toBe(300);
    expect(replies).toEqual(ids);
  });

  it("lets those who wait for room know that the thread has ended", async () => {
    await using test = await testThread([answer(message("x"))]);
    const first = test.thread.submit({ type: "shutdown" });
    const late = Array.from({ length: 100 }, () => test.thread.submit(say("too late")));
    await first;
    const outcomes = await Promise.allSettled(late);
    const refusals = outcomes.flatMap((outcome): unknown[] => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refusals).not.toEqual([]);
    expect(refusals.every((reason) => reason instanceof ThreadClosedError)).toBe(true);
    await test.thread.ended();
    expect(test.events.filter(({ type }) => type === "turn.ended")).toEqual([]);
    expect(test.model.requests).toEqual([]);
  });

  it("takes nothing after the end", async () => {
    await using test = await testThread([answer(message("x"))]);
    await test.manager.close(test.thread.id);
    await expect(test.thread.submit(say("hello"))).rejects.toThrow(ThreadClosedError);
    expect(test.manager.ids()).toEqual([]);
  });
});

describe("a message that comes while a task runs that takes none", () => {
  /** Compacts; meanwhile two messages come. */
  const script: Script = [
    answer(message("work")),
    stream(message("SUMMARY"), hold("go"), [
      { do: "send", event: { type: "response.completed", response: { id: "r" } } },
    ]),
    answer(message("answer")),
  ];

  it("waits for the compaction; all of them join one turn in their order", async () => {
    await using test = await testThread(script);
    await test.turn(say("task"));
    const compacted = test.turn({ type: "compact" });
    await test.model.reached("go");
    const id = await test.thread.submit(say("second"));
    await test.thread.submit(say("third"));
    test.model.release("go");
    expect(outcomeOf(await compacted)).toEqual({ kind: "completed" });
    await test.event("turn.ended", (event) => event.turnId === id);
    expect(userTexts(test, test.model.requests.length - 1).slice(-2)).toEqual(["second", "third"]);
    expect(test.events.filter(({ type }) => type === "turn.ended")).toHaveLength(3);
    expect(test.reports).toEqual([]);
  });

  it("begins no turn when the thread ends meanwhile", async () => {
    await using test = await testThread(script);
    await test.turn(say("task"));
    await test.thread.submit({ type: "compact" });
    await test.model.reached("go");
    await test.thread.submit(say("second"));
    await test.manager.close(test.thread.id);
    expect(test.events.at(-1)).toMatchObject({ notice: { kind: "shutdownComplete" } });
    expect(test.model.requests).toHaveLength(2);
  });

  it("waits for the end of a review", async () => {
    await using test = await testThread((request) =>
      request.headers["x-openai-subagent"] === "review"
        ? stream(message("{}"), hold("go"), [
            { do: "send", event: { type: "response.completed", response: { id: "r" } } },
          ])
        : answer(message("answer")),
    );
    const target = { type: "custom" as const, instructions: "look" };
    const reviewed = test.turn({ type: "review", review_request: { target } });
    await test.model.reached("go");
    const id = await test.thread.submit(say("and now?"));
    test.model.release("go");
    expect(outcomeOf(await reviewed)).toEqual({ kind: "completed" });
    await test.event("turn.ended", (event) => event.turnId === id);
    expect(userTexts(test, 1).at(-1)).toBe("and now?");
  });
});

describe("a message that comes at the very end of a turn", () => {
  it("is never lost: it steers, or begins a turn of its own", async () => {
    for (let steps = 0; steps < 12; steps += 1) {
      await using test = await testThread([answer(message("one")), answer(message("two"))]);
      const ended = new Promise<void>((resolve) => {
        let left = steps;
        test.thread.subscribe((event) => {
          if (event.type !== "item.ended" || event.item.type !== "agentMessage") return;
          const later = (): void => {
            if (left-- > 0) return queueMicrotask(later);
            void test.thread.submit(say("late")).then(() => resolve());
          };
          if (test.model.requests.length === 1) later();
        });
      });
      await test.thread.submit(say("early"));
      await ended;
      await expect.poll(() => test.model.requests.length).toBe(2);
      expect(userTexts(test, 1)).toEqual(["early", "late"]);
      await expect.poll(() => test.thread.activeTurnId).toBe(null);
    }
  });

  it("of a turn that fails is told with the next one", async () => {
    await using test = await testThread((_, index) =>
      index === 0
        ? stream(message("working", { id: "m" }), hold("go"), [
            {
              do: "send",
              event: { type: "response.failed", response: { id: "r", error: { code: "insufficient_quota" } } },
            },
          ])
        : answer(message("ok")),
    );
    const failing = test.turn(say("first"));
    await test.model.reached("go");
    await test.thread.submit(say("steered"));
    await test.thread.submit({ type: "list_models" });
    await test.event("reply");
    test.model.release("go");
    const events = await failing;
    expect(outcomeOf(events)).toMatchObject({ kind: "failed" });
    expectBalanced(events);
    await test.turn(say("third"));
    expect(userTexts(test, 1)).toEqual(["first", "steered", "third"]);
  });
});

describe("a shutdown in the middle of everything", () => {
  const MOMENTS = process.env["CODEX_TS_NIGHTLY"] === undefined ? 8 : 32;

  it(`ends all that is open, at ${MOMENTS} moments, and the session can be resumed`, { timeout: 120_000 }, async () => {
    const word = marker();
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      await using test = await testThread(
        (request) =>
          !JSON.stringify(request.body["input"]).includes("go on")
            ? answer(
                reasoning("hm"),
                message("now", { deltas: 4 }),
                functionCall("update_plan", { plan: [] }, "p"),
                shell(`echo begun; sleep ${word}`, { timeout_ms: 60_000 }, "a"),
                shell(`sleep ${word}`, { timeout_ms: 60_000 }, "b"),
              )
            : answer(message("resumed")),
        { config: 'sandbox_mode = "workspace-write"' },
      );
      await shutDownAfter(Math.round((moment * 31) / (MOMENTS - 1)), test);
      expectBalanced(test.events);
      expect(test.events.at(-1)).toMatchObject({ notice: { kind: "shutdownComplete" } });
      expect(noticesOf(test.events, "shutdownComplete")).toHaveLength(1);
      expect(test.reports).toEqual([]);
      expect(processesWith(word)).toBe(0);
      const path = test.thread.rolloutPath ?? "";
      expect((await readRollout(path)).skipped).toEqual([]);
      const resumed = await test.manager.resume(test.config, "exec", path);
      await resumed.submit(say("go on"));
      await new Promise<void>((resolve) => {
        resumed.subscribe((event) => event.type === "turn.ended" && resolve());
      });
      const sent = (test.model.requests.at(-1)?.body["input"] ?? []) as { type: string; call_id?: string }[];
      const ids = (type: string): string[] => sent.flatMap((item) => (item.type === type ? [item.call_id ?? ""] : []));
      expect(ids("function_call_output")).toEqual(ids("function_call"));
    }
  });

  /** Submits the operation after a number of events of a turn, or when its first command prints. */
  async function shutDownAfter(events: number, test: TestThread): Promise<void> {
    let left = events;
    test.thread.subscribe((event) => {
      left = event.type === "item.delta" && event.delta.kind === "commandOutput" ? Math.min(left, 0) : left;
      if (left-- === 0) void test.thread.submit({ type: "shutdown" });
    });
    await test.thread.submit(say("work"));
    await test.thread.ended();
  }
});
