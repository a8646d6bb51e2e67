/** Requests that cannot be served: the codes and texts that clients of the original know. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startServer, type TestServer } from "./support/server.js";

const MISSING = "01a1f9d5-2f01-76c3-af40-51ce70dcf175";
const badCharacter =
  "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `x` at";
const blank = { type: "custom", instructions: " " };
const systemError = (text: string): unknown => expect.stringMatching(new RegExp(`^${text} \\(os error \\d+\\)$`));

async function expectRefusal(
  server: TestServer,
  method: string,
  params: unknown,
  message: unknown,
  code = -32600,
): Promise<void> {
  const { error } = await server.call(method, params);
  expect(error).toEqual({ code, message });
}

describe("parameters", () => {
  it.each<[method: string, params: unknown, message: string]>([
    ["thread/list", null, "Invalid request: missing field `params`"],
    ["newConversation", null, "Invalid request: missing field `params`"],
    ["thread/rollback", { threadId: MISSING, numTurns: 0 }, "numTurns must be >= 1"],
    ["review/start", { threadId: MISSING, target: blank }, `thread not found: ${MISSING}`],
    ["removeConversationListener", { subscriptionId: "x" }, `Invalid request: UUID parsing failed: ${badCharacter} 1`],
    ["cancelLoginChatGpt", { loginId: "x" }, `Invalid request: UUID parsing failed: ${badCharacter} 1`],
    ["thread/read", { threadId: "urn:uuid:x" }, `invalid thread id: ${badCharacter} 10`],
    ["thread/read", { threadId: "{x}" }, `invalid thread id: ${badCharacter} 2`],
    ["thread/read", { threadId: "{}" }, "invalid thread id: invalid group count: expected 5, found 1"],
    ["resumeConversation", { conversationId: MISSING }, `no rollout found for conversation id ${MISSING}`],
    ["forkConversation", { conversationId: MISSING }, `no rollout found for conversation id ${MISSING}`],
    [
      "getConversationSummary",
      { conversationId: "x" },
      "Invalid request: data did not match any variant of untagged enum GetConversationSummaryParams",
    ],
  ])("of %s %j", async (method, params, message) => {
    await using server = await startServer();
    await expectRefusal(server, method, params, message);
  });

  it.each([`urn:uuid:${MISSING}`, `{${MISSING}}`, MISSING.toUpperCase(), MISSING.replaceAll("-", "")])(
    "may write an id as %s",
    async (id) => {
      await using server = await startServer();
      await expectRefusal(server, "thread/read", { threadId: id }, `thread not loaded: ${MISSING}`);
      await expectRefusal(server, "addConversationListener", { conversationId: id }, `thread not found: ${MISSING}`);
      await expectRefusal(
        server,
        "removeConversationListener",
        { subscriptionId: id },
        `subscription not found: ${MISSING}`,
      );
      await expect(server.result("account/login/cancel", { loginId: id })).resolves.toEqual({ status: "notFound" });
    },
  );

  it("that name a page of nothing get it; a cursor is looked at where there is something", async () => {
    await using server = await startServer();
    for (const method of ["app/list", "thread/loaded/list"] as const) {
      for (const cursor of ["", "x", "5"]) {
        await expect(server.result(method, { cursor })).resolves.toEqual({ data: [], nextCursor: null });
      }
    }
    await server.thread();
    for (const cursor of ["", "x"])
      await expectRefusal(server, "thread/loaded/list", { cursor }, `invalid cursor: ${cursor}`);
  });

  it("that name a conversation by id and by path mean the path", async () => {
    await using server = await startServer();
    const { conversationId, rolloutPath } = await server.result("newConversation", {});
    const both = { conversationId: MISSING, rolloutPath };
    await expect(server.result("getConversationSummary", both)).resolves.toMatchObject({ summary: { conversationId } });
  });
});

describe("files", () => {
  it("to archive must be sessions; a conversation whose file is refused goes on", async () => {
    await using server = await startServer();
    const nowhere = { conversationId: MISSING, rolloutPath: "/nope" };
    const noFolder = systemError(
      "failed to archive thread: unable to resolve sessions directory: No such file or directory",
    );
    await expectRefusal(server, "archiveConversation", nowhere, noFolder, -32603);
    const { conversationId, rolloutPath } = await server.result("newConversation", {});
    const outside = (path: string): string => `rollout path \`${path}\` must be in sessions directory`;
    for (const path of ["/nope", server.home.codexHome, "rel"]) {
      await expectRefusal(server, "archiveConversation", { conversationId, rolloutPath: path }, outside(path));
    }
    await expect(server.result("thread/loaded/list", {})).resolves.toMatchObject({ data: [conversationId] });
    await server.result("archiveConversation", { conversationId, rolloutPath });
    await expectRefusal(server, "archiveConversation", { conversationId, rolloutPath }, outside(rolloutPath));
  });

  it("are none where `sessions` is no folder", async () => {
    await using server = await startServer();
    writeFileSync(join(server.home.codexHome, "sessions"), "");
    await expectRefusal(server, "thread/read", { threadId: MISSING }, `thread not loaded: ${MISSING}`);
    for (const method of ["thread/resume", "thread/fork", "thread/archive"]) {
      await expectRefusal(server, method, { threadId: MISSING }, `no rollout found for thread id ${MISSING}`);
    }
    for (const method of ["thread/list", "listConversations"]) {
      await expectRefusal(server, method, {}, systemError("failed to list threads: Not a directory"), -32603);
    }
  });

  it("that are empty have no summary", async () => {
    await using server = await startServer();
    const path = join(server.home.codexHome, "empty.jsonl");
    writeFileSync(path, "");
    const message = `failed to load conversation summary from ${path}: rollout at ${path} is empty`;
    await expectRefusal(server, "getConversationSummary", { rolloutPath: "empty.jsonl" }, message, -32603);
  });
});

describe("a config.toml", () => {
  it("of a wrong type is told with the key", async () => {
    await using server = await startServer({ wholeConfig: "model = 5\n" });
    const message = "invalid configuration: invalid type: integer `5`, expected a string\nin `model`\n";
    await expectRefusal(server, "config/read", {}, message, -32603);
  });

  it.each<[method: string, params: unknown, beginning: string]>([
    ["config/read", {}, "failed to read configuration layers: "],
    [
      "config/value/write",
      { keyPath: "model", value: "x", mergeStrategy: "replace" },
      "failed to load configuration: ",
    ],
    ["config/batchWrite", { edits: [] }, "failed to load configuration: "],
    ["getUserSavedConfig", undefined, "failed to load configuration: "],
  ])("that is no TOML is told by %s %j", async (method, params, beginning) => {
    await using server = await startServer({ wholeConfig: "model = \n" });
    await expectRefusal(
      server,
      method,
      params,
      expect.stringMatching(new RegExp(`^${beginning}.*config\\.toml:1:9: `)),
      -32603,
    );
  });
});
