import type { Question, ThreadEvent } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import {
  answerOf,
  type AskedEvent,
  parseServerRequest,
  type ServerRequestMethod,
  v1QuestionOf,
  v2QuestionOf,
  withoutAnswer,
} from "../src/index.js";

const quoteCommand = (argv: readonly string[]) => argv.join(" ");

function asked(question: Question): AskedEvent {
  const event: ThreadEvent = { threadId: "T", seq: 1, at: "", turnId: "7", type: "question.asked", question };
  return event as AskedEvent;
}

const command: Question = {
  kind: "command",
  id: "q",
  itemId: "c",
  argv: ["touch", "a"],
  cwd: "/proj",
  actions: [{ type: "unknown", cmd: "touch a" }],
  reason: null,
  proposedAmendment: ["touch", "a"],
  shortAmendment: null,
  risk: null,
};
const changes = { "/proj/a.txt": { type: "add" as const, content: "hello\n" } };
const fileChange: Question = { kind: "fileChange", id: "q", itemId: "p", changes, reason: "r", grantRoot: null };
const userInput: Question = {
  kind: "userInput",
  id: "q",
  itemId: "i",
  questions: [
    { id: "a", header: "A", question: "?" },
    { id: "b", header: "B", question: "?", isOther: true, options: [{ label: "x", description: "y" }] },
  ],
};
const clientTool: Question = { kind: "clientTool", id: "q", itemId: "i", tool: "t", arguments: [1] };
const elicitation: Question = {
  kind: "elicitation",
  id: "q",
  itemId: null,
  server: "s",
  requestId: 1,
  message: "Name?",
  requestedSchema: { type: "object" },
};
const risk = { level: "high" as const, category: "data_deletion" as const, description: "deletes" };
const place = { threadId: "T", turnId: "7" };

describe("a question", () => {
  it("tells the shorter rule to clients of today only", () => {
    const event = asked({ ...command, shortAmendment: ["touch"] });
    const quote = (argv: readonly string[]): string => argv.join(" ");
    expect(v2QuestionOf(event, quote, true)?.params).toMatchObject({ shortExecpolicyAmendment: ["touch"] });
    expect(v2QuestionOf(event, quote)?.params).not.toHaveProperty("shortExecpolicyAmendment");
  });

  it.each([
    [
      "about a command",
      command,
      {
        method: "item/commandExecution/requestApproval",
        params: {
          ...place,
          itemId: "c",
          reason: null,
          command: "touch a",
          cwd: "/proj",
          commandActions: [{ type: "unknown", command: "touch a" }],
          proposedExecpolicyAmendment: ["touch", "a"],
        },
      },
      {
        method: "execCommandApproval",
        params: {
          conversationId: "T",
          callId: "c",
          command: ["touch", "a"],
          cwd: "/proj",
          reason: null,
          parsedCmd: [{ type: "unknown", cmd: "touch a" }],
        },
      },
    ],
    [
      "about a patch",
      fileChange,
      { method: "item/fileChange/requestApproval", params: { ...place, itemId: "p", reason: "r", grantRoot: null } },
      {
        method: "applyPatchApproval",
        params: { conversationId: "T", callId: "p", fileChanges: changes, reason: "r", grantRoot: null },
      },
    ],
    [
      "of the model",
      userInput,
      {
        method: "item/tool/requestUserInput",
        params: {
          ...place,
          itemId: "i",
          questions: [
            { id: "a", header: "A", question: "?", isOther: false, options: null },
            { id: "b", header: "B", question: "?", isOther: true, options: [{ label: "x", description: "y" }] },
          ],
        },
      },
      null,
    ],
    [
      "to a tool of the client",
      clientTool,
      { method: "item/tool/call", params: { ...place, callId: "i", tool: "t", arguments: [1] } },
      null,
    ],
    ["of an MCP server, which 0.92 cannot be asked", elicitation, null, null],
  ])("%s is asked in v2's and v1's words", (_, question, v2, v1) => {
    expect(v2QuestionOf(asked(question), quoteCommand)).toEqual(v2);
    expect(v1QuestionOf(asked(question))).toEqual(v1);
    const requests = [v2, v1].filter((request) => request !== null).map((request) => ({ id: 0, ...request }));
    expect(requests.map(parseServerRequest)).toEqual(requests);
  });

  it("of an MCP server is asked of clients that know it", () => {
    expect(v2QuestionOf(asked(elicitation), quoteCommand, true)).toEqual({
      method: "mcpServer/elicitation/request",
      params: {
        ...place,
        serverName: "s",
        mode: "form",
        message: "Name?",
        requestedSchema: { type: "object" },
        _meta: null,
      },
    });
  });

  it("about a command says its risk when there is one", () => {
    const event = asked({ ...command, risk } as Question);
    expect(v2QuestionOf(event, quoteCommand)).toMatchObject({ params: { risk } });
    expect(v1QuestionOf(event)).toMatchObject({ params: { risk } });
  });
});

const rule = ["git", "push"];
const amendment = { approved_execpolicy_amendment: { proposed_execpolicy_amendment: rule } };
const no = { kind: "command", decision: "denied" };
const noPatch = { kind: "fileChange", decision: "denied" };

describe("an answer", () => {
  it.each([
    [
      "item/commandExecution/requestApproval",
      command,
      { decision: "accept" },
      { kind: "command", decision: "approved" },
    ],
    [
      "item/commandExecution/requestApproval",
      command,
      { decision: "acceptForSession" },
      { kind: "command", decision: "approved_for_session" },
    ],
    ["item/commandExecution/requestApproval", command, { decision: "decline" }, no],
    ["item/commandExecution/requestApproval", command, { decision: "cancel" }, { kind: "command", decision: "abort" }],
    [
      "item/commandExecution/requestApproval",
      command,
      { decision: { acceptWithExecpolicyAmendment: { execpolicy_amendment: rule } } },
      { kind: "command", decision: amendment },
    ],
    ["item/commandExecution/requestApproval", command, { decision: "yes please" }, no],
    ["item/commandExecution/requestApproval", command, null, no],
    ["item/commandExecution/requestApproval", command, [], no],
    [
      "item/fileChange/requestApproval",
      fileChange,
      { decision: "accept" },
      { kind: "fileChange", decision: "approved" },
    ],
    [
      "item/fileChange/requestApproval",
      fileChange,
      { decision: "acceptForSession" },
      { kind: "fileChange", decision: "approved_for_session" },
    ],
    ["item/fileChange/requestApproval", fileChange, { decision: "cancel" }, { kind: "fileChange", decision: "abort" }],
    [
      "item/fileChange/requestApproval",
      fileChange,
      { decision: { acceptWithExecpolicyAmendment: { execpolicy_amendment: [] } } },
      noPatch,
    ],
    ["item/fileChange/requestApproval", fileChange, "accept", noPatch],
    [
      "execCommandApproval",
      command,
      { decision: "approved_for_session" },
      { kind: "command", decision: "approved_for_session" },
    ],
    ["execCommandApproval", command, { decision: amendment }, { kind: "command", decision: amendment }],
    ["execCommandApproval", command, { decision: "accept" }, no],
    ["applyPatchApproval", fileChange, { decision: "abort" }, { kind: "fileChange", decision: "abort" }],
    ["applyPatchApproval", fileChange, { decision: amendment }, { kind: "fileChange", decision: "approved" }],
    ["applyPatchApproval", fileChange, {}, noPatch],
    [
      "item/tool/requestUserInput",
      userInput,
      { answers: { a: { answers: ["x"] } } },
      { kind: "userInput", response: { answers: { a: { answers: ["x"] } } } },
    ],
    ["item/tool/requestUserInput", userInput, { answers: [] }, { kind: "userInput", response: { answers: {} } }],
    ["item/tool/call", clientTool, { output: "o", success: true }, { kind: "clientTool", output: "o", success: true }],
    [
      "item/tool/call",
      clientTool,
      { output: 1 },
      { kind: "clientTool", output: "dynamic tool response was invalid", success: false },
    ],
    [
      "mcpServer/elicitation/request",
      elicitation,
      { action: "accept", content: { name: "x" } },
      { kind: "elicitation", action: "accept", content: { name: "x" } },
    ],
    [
      "mcpServer/elicitation/request",
      elicitation,
      { action: "maybe" },
      { kind: "elicitation", action: "decline", content: null },
    ],
  ] as [ServerRequestMethod, Question, unknown, object][])(
    "to %s (%#) means what it says, or no",
    (method, question, result, answer) => {
      expect(answerOf(question, method, result)).toEqual(answer);
    },
  );

  it("that cannot be had means no", () => {
    expect([command, fileChange, userInput, clientTool, elicitation].map(withoutAnswer)).toEqual([
      no,
      noPatch,
      { kind: "userInput", response: { answers: {} } },
      { kind: "clientTool", output: "dynamic tool calls require api v2", success: false },
      { kind: "elicitation", action: "decline", content: null },
    ]);
  });
});
