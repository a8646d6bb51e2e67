import { answer, message, reasoning, startFakeModel } from "@codex-ts/test-support";
import { expect, it } from "vitest";
import { attempt, testClient } from "./requests.js";

it("hands on a response's events in order and ends with its usage", async () => {
  await using server = await startFakeModel([answer(reasoning("**Thinking**", { raw: "raw" }), message("Hello"))]);
  const { events, error } = await attempt(testClient(server).client);
  expect(error).toBeNull();
  expect(events.map((event) => event.type)).toEqual([
    "rateLimits",
    "created",
    "itemAdded",
    "reasoningSectionAdded",
    "reasoningSummaryDelta",
    "reasoningRawDelta",
    "itemDone",
    "itemAdded",
    "textDelta",
    "itemDone",
    "completed",
  ]);
  expect(events.at(-1)).toEqual({
    type: "completed",
    responseId: "resp_1",
    usage: {
      input_tokens: 100,
      cached_input_tokens: 10,
      output_tokens: 20,
      reasoning_output_tokens: 5,
      total_tokens: 120,
    },
    incomplete: null,
  });
});
