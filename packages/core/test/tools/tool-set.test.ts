/** Which tools a model is offered, in which order, and what happens with calls of others. */

import type { Services } from "@codex-ts/core";
import { answer, customCall, functionCall, message, send, stream, created, completed } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { testThread, type TestThreadOptions } from "../support/test-thread.js";

interface Offered {
  name: string;
  type: string;
  external_web_access?: boolean;
}

async function offered(model: string, options: TestThreadOptions = {}): Promise<Offered[]> {
  await using test = await testThread([answer(message("ok"))], options);
  await test.thread.submit({ type: "override_turn_context", model });
  await test.turn();
  const tools = test.model.requests[0]?.body["tools"] as Offered[];
  return tools.map((tool) => ({ ...tool, name: tool.name ?? tool.type }));
}

const names = (tools: readonly Offered[]): string[] => tools.map(({ name }) => name);

describe("the tools of a model", () => {
  it.each([
    { model: "o3", shell: ["shell"], patch: null },
    { model: "gpt-4.1", shell: ["shell"], patch: null },
    { model: "codex-mini-latest", shell: ["local_shell"], patch: null },
    { model: "gpt-oss", shell: ["shell"], patch: "function" },
    { model: "exp-codex", shell: ["shell_command"], patch: "custom" },
    { model: "exp-x", shell: ["exec_command", "write_stdin"], patch: "custom" },
    { model: "gpt-5.2-codex", shell: ["shell_command"], patch: "custom" },
    { model: "gpt-5.1-codex-mini", shell: ["shell_command"], patch: "custom" },
    { model: "gpt-5.2", shell: ["shell_command"], patch: "custom" },
    { model: "gpt-5.1", shell: ["shell_command"], patch: "custom" },
    { model: "gpt-5", shell: ["shell"], patch: null },
    { model: "unheard-of", shell: ["shell"], patch: null },
  ])("$model runs commands with $shell and patches as $patch", async ({ model, shell, patch }) => {
    const tools = await offered(model);
    const commands = ["shell", "local_shell", "shell_command", "exec_command", "write_stdin"];
    expect(names(tools).filter((name) => commands.includes(name))).toEqual(shell);
    expect(tools.find(({ name }) => name === "apply_patch")?.type ?? null).toBe(patch);
  });

  it("stand in one order", async () => {
    const tools = await offered("test-gpt-5", {
      features: ["collaboration_modes", "collab", "apply_patch_freeform"],
      clientTools: [
        { name: "zz_lookup", description: "", inputSchema: { type: "object" } },
        { name: "a_lookup", description: "", inputSchema: { type: "object" } },
      ],
    });
    expect(names(tools)).toEqual([
      "shell_command",
      "list_mcp_resources",
      "list_mcp_resource_templates",
      "read_mcp_resource",
      "update_plan",
      "request_user_input",
      "apply_patch",
      "grep_files",
      "read_file",
      "list_dir",
      "test_sync_tool",
      "web_search",
      "view_image",
      "spawn_agent",
      "send_input",
      "wait",
      "close_agent",
      "zz_lookup",
      "a_lookup",
    ]);
  });

  it.each([
    { features: ["unified_exec"], expected: ["exec_command", "write_stdin"] },
    { features: [], expected: ["shell"] },
  ])("follow the features $features", async ({ features, expected }) => {
    expect(names(await offered("gpt-5", { features })).slice(0, expected.length)).toEqual(expected);
  });

  it.each([
    { config: "", expected: [false] },
    { config: 'web_search = "live"', expected: [true] },
    { config: 'web_search = "cached"', expected: [false] },
    { config: 'web_search = "disabled"', expected: [] },
  ])("search the web as $config says", async ({ config, expected }) => {
    const tools = await offered("gpt-5", { config });
    expect(tools.filter(({ type }) => type === "web_search").map((tool) => tool.external_web_access)).toEqual(expected);
  });

  it("are sent with properties in alphabetical order and without an empty `required`", async () => {
    const tools = await offered("test-gpt-5", { features: ["unified_exec", "collaboration_modes"] });
    for (const tool of tools as (Offered & { strict?: boolean; parameters?: Record<string, unknown> })[]) {
      if (tool.type !== "function") continue;
      const { properties, required } = tool.parameters as { properties: object; required?: string[] };
      expect(Object.keys(properties)).toEqual(Object.keys(properties).toSorted());
      expect(required ?? ["-"]).not.toEqual([]);
      expect(tool.strict).toBe(false);
    }
  });
});

describe("a call", () => {
  async function told(parts: Parameters<typeof answer>, options: TestThreadOptions = {}): Promise<string[]> {
    await using test = await testThread([answer(...parts), answer(message("ok"))], options);
    await test.turn();
    return Object.values(test.outputs());
  }

  it.each([
    { what: "an unknown function", part: functionCall("nope", {}), text: "unsupported call: nope" },
    { what: "an unknown custom tool", part: customCall("nope", "x"), text: "unsupported custom tool call: nope" },
    {
      what: "the plan with a member it has not",
      part: functionCall("update_plan", { plan: [], foo: 1 }),
      text: "failed to parse function arguments: unknown field `foo`, expected `explanation` or `plan` at line 1 column 16",
    },
    {
      what: "the plan with a state it has not",
      part: functionCall("update_plan", { plan: [{ step: "a", status: "done" }] }),
      text: "failed to parse function arguments: unknown variant `done`, expected one of `pending`, `in_progress`, `completed` at line 1 column 36",
    },
    {
      what: "the plan with two steps in progress",
      part: functionCall("update_plan", { plan: TWO() }),
      text: "Plan updated",
    },
    {
      what: "a tool with the wrong kind of payload",
      part: customCall("update_plan", "x"),
      text: "tool update_plan takes JSON arguments; it was called with another kind of payload",
    },
  ])("of $what is answered", async ({ part, text }) => {
    expect(await told([part])).toEqual([text]);
  });

  it.each(["shell", "container.exec", "local_shell"])("of %s works without an offer", async (name) => {
    const [output = ""] = await told([functionCall(name, { command: ["echo", "hi"] })]);
    expect(output).toMatch(/^Exit code: 0\n|"exit_code":0/);
  });

  it("of the model's built-in shell has no arguments but its action", async () => {
    const action = { type: "exec", command: ["pwd"], working_directory: "/", env: {}, user: null, timeout_ms: 5_000 };
    const item = { type: "local_shell_call", id: "ls_1", call_id: "call_1", status: "completed", action };
    await using test = await testThread([
      stream(created(), [send("response.output_item.done", { item })], completed()),
      answer(message("ok")),
    ]);
    await test.thread.submit({ type: "override_turn_context", model: "codex-mini-latest" });
    await test.turn();
    expect(test.outputs()["call_1"]).toMatch(
      /^\{"output":"\/\\n","metadata":\{"exit_code":0,"duration_seconds":\d+\.\d\}\}$/,
    );
  });

  it("of any shell is unknown when there is none", async () => {
    expect(await told([functionCall("shell", { command: ["ls"] })], { features: ["!shell_tool"] })).toEqual([
      "unsupported call: shell",
    ]);
  });
});

function TWO(): unknown[] {
  return [
    { step: "a", status: "in_progress" },
    { step: "b", status: "in_progress" },
  ];
}

describe("calls of one answer", () => {
  it("that may run beside each other do", async () => {
    const barrier = { id: `b-${Math.random()}`, participants: 2, timeout_ms: 20_000 };
    const call = (id: string): ReturnType<typeof functionCall> => functionCall("test_sync_tool", { barrier }, id);
    await using test = await testThread([answer(call("a"), call("b")), answer(message("ok"))], WITH_SYNC);
    await test.turn();
    expect(test.outputs()).toEqual({ a: "ok", b: "ok" });
  });

  it("that may not, wait for each other, in the order of the calls", async () => {
    const ids = Array.from({ length: 16 }, (_, n) => `call_${n}`);
    const parts = ids.map((id) => functionCall("shell_command", { command: `echo ${id}`, login: false }, id));
    await using test = await testThread([answer(...parts), answer(message("ok"))], {
      config: 'sandbox_mode = "danger-full-access"',
    });
    const seen = (await test.turn()).flatMap((event) =>
      (event.type === "item.started" || event.type === "item.ended") && event.item.type === "command"
        ? [`${event.type} ${event.item.id}`]
        : [],
    );
    expect(seen).toEqual(ids.flatMap((id) => [`item.started ${id}`, `item.ended ${id}`]));
  });

  it("have their outputs recorded in the order of the calls, after all of them", async () => {
    const quickIsDone = Promise.withResolvers<void>();
    // The slow call's wait is over when the quick one has its answer.
    const sleep = (milliseconds: number): Promise<void> => {
      if (milliseconds === SLOW) return quickIsDone.promise;
      setImmediate(quickIsDone.resolve);
      return Promise.resolve();
    };
    await using test = await testThread(
      [
        answer(
          functionCall("test_sync_tool", { sleep_after_ms: SLOW }, "slow"),
          functionCall("test_sync_tool", { sleep_after_ms: 1 }, "quick"),
        ),
        answer(message("ok")),
      ],
      { services: (real) => ({ ...withSync(real), sleep }) },
    );
    await test.turn();
    const input = test.model.requests[1]?.body["input"] as { type: string; call_id?: string }[];
    expect(input.flatMap(({ type, call_id: id }) => (id === undefined ? [] : [`${type} ${id}`]))).toEqual([
      "function_call slow",
      "function_call quick",
      "function_call_output slow",
      "function_call_output quick",
    ]);
  });

  it.each([
    { args: { barrier: { id: "x", participants: 0 } }, text: "barrier participants must be greater than zero" },
    {
      args: { barrier: { id: "x", participants: 1, timeout_ms: 0 } },
      text: "barrier timeout must be greater than zero",
    },
    {
      args: { barrier: { id: "alone", participants: 2, timeout_ms: 10 } },
      text: "test_sync_tool barrier wait timed out",
    },
  ])("meet at a barrier only if it makes sense ($text)", async ({ args, text }) => {
    await using test = await testThread(
      [answer(functionCall("test_sync_tool", args)), answer(message("ok"))],
      WITH_SYNC,
    );
    await test.turn();
    expect(test.outputs()["call_1"]).toBe(text);
  });
});

const SLOW = 1_000_000;

/** A model that has the tool for tests. */
function withSync({ models }: Services): Partial<Services> {
  return {
    models: { ...models, profile: (slug) => ({ ...models.profile(slug), experimentalTools: ["test_sync_tool"] }) },
  };
}

const WITH_SYNC: TestThreadOptions = { services: withSync };
