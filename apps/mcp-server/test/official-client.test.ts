/** The official MCP client on the built executable; also the README's example. */

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import {
  answer,
  executable,
  fakeProviderConfig,
  message,
  shell,
  startFakeModel,
  tempHome,
} from "@codex-ts/test-support";
import { expect, it } from "vitest";

it("an ordinary MCP client uses the tools and is asked for approval", async () => {
  await using model = await startFakeModel([answer(shell("touch made.txt")), answer(message("done"))]);
  using home = tempHome({ config: fakeProviderConfig(model.url) });
  const client = new Client({ name: "example", version: "1.0" }, { capabilities: { elicitation: {} } });
  const asked: string[] = [];
  client.setRequestHandler(ElicitRequestSchema, (request) => {
    asked.push(request.params.message);
    return { action: "accept", content: {} };
  });
  await client.connect(
    new StdioClientTransport({
      command: executable().command,
      args: ["mcp-server"],
      env: home.env,
      cwd: home.workspace,
    }),
  );
  try {
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["codex", "codex-reply"]);
    const result = await client.callTool({
      name: "codex",
      arguments: { prompt: "make a file", sandbox: "workspace-write", "approval-policy": "untrusted" },
    });
    expect(result).toMatchObject({ content: [{ type: "text", text: "done" }], structuredContent: { content: "done" } });
    expect(asked).toEqual([`Allow Codex to run \`/bin/bash -lc 'touch made.txt'\` in \`${home.workspace}\`?`]);
  } finally {
    await client.close();
  }
});
