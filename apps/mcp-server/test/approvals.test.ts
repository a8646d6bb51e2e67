/** Questions to the client, and what its answers do. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { answer, executable, message, patch, shell, type Script } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { rawClient, textOf, type Message, type RawClient } from "./support/raw-client.js";

const asksFor = { prompt: "x", "approval-policy": "untrusted", sandbox: "workspace-write" };

/** Calls codex and answers the first question. */
async function answered(
  script: Script,
  reply: object,
): Promise<{ client: RawClient; question: Message; result: Message }> {
  const client = await rawClient(executable(), script);
  const result = client.call(20, "codex", asksFor);
  const question = await client.until(({ method }) => method === "elicitation/create");
  client.send({ jsonrpc: "2.0", id: question.id, ...reply });
  return { client, question, result: await result };
}

const ends = (client: RawClient): Record<string, unknown>[] =>
  client.messages.flatMap(({ params }) => {
    const msg = params?.["msg"] as { type?: string } | undefined;
    return msg?.type === "exec_command_end" || msg?.type === "patch_apply_end" ? [msg as Record<string, unknown>] : [];
  });

describe("a command that needs a yes", () => {
  it.each<[name: string, reply: object, runs: boolean]>([
    ["the decision approved", { result: { decision: "approved" } }, true],
    ["the decision approved_for_session", { result: { decision: "approved_for_session" } }, true],
    [
      "a rule",
      {
        result: { decision: { approved_execpolicy_amendment: { proposed_execpolicy_amendment: ["touch", "zz.txt"] } } },
      },
      true,
    ],
    ["the standard accept", { result: { action: "accept", content: {} } }, true],
    ["the decision denied", { result: { decision: "denied" } }, false],
    ["a decision that says no beside an accept", { result: { action: "accept", decision: "denied" } }, false],
    ["the standard decline", { result: { action: "decline" } }, false],
    ["an error", { error: { code: -32601, message: "Method not found" } }, false],
    ["nothing of use", { result: null }, false],
    ["a word that is no decision", { result: { decision: "maybe" } }, false],
    ["an action that is none", { result: { action: "maybe" } }, false],
  ])("is decided by %s", async (_name, reply, runs) => {
    const { client, result } = await answered([answer(shell("touch zz.txt")), answer(message("done"))], reply);
    await using _ = client;
    expect(textOf(result)).toBe("done");
    expect(existsSync(join(client.home.workspace, "zz.txt"))).toBe(runs);
    expect(ends(client)).toMatchObject([
      runs ? { exit_code: 0 } : { exit_code: -1, aggregated_output: "exec command rejected by user" },
    ]);
  });

  it("is described in the question", async () => {
    const { client, question } = await answered([answer(shell("touch zz.txt")), answer()], {
      result: { decision: "denied" },
    });
    await using _ = client;
    const cwd = client.home.workspace;
    expect(question).toMatchObject({
      id: 0,
      params: {
        message: `Allow Codex to run \`/bin/bash -lc 'touch zz.txt'\` in \`${cwd}\`?`,
        requestedSchema: { properties: {}, type: "object" },
        codex_elicitation: "exec-approval",
        codex_mcp_tool_call_id: "20",
        codex_event_id: "20",
        codex_call_id: "call_1",
        codex_command: ["/bin/bash", "-lc", "touch zz.txt"],
        codex_cwd: cwd,
        codex_parsed_cmd: [{ type: "unknown", cmd: "touch zz.txt" }],
      },
    });
  });

  it.each([
    ["the decision abort", { decision: "abort" }],
    ["the standard cancel", { action: "cancel" }],
  ])("ends the turn, and the call is answered, by %s", async (_name, result) => {
    const { client, result: ended } = await answered([answer(shell("touch zz.txt")), answer(message("never"))], {
      result,
    });
    await using _ = client;
    expect(ended.result).toMatchObject({ isError: true, content: [{ text: "interrupted" }] });
    expect(client.events(20).at(-1)).toBe("turn_aborted");
    expect(client.model.requests).toHaveLength(1);
  });
});

describe("a patch that needs a yes", () => {
  it.each<[name: string, result: object, applies: boolean]>([
    ["the decision approved", { decision: "approved" }, true],
    ["the standard accept", { action: "accept" }, true],
    ["the standard decline", { action: "decline" }, false],
  ])("is decided by %s", async (_name, result, applies) => {
    const script = [answer(patch("*** Add File: new.txt\n+line1\n")), answer(message("done"))];
    const { client, question } = await answered(script, { result });
    await using _ = client;
    const path = join(client.home.workspace, "new.txt");
    expect(question.params).toMatchObject({
      message: "Allow Codex to apply proposed code changes?",
      codex_elicitation: "patch-approval",
      codex_changes: { [path]: { type: "add", content: "line1\n" } },
    });
    expect(existsSync(path)).toBe(applies);
    expect(ends(client)).toMatchObject([
      applies ? { success: true } : { success: false, stderr: "patch rejected by user" },
    ]);
  });
});
