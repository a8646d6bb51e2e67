/** What a client can do wrong: each line gets an answer that says so, and everything else goes on. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "./support/server.js";

describe("lines that are no requests", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => await server[Symbol.asyncDispose]());

  it.each<[string, string | Uint8Array, { id: unknown; code: number; message?: RegExp }]>([
    ["no JSON", "hello\n", { id: null, code: -32700, message: /not JSON/ }],
    ["JSON that breaks off behind its id", '{"id":41,"method":"thread/start","params":{\n', { id: 41, code: -32700 }],
    ["an id as text in a broken line", '{"method":"x","id":"a\\"b",oops}\n', { id: 'a"b', code: -32700 }],
    ["a list", "[1]\n", { id: null, code: -32600 }],
    ["a number", "17\n", { id: null, code: -32600 }],
    ["null", "null\n", { id: null, code: -32600 }],
    ["an empty object", "{}\n", { id: null, code: -32600 }],
    ["a fraction as id", '{"id":1.5,"method":"thread/list","params":{}}\n', { id: null, code: -32600 }],
    [
      "an id that would come back as another one",
      '{"id":9007199254740993,"method":"thread/list","params":{}}\n',
      { id: null, code: -32600, message: /^Invalid request: `id`: the integer is larger than 2\^53 - 1$/ },
    ],
    ["null as id", '{"id":null,"method":"thread/list","params":{}}\n', { id: null, code: -32600 }],
    ["a number as method", '{"id":7,"method":3}\n', { id: 7, code: -32600 }],
    [
      "bytes that are no UTF-8",
      Buffer.from([0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x38, 0x2c, 0xff, 0x0a]),
      { id: 8, code: -32700, message: /UTF-8/ },
    ],
    [
      "an unknown method",
      '{"id":9,"method":"no/such","params":{}}\n',
      { id: 9, code: -32601, message: /^Invalid request: unknown variant `no\/such`$/ },
    ],
    [
      "no params",
      '{"id":10,"method":"thread/list"}\n',
      { id: 10, code: -32600, message: /^Invalid request: missing field `params`$/ },
    ],
    [
      "a missing member",
      '{"id":11,"method":"thread/read","params":{}}\n',
      { id: 11, code: -32600, message: /^Invalid request: missing field `threadId`$/ },
    ],
    [
      "a negative count",
      '{"id":12,"method":"thread/list","params":{"limit":-1}}\n',
      { id: 12, code: -32600, message: /^Invalid request: invalid value: integer `-1`, expected u32$/ },
    ],
    [
      "an unknown choice",
      '{"id":13,"method":"thread/start","params":{"sandbox":"workspaceWrite"}}\n',
      { id: 13, code: -32600, message: /unknown variant `workspaceWrite`/ },
    ],
    [
      "a wrong type",
      '{"id":14,"method":"turn/start","params":{"threadId":5,"input":[]}}\n',
      { id: 14, code: -32600, message: /^Invalid request: invalid type/ },
    ],
    [
      "no UUID",
      '{"id":15,"method":"turn/start","params":{"threadId":"zzz","input":[]}}\n',
      {
        id: 15,
        code: -32600,
        message:
          /^invalid thread id: invalid character: expected an optional prefix of `urn:uuid:` followed by \[0-9a-fA-F-\], found `z` at 1$/,
      },
    ],
    [
      "a thread that is not loaded",
      '{"id":16,"method":"turn/start","params":{"threadId":"01a1f9d5-2f01-76c3-af40-51ce70dcf175","input":[]}}\n',
      { id: 16, code: -32600, message: /^thread not found: 01a1f9d5-2f01-76c3-af40-51ce70dcf175$/ },
    ],
    [
      "a second handshake",
      '{"id":17,"method":"initialize","params":{"clientInfo":{"name":"x","version":"1"}}}\n',
      { id: 17, code: -32600, message: /^Already initialized$/ },
    ],
  ])("%s: told, and the server goes on", async (_what, bytes, expected) => {
    const before = server.received.length;
    await server.write(bytes);
    const reply = await server.until(
      (message) => server.received.indexOf(message) >= before && message.error !== undefined,
    );
    expect(reply).toMatchObject({ id: expected.id, error: { code: expected.code } });
    expect(reply.error?.message).toMatch(expected.message ?? /./);
    await expect(server.result("getUserAgent")).resolves.toMatchObject({ userAgent: expect.stringContaining("test/") });
  });

  it("blank lines, notifications of any name and answers to nothing are passed over", async () => {
    const before = server.received.length;
    await server.write(
      '\n\r\n{"method":"no/such"}\n{"id":99,"result":{}}\n{"id":98,"error":{"code":1,"message":"x"}}\n',
    );
    await server.result("getUserAgent");
    expect(server.received.slice(before).map(({ error }) => error)).toEqual([undefined]);
  });

  it("carriage returns and a `jsonrpc` member do no harm, and ids keep their type", async () => {
    await server.write('{"jsonrpc":"2.0","id":"seven","method":"getUserAgent"}\r\n');
    await expect(server.reply("seven")).resolves.toHaveProperty("result");
  });

  it("one id used twice is answered twice", async () => {
    const before = server.received.length;
    await server.write('{"id":500,"method":"getUserAgent"}\n{"id":500,"method":"getUserAgent"}\n');
    await server.result("getUserAgent");
    expect(server.received.slice(before).filter(({ id }) => id === 500)).toHaveLength(2);
  });

  it("a line of 100 MB is refused with its id, in bounded memory, and the next one is served", async () => {
    await server.write('{"id":600,"method":"fuzzyFileSearch","params":{"roots":[],"query":"');
    const piece = Buffer.alloc(1 << 20, 0x61);
    for (let sent = 0; sent < 100; sent++) await server.write(piece);
    await server.write('"}}\n');
    await expect(server.reply(600)).resolves.toMatchObject({
      error: { code: -32600, message: expect.stringContaining("too long") },
    });
    await expect(server.result("getUserAgent")).resolves.toHaveProperty("userAgent");
  });

  it("a line of 20 MB is served", async () => {
    await server.write(
      `{"id":601,"method":"fuzzyFileSearch","params":{"roots":[],"query":"${"a".repeat(20 << 20)}"}}\n`,
    );
    await expect(server.reply(601)).resolves.toMatchObject({ result: { files: [] } });
  });
});

describe("before the handshake", () => {
  it.each<[string, string, unknown, string]>([
    ["a valid request is not served", "thread/list", {}, "Not initialized"],
    ["an invalid one is told as such", "thread/list", undefined, "Invalid request: missing field `params`"],
    [
      "a name that cannot stand in a header is refused",
      "initialize",
      { clientInfo: { name: "a\nb", version: "1" } },
      "Invalid clientInfo.name: 'a\nb'. Must be a valid HTTP header value.",
    ],
  ])("%s, and the handshake still works", async (_what, method, params, message) => {
    await using server = await startServer({}, false);
    await expect(server.call(method, params)).resolves.toMatchObject({ error: { code: -32600, message } });
    await expect(server.result("initialize", { clientInfo: { name: "x", version: "1" } })).resolves.toHaveProperty(
      "userAgent",
    );
  });
});
