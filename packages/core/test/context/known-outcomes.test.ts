/** Outcomes that the session file knows and the conversation does not. */

import { copyFileSync } from "node:fs";
import type { EventMsg, ResponseItem } from "@codex-ts/protocol";
import { answer, message, patch, shell } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { withKnownOutcomes } from "../../src/context/known-outcomes.js";
import { outputsOf, say, testThread } from "../support/test-thread.js";

describe("a process that was killed between the calls of an answer", () => {
  it("tells the model after a resume what had ended, and what is not known", async () => {
    await using test = await testThread(
      (request) => {
        const input = JSON.stringify(request.body["input"]);
        if (input.includes("go on") || input.includes("_output")) return answer(message("ok"));
        return answer(shell("echo one", {}, "a"), patch("*** Add File: x.txt\n+x\n", "b"), shell("echo two", {}, "c"));
      },
      { config: 'sandbox_mode = "workspace-write"' },
    );
    const path = test.thread.rolloutPath ?? "";
    // What the disk holds when the patch has ended and the last command has not: what a kill would leave.
    test.thread.subscribe((event) => {
      if (event.type === "item.ended" && event.item.type === "fileChange") copyFileSync(path, `${path}.killed`);
    });
    await test.turn();
    const again = await test.manager.fork(test.config, "exec", `${path}.killed`, null);
    const ended = new Promise<void>((resolve) => {
      again.subscribe((event) => event.type === "turn.ended" && resolve());
    });
    await again.submit(say("go on"));
    await ended;
    expect(outputsOf(test.model.requests.at(-1))).toEqual({
      a: "Exit code: 0\nOutput:\none\n",
      b: expect.stringMatching(/^Exit code: 0\nOutput:\nSuccess\. Updated the following files:\nA .*x\.txt\n$/),
      c: "aborted",
    });
  });
});

describe("withKnownOutcomes", () => {
  const call: ResponseItem = { type: "function_call", name: "t", arguments: "{}", call_id: "a" };
  const invocation = { server: "s", tool: "t" };
  const duration = { secs: 0, nanos: 0 };
  const agents = { call_id: "a", sender_thread_id: "me", receiver_thread_id: "it", prompt: "do" };
  const cases: { what: string; event: EventMsg; output: unknown }[] = [
    {
      what: "what a server answered",
      event: {
        type: "mcp_tool_call_end",
        call_id: "a",
        invocation,
        duration,
        result: { Ok: { content: [], structuredContent: { sum: 3 } } },
      },
      output: '{"sum":3}',
    },
    {
      what: "a picture of a server",
      event: {
        type: "mcp_tool_call_end",
        call_id: "a",
        invocation,
        duration,
        result: { Ok: { content: [{ type: "image", data: "AA==", mimeType: "image/png" }] } },
      },
      output: [{ type: "input_image", image_url: "data:image/png;base64,AA==" }],
    },
    {
      what: "why a server's call failed",
      event: { type: "mcp_tool_call_end", call_id: "a", invocation, duration, result: { Err: 'no "x"' } },
      output: 'err: "no \\"x\\""',
    },
    {
      what: "the agent that was started, and that it is gone",
      event: { type: "collab_agent_spawn_end", ...agents, new_thread_id: "new", status: "pending_init" },
      output: expect.stringMatching(/^\{"agent_id":"new"\}\n.*ended/),
    },
    {
      what: "an agent that was not started",
      event: { type: "collab_agent_spawn_end", ...agents, new_thread_id: null, status: "not_found" },
      output: "the agent was not started",
    },
    {
      what: "how agents stood that were waited for",
      event: { type: "collab_waiting_end", ...agents, statuses: { it: { completed: "done" } } },
      output: '{"status":{"it":{"completed":"done"}},"timed_out":false}',
    },
    {
      what: "the state of a closed agent",
      event: { type: "collab_close_end", ...agents, status: "running" },
      output: '{"status":"running"}',
    },
  ];

  it.each(cases)("tells $what", ({ event, output }) => {
    expect(withKnownOutcomes([call], [{ type: "event_msg", payload: event }])).toEqual([
      call,
      { type: "function_call_output", call_id: "a", output },
    ]);
  });

  it("leaves a call alone that has its output", () => {
    const answered: ResponseItem[] = [call, { type: "function_call_output", call_id: "a", output: "x" }];
    const event: EventMsg = { type: "collab_close_end", ...agents, status: "running" };
    expect(withKnownOutcomes(answered, [{ type: "event_msg", payload: event }])).toEqual(answered);
  });
});
