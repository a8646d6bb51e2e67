/** Reviews: a thread of its own, shown in the parent's turn, with a structured result. */

import { answer, message, shell } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { parseReview } from "../../src/review/review-output.js";
import { testThread, say } from "../support/test-thread.js";

const finding = {
  title: "[P1] Fix it",
  body: "It breaks.",
  confidence_score: 0.9,
  priority: 1,
  code_location: { absolute_file_path: "/a.ts", line_range: { start: 1, end: 2 } },
};
const result = {
  findings: [finding],
  overall_correctness: "patch is incorrect",
  overall_explanation: "Bad.",
  overall_confidence_score: 0.8,
};

describe("parseReview", () => {
  it.each([
    { what: "the whole text", text: JSON.stringify(result), expected: result },
    { what: "JSON inside of prose", text: `Here:\n\`\`\`json\n${JSON.stringify(result)}\n\`\`\``, expected: result },
    {
      what: "prose",
      text: "All fine.",
      expected: {
        findings: [],
        overall_correctness: "",
        overall_explanation: "All fine.",
        overall_confidence_score: 0,
      },
    },
  ])("reads $what", ({ text, expected }) => expect(parseReview(text)).toEqual(expected));

  it("takes an answer without priorities as prose", () => {
    const text = JSON.stringify({ ...result, findings: [{ ...finding, priority: undefined }] });
    expect(parseReview(text)).toMatchObject({ findings: [], overall_explanation: text });
  });
});

describe("a review", () => {
  it("shows the reviewer's commands, then the result, and keeps it in the conversation", async () => {
    await using test = await testThread([
      answer(shell("ls")),
      answer(message(JSON.stringify(result))),
      answer(message("fixed")),
    ]);
    const events = await test.turn({ type: "review", review_request: { target: { type: "uncommittedChanges" } } });
    const words = events.flatMap((event) =>
      event.type === "item.started" || event.type === "item.ended" ? [`${event.type} ${event.item.type}`] : [],
    );
    const usage = events.flatMap((event) => (event.type === "usage" ? [event.usage] : []));
    expect(usage).toHaveLength(1);
    expect(usage[0]?.model_context_window).toBe(258_400);
    expect(usage[0]?.total_token_usage.total_tokens).toBeGreaterThan(0);
    expect(words).toEqual([
      "item.started review",
      "item.started userMessage",
      "item.ended userMessage",
      "item.started command",
      "item.ended command",
      "item.ended review",
      "item.started agentMessage",
      "item.ended agentMessage",
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({ item: expect.objectContaining({ type: "review", output: result }) }),
    );
    const text = "Bad.\n\nReview comment:\n\n- [P1] Fix it — /a.ts:1-2\n  It breaks.";
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "completed" }, lastAgentMessage: text });

    expect(test.model.requests[0]?.headers["x-openai-subagent"]).toBe("review");
    expect(test.model.requests[0]?.headers["x-oai-web-search-eligible"]).toBe("false");
    await test.turn(say("fix it"));
    const sent = JSON.stringify(test.model.requests[2]?.body["input"]);
    expect(sent).toContain("<user_action>");
    expect(sent).not.toContain("Review the changes that are not committed");
    expect(test.manager.ids()).toEqual([test.thread.id]);
  });

  it("says that it was interrupted", async () => {
    await using test = await testThread([answer(shell("sleep 100", { timeout_ms: 60_000 }))]);
    const ended = test.turn({ type: "review", review_request: { target: { type: "custom", instructions: "look" } } });
    await test.event("item.started", (event) => event.item.type === "command");
    await test.thread.submit({ type: "interrupt" });
    const events = await ended;
    expect(events).toContainEqual(
      expect.objectContaining({
        item: expect.objectContaining({
          type: "agentMessage",
          text: expect.stringContaining("Review was interrupted."),
        }),
      }),
    );
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "interrupted" } });
  });

  it("fails for blank instructions", async () => {
    await using test = await testThread([answer(message("x"))]);
    const events = await test.turn({
      type: "review",
      review_request: { target: { type: "custom", instructions: " " } },
    });
    expect(events.at(-1)).toMatchObject({
      outcome: { kind: "failed", error: { message: "Review prompt cannot be empty" } },
    });
  });
});
