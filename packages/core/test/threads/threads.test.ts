/** Threads: resume, fork, roll back, many at once, each able to fail alone. */

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answer, httpReply, message, type RecordedRequest } from "@codex-ts/test-support";
import type { Thread } from "@codex-ts/core";
import { promptHistory } from "@codex-ts/rollout";
import { describe, expect, it } from "vitest";
import { say, testThread } from "../support/test-thread.js";

function userTexts(request: RecordedRequest | undefined): string[] {
  const input = (request?.body["input"] ?? []) as { role?: string; content?: { text?: string }[] }[];
  return input
    .flatMap((item) =>
      item.role === "user" || item.role === "assistant" ? (item.content ?? []).map((part) => part.text ?? "") : [],
    )
    .slice(1);
}

function turnOf(thread: Thread, text: string): Promise<string> {
  return new Promise((resolve) => {
    const stop = thread.subscribe((event) => {
      if (event.type !== "turn.ended") return;
      stop();
      resolve(event.outcome.kind);
    });
    void thread.submit(say(text));
  });
}

it("a thread tells which prompts of earlier sessions can be asked for", async () => {
  let historyLogId = 0;
  const beforeStart = ({ codexHome }: { codexHome: string }): void => {
    const file = join(codexHome, "history.jsonl");
    writeFileSync(file, '{"session_id":"a","ts":1,"text":"one"}\n{"session_id":"a","ts":2,"text":"two"}\n');
    historyLogId = promptHistory(codexHome).info().logId;
  };
  await using test = await testThread([answer(message("ok"))], { beforeStart });
  expect(historyLogId).not.toBe(0);
  expect(test.events[0]).toMatchObject({ type: "thread.configured", origin: { historyLogId, historyEntryCount: 2 } });
  await test.thread.submit({ type: "get_history_entry_request", log_id: historyLogId, offset: 1 });
  const reply = await test.event("reply");
  expect(reply).toMatchObject({ reply: { kind: "historyEntry", entry: { entry: { text: "two" } } } });
});

describe("a session file", () => {
  it("is private and complete when the turn ends", async () => {
    await using test = await testThread([answer(message("Hello."))]);
    await test.turn(say("hi"));
    const path = test.thread.rolloutPath ?? "";
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const kinds = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; payload: { type?: string; role?: string } })
      .map(({ type, payload }) => [type, payload.type, payload.role].filter(Boolean).join(" "));
    expect(kinds).toEqual([
      "session_meta",
      "response_item message developer",
      "response_item message user",
      "event_msg task_started",
      "response_item message user",
      "event_msg user_message",
      "turn_context",
      "event_msg token_count",
      "event_msg agent_message",
      "response_item message assistant",
      "event_msg token_count",
      "event_msg task_complete",
    ]);
  });
});

describe("resuming", () => {
  it("gives the thread that is loaded already", async () => {
    await using test = await testThread([answer(message("x"))]);
    await test.turn();
    expect(await test.manager.resume(test.config, "exec", test.thread.rolloutPath ?? "")).toBe(test.thread);
  });

  it("warns when the model is another one", async () => {
    await using test = await testThread([answer(message("x"))]);
    await test.turn();
    const path = test.thread.rolloutPath ?? "";
    await test.manager.close(test.thread.id);
    const resumed = await test.manager.resume({ ...test.config, model: "gpt-5.2" }, "exec", path);
    const warning = new Promise((resolve) =>
      resumed.subscribe(
        (event) => event.type === "notice" && event.notice.kind === "warning" && resolve(event.notice.message),
      ),
    );
    expect(await warning).toBe(
      "This session was recorded with model `gpt-5.1-codex` but is resuming with `gpt-5.2`. Consider switching back to `gpt-5.1-codex` as it may affect Codex performance.",
    );
  });
});

describe("rolling back", () => {
  it("forgets the last turns, also after a resume", async () => {
    await using test = await testThread([
      answer(message("one")),
      answer(message("two")),
      answer(message("three")),
      answer(message("x")),
    ]);
    for (const text of ["first", "second", "third"]) await test.turn(say(text));
    await test.thread.submit({ type: "thread_rollback", num_turns: 2 });
    await test.event("notice", (event) => event.notice.kind === "rolledBack");
    const path = test.thread.rolloutPath ?? "";
    await test.manager.close(test.thread.id);
    const resumed = await test.manager.resume(test.config, "exec", path);
    await turnOf(resumed, "again");
    expect(userTexts(test.model.requests[3])).toEqual(["first", "one", "again"]);
  });

  it.each([{ turns: 0, message: "num_turns must be >= 1" }])(
    "refuses $turns turns",
    async ({ turns, message: text }) => {
      await using test = await testThread([]);
      await test.thread.submit({ type: "thread_rollback", num_turns: turns });
      const event = await test.event("notice", (notice) => notice.notice.kind === "error");
      expect(event.notice).toMatchObject({ error: { message: text, info: "thread_rollback_failed" } });
    },
  );
});

describe("forking", () => {
  it("leaves the old way at a user message and keeps the original as it is", async () => {
    await using test = await testThread([
      answer(message("one")),
      answer(message("two")),
      answer(message("x")),
      answer(message("y")),
    ]);
    await test.turn(say("first"));
    await test.turn(say("second"));
    const fork = await test.manager.fork(test.config, "exec", test.thread.rolloutPath ?? "", 1);
    expect(fork.id).not.toBe(test.thread.id);
    await turnOf(fork, "other");
    await test.turn(say("third"));
    expect(userTexts(test.model.requests[2])).toEqual(["first", "one", "other"]);
    expect(userTexts(test.model.requests[3])).toEqual(["first", "one", "second", "two", "third"]);
  });
});

describe("many threads in one process", () => {
  it("work at the same time, and one that fails harms no other", async () => {
    await using test = await testThread((request) =>
      JSON.stringify(request.body["input"]).includes("fail please") ? httpReply(400, "no") : answer(message("fine")),
    );
    const threads = await Promise.all(Array.from({ length: 20 }, () => test.manager.start(test.config, "exec")));
    const outcomes = await Promise.all(threads.map((thread, n) => turnOf(thread, n === 7 ? "fail please" : "work")));
    expect(outcomes.filter((kind) => kind === "completed")).toHaveLength(19);
    expect(outcomes[7]).toBe("failed");
    expect(test.reports).toEqual([]);
  });
});
