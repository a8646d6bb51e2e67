/** Agents that start others. */

import { answer, functionCall, message, type RecordedRequest } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { outputsOf, say, testThread } from "../support/test-thread.js";

const isChild = (request: RecordedRequest): boolean => request.headers["x-openai-subagent"] === "collab_spawn";

describe("sub-agents", () => {
  it("work in threads of their own, can be waited for, and may not start more", async () => {
    let id = "";
    await using test = await testThread(
      (request) => {
        if (isChild(request)) return answer(message("child done"));
        const outputs = outputsOf(request);
        if (outputs["spawn"] === undefined)
          return answer(functionCall("spawn_agent", { message: "sub task" }, "spawn"));
        id = (JSON.parse(outputs["spawn"]) as { agent_id: string }).agent_id;
        if (outputs["wait"] === undefined) return answer(functionCall("wait", { ids: [id] }, "wait"));
        if (outputs["close"] === undefined) return answer(functionCall("close_agent", { id }, "close"));
        return answer(message("all done"));
      },
      { features: ["collab"] },
    );
    const events = await test.turn();
    const outputs = outputsOf(test.model.requests.at(-1));
    expect(outputs["wait"]).toBe(JSON.stringify({ status: { [id]: { completed: "child done" } }, timed_out: false }));
    expect(outputs["close"]).toBe(JSON.stringify({ status: { completed: "child done" } }));
    const child = test.model.requests.find(isChild);
    const tools = (child?.body["tools"] ?? []) as { name?: string }[];
    expect(tools.map(({ name }) => name)).toContain("update_plan");
    expect(tools.map(({ name }) => name)).not.toContain("spawn_agent");
    expect(events.filter((event) => event.type === "item.ended" && event.item.type === "subAgent")).toHaveLength(3);
    expect(test.manager.ids()).toEqual([test.thread.id]);
  });

  it("end with the thread that started them, and count for nobody else", async () => {
    const spawns = (request: RecordedRequest): boolean =>
      !isChild(request) && outputsOf(request)["spawn"] === undefined;
    await using test = await testThread(
      (request) =>
        spawns(request) ? answer(functionCall("spawn_agent", { message: "sub task" }, "spawn")) : answer(message("ok")),
      { features: ["collab"], tables: "[agents]\nmax_threads = 1\n" },
    );
    await test.turn();
    expect(test.manager.ids()).toHaveLength(2);
    await test.manager.close(test.thread.id);
    expect(test.manager.ids()).toEqual([]);
    const other = await test.manager.start(test.config, "exec");
    const ended = new Promise<void>((resolve) => other.subscribe((event) => event.type === "turn.ended" && resolve()));
    await other.submit(say("you too"));
    await ended;
    expect(test.outputs()["spawn"]).toMatch(/^\{"agent_id":/);
  });

  it.each([
    { call: functionCall("spawn_agent", { message: " " }), output: "Empty message can't be sent to an agent" },
    { call: functionCall("wait", { ids: [] }), output: "ids must be non-empty" },
    {
      call: functionCall("send_input", { id: "01a1f9d5-2f01-76c3-af40-51ce70dcf175", message: "x" }),
      output: "agent with id 01a1f9d5-2f01-76c3-af40-51ce70dcf175 not found",
    },
    {
      call: functionCall("close_agent", { id: "bad" }),
      output: "invalid agent id bad: it is not the id that spawn_agent returned",
    },
  ])("tells the model: $output", async ({ call, output }) => {
    await using test = await testThread([answer(call), answer(message("ok"))], { features: ["collab"] });
    await test.turn();
    expect(test.outputs()).toEqual({ call_1: output });
  });

  it.each([
    { tool: "send_input", args: { message: "do evil" }, output: (id: string) => `agent with id ${id} not found` },
    { tool: "close_agent", args: {}, output: (id: string) => `agent with id ${id} not found` },
    {
      tool: "wait",
      args: {},
      output: (id: string) => JSON.stringify({ status: { [id]: "not_found" }, timed_out: false }),
    },
  ])("are the only threads that $tool reaches", async ({ tool, args, output }) => {
    let other = "";
    await using test = await testThread(
      (request) =>
        outputsOf(request)["call_1"] === undefined
          ? answer(functionCall(tool, { id: other, ids: [other], ...args }))
          : answer(message("ok")),
      { features: ["collab"] },
    );
    other = (await test.manager.start(test.config, "cli")).id;
    await test.turn();
    expect(test.outputs()).toEqual({ call_1: output(other) });
    expect(test.manager.get(other).status).toBe("pending_init");
  });

  it("are limited in number", async () => {
    await using test = await testThread(
      (request) => {
        if (isChild(request)) return answer(message("x"));
        return outputsOf(request)["b"] === undefined
          ? answer(
              functionCall("spawn_agent", { message: "1" }, "a"),
              functionCall("spawn_agent", { message: "2" }, "b"),
            )
          : answer(message("done"));
      },
      { features: ["collab"], tables: "[agents]\nmax_threads = 1\n" },
    );
    await test.turn();
    expect(test.outputs()["b"]).toBe("collab spawn failed: agent thread limit reached (max 1)");
  });
});
