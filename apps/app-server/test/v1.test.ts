/** The deprecated methods: conversations with explicit listeners, and questions in the older form. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { answer, hold, message, patch, shell } from "@codex-ts/test-support";
import { startServer, type TestServer } from "./support/server.js";
import { legacyOutline, outline } from "./support/transcript.js";

const script = [answer(message("one")), answer(message("two"))];
const items = [{ type: "text", data: { text: "hi" } }];
const MISSING = "01a1f9d5-2f01-76c3-af40-51ce70dcf175";

async function conversation(server: TestServer, params: object = {}): Promise<string> {
  return (await server.result("newConversation", params)).conversationId;
}

/** Lines of the only session's file. */
function sessionLines({ home }: TestServer): string[] {
  const folder = join(home.codexHome, "sessions");
  const [file = ""] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("l"));
  return readFileSync(join(folder, file), "utf8").split("\n");
}

async function until(holds: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(holds()).toBe(true), { timeout: 10_000 });
}

describe("a conversation", () => {
  it("is heard once somebody listens, what was said before included", async () => {
    await using server = await startServer({ script });
    const reply = await server.result("newConversation", { model: "gpt-5.1-codex" });
    expect(reply).toMatchObject({
      model: "gpt-5.1-codex",
      reasoningEffort: null,
      rolloutPath: expect.stringMatching(/\.jsonl$/),
    });
    expect(legacyOutline(server)).toEqual([]);
    const { conversationId } = reply;
    await server.result("addConversationListener", { conversationId });
    await server.untilNotified("codex/event/mcp_startup_complete");
    await expect(server.result("sendUserMessage", { conversationId, items })).resolves.toEqual({});
    await server.untilNotified("codex/event/task_complete");
    const told = outline(server);
    expect(told).toContain("turn/completed 0 completed");
    expect(told.filter((line) => line.startsWith("turn/started"))).toEqual([]);
  });

  it("with two listeners of one client is heard once, until both are gone", async () => {
    await using server = await startServer({ script });
    const conversationId = await conversation(server);
    const first = await server.result("addConversationListener", { conversationId });
    const second = await server.result("addConversationListener", { conversationId });
    await server.result("removeConversationListener", first);
    await server.result("sendUserMessage", { conversationId, items });
    await server.untilNotified("codex/event/task_complete");
    expect(legacyOutline(server).filter((type) => type === "agent_message")).toHaveLength(1);
    await server.result("removeConversationListener", second);
    await expect(server.call("removeConversationListener", second)).resolves.toMatchObject({
      error: { code: -32600, message: `subscription not found: ${second.subscriptionId}` },
    });
  });

  it("is heard as a whole by who subscribes late, the pieces of a message included", async () => {
    await using server = await startServer({ script: [answer(message("Hi there", { deltas: 2 }))] });
    const conversationId = await conversation(server);
    await server.result("sendUserMessage", { conversationId, items });
    await until(() => sessionLines(server).some((line) => line.includes('"agent_message"')));
    await server.result("addConversationListener", { conversationId });
    await server.untilNotified("codex/event/task_complete");
    const told = legacyOutline(server);
    expect(told).toEqual(expect.arrayContaining(["task_started", "agent_message_delta", "agent_message"]));
    expect(told.filter((type) => type === "agent_message_delta")).toHaveLength(2);
  });

  it("that was long before somebody subscribes has its beginnings and ends; of its pieces the last ones", async () => {
    const words = "x".repeat(1_500);
    await using server = await startServer({ script: [answer(message(words, { deltas: words.length }))] });
    const conversationId = await conversation(server);
    await server.result("sendUserMessage", { conversationId, items });
    await until(() => sessionLines(server).some((line) => line.includes('"task_complete"')));
    await server.result("addConversationListener", { conversationId });
    await server.untilNotified("codex/event/task_complete");
    const told = legacyOutline(server);
    expect(told).toEqual(expect.arrayContaining(["task_started", "user_message", "agent_message"]));
    const pieces = told.filter((type) => type === "agent_message_delta").length;
    expect(pieces).toBeGreaterThan(900);
    expect(pieces).toBeLessThan(1_000);
  });

  it("goes on in a gap between two subscriptions: what was said and asked meanwhile comes with the second", async () => {
    await using server = await startServer({
      script: [answer(shell("touch made.txt")), answer(message("ok"))],
      answers: { execCommandApproval: { decision: "approved" } },
    });
    const conversationId = await conversation(server, { approvalPolicy: "untrusted", sandbox: "danger-full-access" });
    const first = await server.result("addConversationListener", { conversationId });
    await server.result("removeConversationListener", first);
    const from = server.received.length;
    await server.result("sendUserMessage", { conversationId, items });
    await until(() => sessionLines(server).some((line) => line.includes('"function_call"')));
    expect(legacyOutline(server, from)).toEqual([]);
    await server.result("addConversationListener", { conversationId });
    await server.untilNotified("codex/event/task_complete");
    const told = legacyOutline(server, from);
    expect(told).toEqual(expect.arrayContaining(["task_started", "user_message", "agent_message"]));
    expect(existsSync(join(server.home.workspace, "made.txt"))).toBe(true);
  });

  it("takes the answer of a client that has ended its subscription", async () => {
    await using server = await startServer({
      script: [answer(shell("touch made.txt")), answer(message("ok"))],
      answers: { execCommandApproval: "never" },
    });
    const conversationId = await conversation(server, { approvalPolicy: "untrusted", sandbox: "danger-full-access" });
    const first = await server.result("addConversationListener", { conversationId });
    await server.result("sendUserMessage", { conversationId, items });
    const { id } = await server.untilNotified("execCommandApproval");
    await server.result("removeConversationListener", first);
    await server.write(`${JSON.stringify({ id, result: { decision: "approved" } })}\n`);
    await until(() => existsSync(join(server.home.workspace, "made.txt")));
    await server.result("addConversationListener", { conversationId });
    await server.untilNotified("codex/event/task_complete");
    expect(server.received.filter(({ method }) => method === "execCommandApproval")).toHaveLength(1);
  });

  it("that is also heard in the newer way goes on being heard when its subscription ends", async () => {
    await using server = await startServer({ script });
    const threadId = await server.thread();
    const subscription = await server.result("addConversationListener", { conversationId: threadId });
    await expect(server.result("removeConversationListener", subscription)).resolves.toEqual({});
    await expect(server.turn(threadId, "hi")).resolves.toMatchObject({ params: { turn: { status: "completed" } } });
  });

  it("that cannot be begun is called a conversation", async () => {
    await using server = await startServer();
    writeFileSync(join(server.home.codexHome, "sessions"), "");
    await expect(server.call("newConversation", {})).resolves.toMatchObject({
      error: { code: -32603, message: expect.stringMatching(/^error creating conversation: /) },
    });
    await expect(server.call("thread/start", {})).resolves.toMatchObject({
      error: { code: -32603, message: expect.stringMatching(/^error creating thread: /) },
    });
  });

  it("takes turns with settings of their own", async () => {
    await using server = await startServer({ script });
    const conversationId = await conversation(server);
    await server.result("addConversationListener", { conversationId });
    await server.result("sendUserTurn", {
      conversationId,
      items,
      cwd: server.home.workspace,
      approvalPolicy: "never",
      sandboxPolicy: { type: "read-only" },
      model: "gpt-5.2-codex",
      effort: "low",
      summary: "auto",
    });
    await server.untilNotified("codex/event/task_complete");
    expect(server.model.requests[0]?.body).toMatchObject({ model: "gpt-5.2-codex", reasoning: { effort: "low" } });
  });

  it("is interrupted, also when nothing runs", async () => {
    await using server = await startServer({ script: [answer(hold("go"), message("x"))] });
    const conversationId = await conversation(server);
    await expect(server.result("interruptConversation", { conversationId })).resolves.toEqual({
      abortReason: "interrupted",
    });
    await server.result("addConversationListener", { conversationId });
    await server.result("sendUserMessage", { conversationId, items });
    await server.model.reached("go");
    await expect(server.result("interruptConversation", { conversationId })).resolves.toEqual({
      abortReason: "interrupted",
    });
    await server.untilNotified("codex/event/turn_aborted");
  });

  it("is listed, summed up, resumed, forked and archived", async () => {
    await using server = await startServer({ script });
    const { conversationId, rolloutPath } = await server.result("newConversation", {});
    await server.result("addConversationListener", { conversationId });
    await server.result("sendUserMessage", { conversationId, items });
    await server.untilNotified("codex/event/task_complete");
    const { items: listed } = await server.result("listConversations", {});
    expect(listed).toMatchObject([
      { conversationId, path: rolloutPath, preview: "hi", source: "vscode", modelProvider: "fake" },
    ]);
    await expect(server.result("getConversationSummary", { conversationId })).resolves.toEqual({
      summary: expect.objectContaining({ conversationId, preview: "hi" }),
    });
    const relative = rolloutPath.slice(server.home.codexHome.length + 1);
    await expect(server.result("getConversationSummary", { rolloutPath: relative })).resolves.toHaveProperty("summary");
    const from = server.received.length;
    writeFileSync(join(server.home.codexHome, "history.jsonl"), "{}\n{}\n");
    const resumed = await server.result("resumeConversation", { path: rolloutPath });
    expect(resumed).toMatchObject({ conversationId, rolloutPath });
    expect(resumed.initialMessages?.map(({ type }) => type)).toContain("user_message");
    const [told] = server.received.slice(from);
    expect(told).toMatchObject({
      method: "sessionConfigured",
      params: { sessionId: conversationId, historyEntryCount: 2 },
    });
    const forked = await server.result("forkConversation", { conversationId });
    expect(forked.conversationId).not.toBe(conversationId);
    await expect(server.result("archiveConversation", { conversationId, rolloutPath })).resolves.toEqual({});
    expect(existsSync(rolloutPath)).toBe(false);
  });

  it("that goes on begins with what the original stores of it, not with the ends of what was done", async () => {
    await using server = await startServer({
      script: [answer(shell("true")), answer(message("ok")), answer(message("again"))],
    });
    const conversationId = await conversation(server, { approvalPolicy: "never", sandbox: "danger-full-access" });
    await server.result("addConversationListener", { conversationId });
    await server.result("sendUserMessage", { conversationId, items });
    await server.untilNotified("codex/event/task_complete");
    const { initialMessages } = await server.result("forkConversation", { conversationId });
    const types = new Set(initialMessages?.map(({ type }) => type));
    expect([...types].toSorted()).toEqual(["agent_message", "token_count", "user_message"]);
    const told = await server.untilNotified("sessionConfigured");
    expect(told.params).toMatchObject({ initialMessages });
    const history = [{ type: "message", role: "user", content: [{ type: "input_text", text: "a" }] }];
    await expect(server.result("resumeConversation", { history })).resolves.toMatchObject({ initialMessages: [] });
  });

  it.each([
    ["sendUserMessage", { conversationId: MISSING, items: [] }, `conversation not found: ${MISSING}`],
    ["addConversationListener", { conversationId: MISSING }, `thread not found: ${MISSING}`],
    ["resumeConversation", {}, "either path, conversation id or non empty history must be provided"],
    ["forkConversation", {}, "either path or conversation id must be provided"],
    ["getConversationSummary", { conversationId: MISSING }, `no rollout found for conversation id ${MISSING}`],
    ["cancelLoginChatGpt", { loginId: MISSING }, `login id not found: ${MISSING}`],
    ["newConversation", { modelProvider: "nope" }, "error deriving config: Model provider `nope` not found"],
  ])("%s with %j is refused", async (method, params, text) => {
    await using server = await startServer();
    await expect(server.call(method, params)).resolves.toMatchObject({ error: { code: -32600, message: text } });
  });
});

describe("questions", () => {
  const untrusted = { approvalPolicy: "untrusted", sandbox: "read-only" };

  it.each<[string, string, unknown, boolean]>([
    ["a command, approved", "execCommandApproval", { decision: "approved" }, true],
    ["a command, denied", "execCommandApproval", { decision: "denied" }, false],
    ["a command, answered with nonsense", "execCommandApproval", { foo: 1 }, false],
    ["a patch, approved", "applyPatchApproval", { decision: "approved" }, true],
    ["a patch, denied", "applyPatchApproval", { decision: "denied" }, false],
  ])("of %s", async (_what, method, reply, made) => {
    const call = method === "execCommandApproval" ? shell("touch made.txt") : patch("*** Add File: made.txt\n+x\n");
    await using server = await startServer({
      script: [answer(call), answer(message("ok"))],
      answers: { [method]: reply },
    });
    const sandbox = method === "execCommandApproval" ? "danger-full-access" : "read-only";
    const conversationId = await conversation(server, { ...untrusted, sandbox });
    await server.result("addConversationListener", { conversationId });
    await server.result("sendUserMessage", { conversationId, items });
    await server.untilNotified("codex/event/task_complete");
    const asked = server.received.find((entry) => entry.method === method);
    expect(asked?.params).toMatchObject({ conversationId, callId: "call_1", reason: null });
    expect(existsSync(join(server.home.workspace, "made.txt"))).toBe(made);
  });
});

describe("settings", () => {
  it("of the sandbox are shown with their defaults where the section is there", async () => {
    await using server = await startServer({ config: "[sandbox_workspace_write]\nnetwork_access = true\n" });
    const sandboxSettings = {
      writableRoots: [],
      networkAccess: true,
      excludeTmpdirEnvVar: false,
      excludeSlashTmp: false,
    };
    await expect(server.result("getUserSavedConfig")).resolves.toMatchObject({ config: { sandboxSettings } });
  });

  it("are shown and saved", async () => {
    await using server = await startServer({ config: 'approval_policy = "never"\n[tools]\nweb_search = true\n' });
    const { config } = await server.result("getUserSavedConfig");
    expect(config).toMatchObject({
      approvalPolicy: "never",
      model: "gpt-5.1-codex",
      tools: { webSearch: true },
      profiles: {},
      sandboxSettings: null,
    });
    await expect(server.result("setDefaultModel", { model: "gpt-5", reasoningEffort: "high" })).resolves.toEqual({});
    await expect(server.result("newConversation", {})).resolves.toMatchObject({
      model: "gpt-5",
      reasoningEffort: "high",
    });
    await server.result("setDefaultModel", { model: null, reasoningEffort: null });
    const saved = await server.result("getUserSavedConfig");
    expect(saved.config).toMatchObject({ model: null, modelReasoningEffort: null });
    await expect(server.result("userInfo")).resolves.toEqual({ allegedUserEmail: null });
  });
});
