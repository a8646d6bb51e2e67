import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { messagesOf, olderNames } from "./readme-examples.js";

const text = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");

it("the example in the README is the one that is checked and run here", () => {
  const [, code] = /^\/\*\*.*?\*\/\n\n(.*)\n$/s.exec(text("readme-examples.ts")) ?? [];
  expect(text("../README.md")).toContain(code?.replace('"../src/index.js"', '"@codex-ts/protocol"'));
});

it("the example tells what people said in a session file", () => {
  const file = ["user_message", "agent_message"].map((type) => {
    return JSON.stringify({
      timestamp: "2026-11-20T16:41:38.480Z",
      type: "event_msg",
      payload: { type, message: "hi" },
    });
  });
  expect(messagesOf(`${file.join("\n")}\n`)).toEqual(["hi"]);
});

it("the example tells the older names of an event", () => {
  const event = {
    threadId: "T",
    seq: 1,
    at: "2026-11-20T16:41:38.480Z",
    turnId: "0",
    type: "turn.started",
    contextWindow: null,
  } as const;
  expect(olderNames(event)).toEqual(["task_started"]);
});
