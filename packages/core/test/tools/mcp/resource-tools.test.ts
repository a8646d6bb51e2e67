/** The tools that list and read resources. */

import { answer, functionCall, message } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { withMcp } from "../../support/fake-mcp.js";
import { testThread } from "../../support/test-thread.js";

const a = '{"server":"fake","mimeType":"text/plain","name":"a","uri":"mem://a"}';
const everything = `{"resources":[${a},{"server":"fake","name":"b","uri":"mem://b"}]}`;

describe("the resource tools", () => {
  it.each<[string, string, string, { server: string; failed: boolean } | null]>([
    ["list_mcp_resources", "", everything, { server: "codex", failed: false }],
    ["list_mcp_resources", "null", everything, { server: "codex", failed: false }],
    ["list_mcp_resources", '{"server":"  "}', everything, { server: "codex", failed: false }],
    [
      "list_mcp_resources",
      '{"server":" fake "}',
      `{"server":"fake","resources":[${a}],"nextCursor":"next"}`,
      { server: "fake", failed: false },
    ],
    [
      "list_mcp_resources",
      '{"server":"fake","cursor":"next"}',
      '{"server":"fake","resources":[{"server":"fake","name":"b","uri":"mem://b"}]}',
      { server: "fake", failed: false },
    ],
    [
      "list_mcp_resources",
      '{"server":"x"}',
      "resources/list failed: unknown MCP server 'x'",
      { server: "x", failed: true },
    ],
    [
      "list_mcp_resources",
      '{"cursor":"x"}',
      "cursor can only be used when a server is specified",
      { server: "codex", failed: true },
    ],
    ["list_mcp_resources", "{bad", "failed to parse function arguments: key must be a string at line 1 column 2", null],
    [
      "list_mcp_resources",
      '{"server":1}',
      "failed to parse function arguments: invalid type: integer `1`, expected a string",
      null,
    ],
    [
      "list_mcp_resource_templates",
      "{}",
      '{"resourceTemplates":[{"server":"fake","name":"any","uriTemplate":"mem://{name}"}]}',
      { server: "codex", failed: false },
    ],
    [
      "list_mcp_resource_templates",
      '{"server":"x"}',
      "resources/templates/list failed: unknown MCP server 'x'",
      { server: "x", failed: true },
    ],
    [
      "read_mcp_resource",
      '{"server":"fake","uri":"mem://a"}',
      '{"server":"fake","uri":"mem://a","contents":[{"mimeType":"text/plain","text":"content","uri":"mem://a"}]}',
      { server: "fake", failed: false },
    ],
    [
      "read_mcp_resource",
      '{"server":"fake","uri":"mem://none"}',
      'resources/read failed: resources/read failed for `fake` (mem://none): resources/read failed: Mcp error: -32002: no such resource({"uri":"mem://none"})',
      { server: "fake", failed: true },
    ],
    [
      "read_mcp_resource",
      '{"server":"s","uri":"u"}',
      "resources/read failed: unknown MCP server 's'",
      { server: "s", failed: true },
    ],
    ["read_mcp_resource", '{"server":" ","uri":"u"}', "server must be provided", null],
    ["read_mcp_resource", '{"server":"s","uri":""}', "uri must be provided", null],
    ["read_mcp_resource", "", "failed to parse function arguments: expected value", null],
    ["read_mcp_resource", '{"uri":"u"}', "failed to parse function arguments: missing field `server`", null],
    ["read_mcp_resource", '{"server":"s"}', "failed to parse function arguments: missing field `uri`", null],
  ])("%s(%s) answers %s", async (name, args, output, shown) => {
    await using test = await testThread([answer(functionCall(name, args)), answer(message("ok"))], {
      services: withMcp({ fake: {} }),
    });
    const events = await test.turn();
    expect(test.outputs()["call_1"]).toBe(output);
    const ended = events.flatMap((event) =>
      event.type === "item.ended" && event.item.type === "mcpCall" ? [event.item] : [],
    );
    const seen = ended.map(({ invocation, status }) => ({ server: invocation.server, failed: status === "failed" }));
    expect(seen).toEqual(shown === null ? [] : [shown]);
  });

  it("leave out servers that fail, and run beside each other", async () => {
    const calls = answer(
      functionCall("list_mcp_resources", "", "c1"),
      functionCall("list_mcp_resource_templates", "", "c2"),
    );
    await using test = await testThread([calls, answer(message("ok"))], {
      services: withMcp({ fake: {}, broken: { script: { greeting: "exit" } } }),
    });
    await test.turn();
    expect(test.outputs()["c1"]).toBe(everything);
    expect(test.outputs()["c2"]).toContain("mem://{name}");
  });

  it("work without servers", async () => {
    await using test = await testThread([answer(functionCall("list_mcp_resources", "{}")), answer(message("ok"))]);
    await test.turn();
    expect(test.outputs()["call_1"]).toBe('{"resources":[]}');
  });
});
