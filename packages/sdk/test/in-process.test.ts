/** Turns in this process. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answer, functionCall, message, patch } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { Codex, ThreadBusyError, ThreadNotFoundError } from "../src/in-process-entry.js";
import { asksAndListens } from "./questions.js";
import { behavesLikeCodex } from "./same-api.js";
import { fakePlace } from "./support/fake-home.js";

describe("a Codex in this process", () => {
  behavesLikeCodex((place) => {
    const codex = new Codex(place.codex);
    return { codex, close: () => codex.close() };
  });
  asksAndListens((place) => new Codex(place.codex));

  it("tells everything that its threads say to whoever wants to hear it", async () => {
    await using place = await fakePlace([answer(message("hello", { deltas: 5 }))]);
    const deltas: string[] = [];
    await using codex = new Codex({
      ...place.codex,
      onCoreEvent: (event) => {
        if (event.type === "item.delta" && event.delta.kind === "text") deltas.push(event.delta.text);
      },
    });
    await codex.startThread({ workingDirectory: place.home.workspace }).run("x");
    expect(deltas).toEqual(["h", "e", "l", "l", "o"]);
  });

  it("refuses other tools than a loaded thread has", async () => {
    await using place = await fakePlace([answer(message("ok"))]);
    await using codex = new Codex(place.codex);
    const options = { workingDirectory: place.home.workspace };
    const tool = (name: string) => ({ name, description: "", inputSchema: { type: "object" }, run: async () => "" });
    const thread = codex.startThread({ ...options, tools: [tool("a")] });
    await thread.run("x");
    const resumed = (name: string) => codex.resumeThread(thread.id ?? "", { ...options, tools: [tool(name)] }).run("x");
    await expect(resumed("b")).rejects.toThrow("keeps the tools");
    await expect(resumed("a")).resolves.toMatchObject({ finalResponse: "ok" });
  });

  it("runs one turn of a thread at a time, and turns of several threads at once", async () => {
    await using place = await fakePlace([answer(message("ok"))]);
    await using codex = new Codex(place.codex);
    const options = { workingDirectory: place.home.workspace };
    const thread = codex.startThread(options);
    await thread.run("x");
    const first = thread.run("y");
    await expect(codex.resumeThread(thread.id ?? "", options).run("z")).rejects.toThrow(ThreadBusyError);
    const others = await Promise.all([1, 2, 3].map(() => codex.startThread(options).run("x")));
    expect([await first, ...others].map(({ finalResponse }) => finalResponse)).toEqual(["ok", "ok", "ok", "ok"]);
  });

  it("says which session it does not know", async () => {
    await using place = await fakePlace([answer(message("ok"))]);
    await using codex = new Codex(place.codex);
    const id = "01a1f9d5-2f01-76c3-af40-51ce70dcf175";
    const run = codex.resumeThread(id, { workingDirectory: place.home.workspace }).run("x");
    await expect(run).rejects.toThrow(ThreadNotFoundError);
    await expect(run).rejects.toThrow(id);
  });

  it("gives a resumed thread the options it is resumed with", async () => {
    await using place = await fakePlace([answer(message("ok"))]);
    await using codex = new Codex(place.codex);
    const thread = codex.startThread({ workingDirectory: place.home.workspace });
    await thread.run("x");
    const resumed = codex.resumeThread(thread.id ?? "", { workingDirectory: place.home.workspace, model: "gpt-5.1" });
    await resumed.run("y");
    expect(place.model.requests.map(({ body }) => body["model"])).toEqual(["gpt-5.1-codex", "gpt-5.1"]);
  });

  it("goes on with an agent that a thread has started: with its next turn, not with the one that is over", async () => {
    const agentIds: string[] = [];
    let agentTurns = 0;
    await using place = await fakePlace((request) => {
      if (request.headers["x-openai-subagent"] === "collab_spawn") return answer(message(`agent ${++agentTurns}`));
      const outputs = (request.body["input"] as { output?: string }[]).flatMap(({ output }) => output ?? []);
      if (outputs.length === 0) return answer(functionCall("spawn_agent", { message: "sub task" }, "spawn"));
      agentIds.push((JSON.parse(outputs[0] ?? "") as { agent_id: string }).agent_id);
      if (outputs.length === 1) return answer(functionCall("wait", { ids: agentIds.slice(-1) }, "wait"));
      return answer(message("ok"));
    });
    await using codex = new Codex({ ...place.codex, config: { "features.collab": true } });
    const options = { workingDirectory: place.home.workspace };
    await codex.startThread(options).run("x");
    expect((await codex.resumeThread(agentIds[0] ?? "", options).run("y")).finalResponse).toBe("agent 2");
  });

  it("runs without the executable: patches are applied by a script of its own", async () => {
    await using place = await fakePlace([answer(patch("*** Add File: made.txt\n+hi\n")), answer(message("ok"))]);
    await using codex = new Codex({ env: place.home.env, codexPathOverride: "codex" });
    const thread = codex.startThread({ workingDirectory: place.home.workspace, sandboxMode: "danger-full-access" });
    expect((await thread.run("x")).items).toMatchObject([
      { type: "file_change", changes: [{ kind: "add" }], status: "completed" },
      { type: "agent_message" },
    ]);
    expect(readFileSync(join(place.home.workspace, "made.txt"), "utf8")).toBe("hi\n");
  });
});
