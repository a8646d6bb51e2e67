/** Sessions as an editor has them, with the official client. */

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { methods, type NewSessionRequest } from "@agentclientprotocol/sdk";
import {
  answer,
  builds,
  created,
  executable,
  fakeMcpProgram,
  functionCall,
  hold,
  httpReply,
  message,
  patch,
  reasoning,
  shell,
  stream,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { inEditor } from "./support/editor.js";

const build = executable();
const allow = (optionId: string) => () => ({ outcome: { outcome: "selected" as const, optionId } });

describe.each(builds())("a prompt ($name)", (each) => {
  it("is answered piece by piece, and ends", async () => {
    const script = [answer(reasoning("thought"), message("Hello", { deltas: 2 }))];
    const end = await inEditor({ build: each, script }, async ({ open, prompt, updates, model }) => {
      const { sessionId, modes } = await open();
      expect(modes?.availableModes.map(({ id }) => id)).toEqual(["read-only", "auto", "full-access"]);
      expect(await prompt(sessionId, "hi")).toEqual({ stopReason: "end_turn" });
      const text = (sessionUpdate: string, words: string): object => ({
        sessionUpdate,
        content: { type: "text", text: words },
      });
      expect(updates).toEqual([
        text("agent_thought_chunk", "thought"),
        text("agent_message_chunk", "Hel"),
        text("agent_message_chunk", "lo"),
        { sessionUpdate: "usage_update", used: 120, size: 258_400 },
      ]);
      expect(model.requests[0]?.headers["originator"]).toBe("codex_acp");
    });
    expect(end).toEqual({ code: 0, signal: null });
  });

  it("asks for permission, and shows the command and the patch with its diff", async () => {
    const script = [
      answer(shell("touch made.txt")),
      answer(patch("*** Update File: a.txt\n@@\n-one\n+two\n")),
      answer(message("done")),
    ];
    const options = {
      build: each,
      script,
      config: 'approval_policy = "untrusted"\nsandbox_mode = "workspace-write"',
      files: { "a.txt": "one\nx\n" },
    };
    await inEditor({ ...options, choose: allow("approved") }, async ({ open, prompt, asked, updates, home }) => {
      const { sessionId } = await open();
      expect(await prompt(sessionId, "hi")).toEqual({ stopReason: "end_turn" });
      const path = join(home.workspace, "a.txt");
      const diff = { type: "diff", path, oldText: "one\nx\n", newText: "two\nx\n" };
      expect(asked).toMatchObject([
        { sessionId, toolCall: { rawInput: { command: ["/bin/bash", "-lc", "touch made.txt"] } } },
        { sessionId, toolCall: { kind: "edit", content: [diff], locations: [{ path, line: 1 }] } },
      ]);
      expect(asked[0]?.options.map(({ optionId, kind }) => [optionId, kind])).toEqual([
        ["approved", "allow_once"],
        ["approved_for_session", "allow_always"],
        ["allow-rule", "allow_always"],
        ["denied", "reject_once"],
        ["abort", "reject_once"],
      ]);
      const calls = updates.filter(({ sessionUpdate }) => sessionUpdate.startsWith("tool_call"));
      expect(calls).toMatchObject([
        { sessionUpdate: "tool_call", title: "touch made.txt", kind: "execute", status: "in_progress" },
        { sessionUpdate: "tool_call_update", status: "completed", rawOutput: { exitCode: 0 } },
        { sessionUpdate: "tool_call", title: "Edit a.txt", kind: "edit", content: [diff], locations: [{ path }] },
        { sessionUpdate: "tool_call_update", status: "completed" },
      ]);
      expect([existsSync(join(home.workspace, "made.txt")), readFileSync(path, "utf8")]).toEqual([true, "two\nx\n"]);
    });
  });
});

describe("a permission request", () => {
  const script = [answer(shell("touch made.txt")), answer(message("done"))];
  const config = 'approval_policy = "untrusted"\nsandbox_mode = "workspace-write"';

  it.each<[name: string, choose: Parameters<typeof inEditor>[0]["choose"], runs: boolean, stopReason: string]>([
    ["a yes", allow("approved"), true, "end_turn"],
    ["a yes for the session", allow("approved_for_session"), true, "end_turn"],
    ["a yes with a rule", allow("allow-rule"), true, "end_turn"],
    ["a no", allow("denied"), false, "end_turn"],
    ["a no that stops", allow("abort"), false, "cancelled"],
    ["a choice that was not offered", allow("whatever"), false, "end_turn"],
    ["closing it", () => ({ outcome: { outcome: "cancelled" } }), false, "cancelled"],
    ["an error", undefined, false, "end_turn"],
  ])("is decided by %s", async (_name, choose, runs, stopReason) => {
    const chosen = choose === undefined ? {} : { choose };
    await inEditor({ build, script, config, ...chosen }, async ({ open, prompt, updates, home }) => {
      const { sessionId } = await open();
      expect(await prompt(sessionId, "hi")).toEqual({ stopReason });
      expect(existsSync(join(home.workspace, "made.txt"))).toBe(runs);
      expect(updates.find(({ sessionUpdate }) => sessionUpdate === "tool_call_update")).toMatchObject({
        status: runs ? "completed" : "failed",
      });
    });
  });
});

describe("a session", () => {
  it("is cancelled: the command is gone, the prompt answered, and the next one served", async () => {
    const mark = `mark-${randomUUID()}`;
    const script = [answer(shell(`: ${mark}; sleep 1000`, { timeout_ms: 500_000 })), answer(message("later"))];
    await inEditor(
      { build, script, config: 'sandbox_mode = "danger-full-access"\napproval_policy = "never"' },
      async (editor) => {
        const { sessionId } = await editor.open();
        const prompt = editor.prompt(sessionId, "hi");
        await editor.update(({ sessionUpdate }) => sessionUpdate === "tool_call");
        await editor.agent.notify(methods.agent.session.cancel, { sessionId });
        expect(await prompt).toEqual({ stopReason: "cancelled" });
        expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })).not.toContain(mark);
        expect(await editor.prompt(sessionId, "go on")).toEqual({ stopReason: "end_turn" });
      },
    );
  });

  it("is cancelled while it asks", async () => {
    const never = Promise.withResolvers<never>();
    const options = { build, script: [answer(shell("touch made.txt"))], config: 'approval_policy = "untrusted"' };
    const asked = Promise.withResolvers<void>();
    const choose = (): Promise<never> => {
      asked.resolve();
      return never.promise;
    };
    await inEditor({ ...options, choose }, async (editor) => {
      const { sessionId } = await editor.open();
      const prompt = editor.prompt(sessionId, "hi");
      await asked.promise;
      await editor.agent.notify(methods.agent.session.cancel, { sessionId });
      expect(await prompt).toEqual({ stopReason: "cancelled" });
      never.reject(new Error("the editor is done with it"));
    });
  });

  it("changes its mode", async () => {
    await inEditor({ build, script: [answer(message("ok"))] }, async ({ agent, open, prompt, model }) => {
      const { sessionId, modes } = await open();
      expect(modes?.currentModeId).toBe("read-only");
      await agent.request(methods.agent.session.setMode, { sessionId, modeId: "full-access" });
      await prompt(sessionId, "hi");
      expect(JSON.stringify(model.requests[0]?.body["input"])).toContain("`danger-full-access`");
      const unknown = agent.request(methods.agent.session.setMode, { sessionId, modeId: "nosuch" });
      await expect(unknown).rejects.toThrow("there is no mode nosuch");
    });
  });

  it("that was configured otherwise says so", async () => {
    await inEditor({ build, script: [answer()], config: 'approval_policy = "untrusted"' }, async ({ open }) => {
      const { modes } = await open();
      expect([modes?.currentModeId, modes?.availableModes.length]).toEqual(["custom", 4]);
    });
  });

  it("is listed, closed, loaded with all that it is made of, and goes on", async () => {
    const script = [answer(reasoning("thought"), shell("echo hi")), answer(message("one")), answer(message("two"))];
    await inEditor({ build, script }, async ({ agent, open, prompt, updates, home, model }) => {
      const { sessionId } = await open();
      await prompt(sessionId, "first words");
      const { sessions } = await agent.request(methods.agent.session.list, { cwd: home.workspace });
      expect(sessions).toMatchObject([{ sessionId, cwd: home.workspace, title: "first words" }]);
      await agent.request(methods.agent.session.close, { sessionId });
      await expect(prompt(sessionId, "x")).rejects.toThrow("there is no open session");
      updates.length = 0;
      await agent.request(methods.agent.session.load, { sessionId, cwd: home.workspace, mcpServers: [] });
      expect(updates).toMatchObject([
        { sessionUpdate: "user_message_chunk", content: { text: "first words" } },
        { sessionUpdate: "agent_thought_chunk", content: { text: "thought" } },
        { sessionUpdate: "tool_call", title: "echo hi", status: "completed" },
        { sessionUpdate: "agent_message_chunk", content: { text: "one" } },
      ]);
      expect(await prompt(sessionId, "more")).toEqual({ stopReason: "end_turn" });
      expect(JSON.stringify(model.requests[2]?.body["input"])).toContain("first words");
    });
  });

  it("that nobody knows is an error that says so", async () => {
    await inEditor({ build, script: [answer()] }, async ({ agent, home, prompt }) => {
      const sessionId = "01a1f9d5-2f01-76c3-af40-51ce70dcf175";
      const place = { cwd: home.workspace, mcpServers: [] };
      await expect(agent.request(methods.agent.session.load, { sessionId, ...place })).rejects.toThrow(
        "there is no session",
      );
      await expect(prompt(sessionId, "x")).rejects.toThrow("there is no open session");
      const nowhere = agent.request(methods.agent.session.new, { cwd: "/nowhere", mcpServers: [] });
      await expect(nowhere).rejects.toThrow("/nowhere");
      await agent.notify(methods.agent.session.cancel, { sessionId });
    });
  });

  it("whose turn fails says why, and goes on", async () => {
    const script = [httpReply(400, { error: { message: "bad" } }), answer(message("better"))];
    await inEditor({ build, script }, async ({ open, prompt }) => {
      const { sessionId } = await open();
      await expect(prompt(sessionId, "x")).rejects.toThrow('{"error":{"message":"bad"}}');
      expect(await prompt(sessionId, "y")).toEqual({ stopReason: "end_turn" });
    });
  });

  it("runs one prompt at a time; sessions do not wait for each other", async () => {
    const script = [stream(created(), hold("go"), message("slow")), answer(message("fast"))];
    await inEditor({ build, script }, async ({ open, prompt, model }) => {
      const [slow, fast] = [await open(), await open()];
      const first = prompt(slow.sessionId, "x");
      await model.reached("go");
      await expect(prompt(slow.sessionId, "y")).rejects.toThrow("a prompt of this session is running");
      expect(await prompt(fast.sessionId, "z")).toEqual({ stopReason: "end_turn" });
      model.release("go");
      await first.catch(() => undefined); // the stream ends without its last event, and is tried again
    });
  });

  it("takes images, files and links", async () => {
    await inEditor({ build, script: [answer(message("ok"))] }, async ({ agent, open, model }) => {
      const { sessionId } = await open();
      await agent.request(methods.agent.session.prompt, {
        sessionId,
        prompt: [
          { type: "text", text: "look" },
          { type: "resource_link", name: "a.ts", uri: "file:///w/a.ts" },
          { type: "resource", resource: { uri: "file:///w/b.ts", text: "let b;" } },
        ],
      });
      const input = JSON.stringify(model.requests[0]?.body["input"]);
      expect(input).toContain("[@a.ts](/w/a.ts)");
      expect(input).toContain('<context ref=\\"/w/b.ts\\">\\nlet b;\\n</context>');
    });
  });

  it("has the editor's MCP servers", async () => {
    const script = [answer(functionCall("mcp__my_tools__echo", { q: "hello" })), answer(message("ok"))];
    await inEditor({ build, script }, async ({ agent, home, prompt, updates }) => {
      const server = { name: "my tools", ...fakeMcpProgram(), env: [{ name: "A", value: "1" }] };
      const place: NewSessionRequest = { cwd: home.workspace, mcpServers: [server] };
      const { sessionId } = await agent.request(methods.agent.session.new, place);
      await prompt(sessionId, "x");
      expect(updates.find(({ sessionUpdate }) => sessionUpdate === "tool_call_update")).toMatchObject({
        title: "my_tools: echo",
        status: "completed",
        rawInput: { q: "hello" },
        content: [{ content: { type: "text", text: expect.stringContaining("hello") as unknown } }],
      });
    });
  });
});
