import { WireFormatError } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import {
  classifyLine,
  classifyMessage,
  clientRequest,
  clientRequests,
  createRouter,
  failure,
  isSentToV1,
  parseClientNotification,
  parseClientRequest,
  parseClientRequestResult,
  parseMessage,
  parseServerNotification,
  parseServerRequest,
  parseServerRequestResult,
  resultOf,
  serverNotification,
  serverRequest,
  UnknownMethodError,
  UnrecognisedMessageError,
} from "../src/index.js";

function errorOf(run: () => unknown): WireFormatError {
  try {
    run();
  } catch (error) {
    if (error instanceof WireFormatError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("a line", () => {
  it.each([
    ['{"id":1,"method":"x"}', "request"],
    ['{"id":"a","method":"x","jsonrpc":"2.0"}', "request"],
    ['{"id":-9007199254740991,"method":"x"}', "request"],
    ['{"id":9007199254740991,"method":"x"}', "request"],
    ['{"method":"x","params":[]}', "notification"],
    ['{"id":1,"result":null}', "response"],
    ['{"id":1,"result":{},"error":{}}', "response"],
    ['{"id":1,"error":{"code":-1,"message":"m"}}', "error"],
    [' {"method":"x"}\r', "notification"],
  ])("%s is a %s", (line, kind) => {
    expect(classifyLine(line).kind).toBe(kind);
    expect(parseMessage(JSON.parse(line))).toEqual(JSON.parse(line));
  });

  it.each([
    ["", null, true],
    ["nope", null, true],
    ['{"id":1', null, true],
    ["[]", null, false],
    ["5", null, false],
    ["null", null, false],
    ["{}", null, false],
    ['{"id":1.5,"method":"x"}', null, false],
    ['{"id":null,"method":"x"}', null, false],
    ['{"id":1e30,"method":"x"}', null, false],
    ['{"id":9007199254740993,"method":"x"}', null, false],
    ['{"id":-9223372036854775808,"method":"x"}', null, false],
    ['{"id":true,"method":"x"}', null, false],
    ['{"id":7,"method":5}', 7, false],
    ['{"method":null}', null, false],
    ['{"id":"a"}', "a", false],
    ['{"id":"a","error":"no"}', "a", false],
    ['{"id":"a","error":{"code":"1","message":"m"}}', "a", false],
  ])("%j is no message; whoever sent it can be told under the id %j", (line, id, isParseError) => {
    const error = errorOf(() => classifyLine(line));
    expect(error).toBeInstanceOf(UnrecognisedMessageError);
    expect(error).toMatchObject({ id, isParseError });
  });

  it("that is not an object says what it is", () => {
    expect(errorOf(() => classifyMessage([1])).message).toBe("invalid type: sequence, expected a JSON object");
  });
});

describe("a request", () => {
  it.each([
    ["thread/resume", {}, "missing field `threadId`", ["params"]],
    ["thread/resume", null, "missing field `params`", []],
    ["thread/start", undefined, "missing field `params`", []],
    ["thread/list", { limit: -1 }, "invalid value: integer `-1`, expected u32", ["params", "limit"]],
    [
      "thread/list",
      { sortKey: "createdAt" },
      "unknown variant `createdAt`, expected `created_at` or `updated_at`",
      ["params", "sortKey"],
    ],
    [
      "turn/start",
      { threadId: "t", input: [{ type: "bogus" }] },
      "unknown variant `bogus`, expected one of `text`, `image`, `localImage`, `skill`",
      ["params", "input", 0, "type"],
    ],
    [
      "thread/start",
      { sandbox: "workspaceWrite" },
      "unknown variant `workspaceWrite`, expected one of `read-only`, `workspace-write`, `danger-full-access`",
      ["params", "sandbox"],
    ],
    [
      "getConversationSummary",
      {},
      "data did not match any variant of untagged enum GetConversationSummaryParams",
      ["params"],
    ],
  ])("%s with %j is refused in the original's words", (method, params, detail, path) => {
    const error = errorOf(() => parseClientRequest({ id: 1, method, ...(params === undefined ? {} : { params }) }));
    expect([error.detail, error.path]).toEqual([detail, path]);
  });

  it("for an unknown method names all that are known", () => {
    const error = errorOf(() => parseClientRequest({ id: 1, method: "nope", params: {} }));
    expect(error).toBeInstanceOf(UnknownMethodError);
    expect(error.detail).toMatch(/^unknown variant `nope`, expected one of `initialize`, `thread\/start`, /);
  });

  it.each(["toString", "__proto__", "constructor"])("for %s is unknown too", (method) => {
    expect(errorOf(() => parseClientRequest({ id: 1, method }))).toBeInstanceOf(UnknownMethodError);
  });

  it.each([undefined, null, {}])("without parameters may come with %j", (params) => {
    const request = { id: 1, method: "account/logout", ...(params === undefined ? {} : { params }) };
    expect(parseClientRequest(request)).toBe(request);
  });

  it("is returned itself when it is good, unknown members and all", () => {
    const request = { id: 1, method: "thread/read", params: { threadId: "t", odd: 1 }, odd: true };
    expect(parseClientRequest(request)).toBe(request);
  });

  const withParameters = Object.entries(clientRequests).filter(([, { params }]) => params !== null);
  it.each(withParameters)("for %s has its parameters checked", (method) => {
    const error = errorOf(() => parseClientRequest({ id: 1, method, params: "x" }));
    expect(error.detail).toMatch(/invalid type|did not match/);
    expect(error.path).toEqual(["params"]);
  });
});

describe("other messages", () => {
  it("of the client: initialized", () => {
    expect(parseClientNotification({ method: "initialized" })).toEqual({ method: "initialized" });
    expect(errorOf(() => parseClientNotification({ method: "odd" }))).toBeInstanceOf(UnknownMethodError);
  });

  it("of the server: legacy events", () => {
    const event = {
      method: "codex/event/task_started",
      params: { id: "0", msg: { type: "task_started", model_context_window: 258400 }, conversationId: "T" },
    };
    expect(parseServerNotification(event)).toEqual(event);
    expect(
      errorOf(() => parseServerNotification({ method: "codex/event/odd", params: { id: "0", msg: { type: "odd" } } }))
        .path,
    ).toEqual(["params", "msg", "type"]);
  });

  it("of an older server get the members that it left out", () => {
    const turn = { id: "0", items: [], status: "completed" };
    expect(parseServerNotification({ method: "turn/completed", params: { threadId: "T", turn } })).toEqual({
      method: "turn/completed",
      params: { threadId: "T", turn: { ...turn, error: null } },
    });
  });

  it("of the server: requests, and what the client answers", () => {
    expect(errorOf(() => parseServerRequest({ id: 0, method: "item/tool/call", params: {} })).path).toEqual(["params"]);
    expect(parseServerRequestResult("item/fileChange/requestApproval", { decision: "accept" })).toEqual({
      decision: "accept",
    });
    expect(
      errorOf(() => parseServerRequestResult("item/fileChange/requestApproval", { decision: "maybe" })).path,
    ).toEqual(["decision"]);
  });

  it("of the server: results", () => {
    expect(parseClientRequestResult("thread/loaded/list", { data: ["a"] })).toEqual({ data: ["a"], nextCursor: null });
    expect(errorOf(() => parseClientRequestResult("thread/loaded/list", { data: [1] })).path).toEqual(["data", 0]);
  });
});

describe("helpers", () => {
  it("write messages with their members in the order of the wire", () => {
    expect(JSON.stringify(clientRequest(1, "thread/read", { threadId: "t" }))).toBe(
      '{"method":"thread/read","id":1,"params":{"threadId":"t"}}',
    );
    expect(JSON.stringify(clientRequest("a", "account/logout", null))).toBe('{"method":"account/logout","id":"a"}');
    expect(JSON.stringify(serverNotification("thread/compacted", { threadId: "t", turnId: "0" }))).toBe(
      '{"method":"thread/compacted","params":{"threadId":"t","turnId":"0"}}',
    );
    const call = { threadId: "t", turnId: "0", callId: "c", tool: "x", arguments: null };
    expect(serverRequest(0, "item/tool/call", call)).toEqual({ method: "item/tool/call", id: 0, params: call });
    expect(JSON.stringify(resultOf({ id: 1, method: "turn/interrupt" }, {}))).toBe('{"id":1,"result":{}}');
    expect(JSON.stringify(failure(1, -32600, "no"))).toBe('{"error":{"code":-32600,"message":"no"},"id":1}');
    expect(JSON.stringify(failure(null, -32600, "no", { a: 1 }))).toBe(
      '{"error":{"code":-32600,"data":{"a":1},"message":"no"},"id":null}',
    );
  });

  it("route a request to the function of its method", async () => {
    const route = createRouter<string>(
      {
        "thread/archive": ({ threadId }, who) => ({ [who]: threadId }),
        "account/logout": async (params) => ({ params }),
      },
      ({ method }) => {
        throw new Error(`not served: ${method}`);
      },
    );
    expect(await route({ id: 1, method: "thread/archive", params: { threadId: "t" } }, "me")).toEqual({ me: "t" });
    expect(await route({ id: 1, method: "account/logout" }, "me")).toEqual({ params: null });
    await expect(route({ id: 1, method: "userInfo" }, "me")).rejects.toThrow("not served: userInfo");
  });

  it("know what a subscriber of v1 is not sent", () => {
    expect(isSentToV1("item/started")).toBe(true);
    expect(isSentToV1("turn/started")).toBe(false);
  });
});
