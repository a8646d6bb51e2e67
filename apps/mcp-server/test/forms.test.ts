/** Questions that want more than a yes: of MCP servers of the session, passed on to the client. */

import { answer, executable, fakeMcpConfig, functionCall, message } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { rawClient, textOf, type RawClient } from "./support/raw-client.js";

const script = [answer(functionCall("mcp__fake__ask", { q: "who?" })), answer(message("done"))];

/** The output of the tool, as the model got it. */
function output(client: RawClient): string {
  const input = client.model.requests[1]?.body["input"];
  return JSON.stringify((Array.isArray(input) ? input : []).at(-1));
}

describe("a question of an MCP server", () => {
  it.each([
    [{ action: "accept", content: { name: "Ada" } }, "Ada"],
    [{ action: "decline" }, "decline"],
  ])("is asked by a client that shows forms: %j", async (reply, said) => {
    await using client = await rawClient(executable(), script, "", [], fakeMcpConfig("fake"));
    await client.ask(1, "initialize", {
      protocolVersion: "2025-06-18",
      capabilities: { elicitation: {} },
      clientInfo: { name: "t", version: "1" },
    });
    const result = client.call(2, "codex", { prompt: "x" });
    const question = await client.until(({ method }) => method === "elicitation/create");
    expect(question.params).toMatchObject({
      message: "fake: who?",
      requestedSchema: { type: "object", properties: { name: { type: "string" } } },
      codex_elicitation: "mcp-elicitation",
      codex_server_name: "fake",
    });
    client.send({ jsonrpc: "2.0", id: question.id, result: reply });
    expect(textOf(await result)).toBe("done");
    expect(output(client)).toContain(said);
  });

  it("is declined for a client that shows none", async () => {
    await using client = await rawClient(executable(), script, "", [], fakeMcpConfig("fake"));
    expect(textOf(await client.call(2, "codex", { prompt: "x" }))).toBe("done");
    expect(client.messages.filter(({ method }) => method === "elicitation/create")).toEqual([]);
    expect(output(client)).toContain("decline");
  });
});
