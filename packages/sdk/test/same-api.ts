/** What turns do, whoever runs them: this SDK's children, this process, and the official SDK are held to the same sentences. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { answer, created, hold, httpReply, message, reasoning, shell, stream } from "@codex-ts/test-support";
import { expect, it } from "vitest";
import { fakePlace, pixel, type FakePlace } from "./support/fake-home.js";

/** The part of the API that all have. */
export interface AnyCodex {
  startThread(options?: object): AnyThread;
  resumeThread(id: string, options?: object): AnyThread;
}

/** A thread of any of them. */
export interface AnyThread {
  id: string | null;
  run(input: AnyInput, options?: object): Promise<{ items: object[]; finalResponse: string; usage: object | null }>;
  runStreamed(input: AnyInput, options?: object): Promise<{ events: AsyncGenerator<{ type: string }> }>;
}

type AnyInput = string | ({ type: "text"; text: string } | { type: "local_image"; path: string })[];

/** @param open makes the Codex of a place; what it returns with it ends it */
export function behavesLikeCodex(open: (place: FakePlace) => { codex: AnyCodex; close: () => Promise<void> }): void {
  const inPlace = async (
    script: Parameters<typeof fakePlace>[0],
    test: (codex: AnyCodex, place: FakePlace) => Promise<void>,
  ): Promise<void> => {
    await using place = await fakePlace(script);
    writeFileSync(join(place.home.workspace, "a.png"), pixel);
    const { codex, close } = open(place);
    try {
      await test(codex, place);
    } finally {
      await close();
    }
  };
  const events = async (generator: AsyncGenerator<{ type: string }>): Promise<object[]> => {
    const all: object[] = [];
    for await (const event of generator) all.push(event);
    return all;
  };

  it("runs a turn and gives items, the answer and usage", async () => {
    await inPlace([answer(reasoning("thought"), message("hi there"))], async (codex, { home }) => {
      const thread = codex.startThread({ workingDirectory: home.workspace });
      expect(thread.id).toBeNull();
      expect(await thread.run("x")).toMatchObject({
        items: [
          { type: "reasoning", text: "thought" },
          { type: "agent_message", text: "hi there" },
        ],
        finalResponse: "hi there",
        usage: { input_tokens: 100, cached_input_tokens: 10, output_tokens: 20 },
      });
      expect(thread.id).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  it("streams the events of a turn in order", async () => {
    await inPlace([answer(shell("echo hi")), answer(message("done"))], async (codex, { home }) => {
      const thread = codex.startThread({ workingDirectory: home.workspace, sandboxMode: "danger-full-access" });
      const { events: stream } = await thread.runStreamed("x");
      const command = { type: "command_execution", command: "/bin/bash -lc 'echo hi'" };
      expect(await events(stream)).toMatchObject([
        { type: "thread.started", thread_id: thread.id },
        { type: "turn.started" },
        { type: "item.started", item: { id: "item_0", ...command, status: "in_progress" } },
        { type: "item.completed", item: { id: "item_0", ...command, exit_code: 0, status: "completed" } },
        { type: "item.completed", item: { id: "item_1", type: "agent_message", text: "done" } },
        { type: "turn.completed", usage: { input_tokens: 200 } },
      ]);
    });
  });

  it("goes on in the same thread, and in a resumed one", async () => {
    await inPlace(
      ["one", "two", "three"].map((text) => answer(message(text))),
      async (codex, place) => {
        const options = { workingDirectory: place.home.workspace };
        const thread = codex.startThread(options);
        await thread.run("x");
        const id = thread.id ?? "";
        await thread.run("y");
        expect(thread.id).toBe(id);
        const resumed = codex.resumeThread(id, options);
        expect((await resumed.run("z")).finalResponse).toBe("three");
        expect(resumed.id).toBe(id);
        expect(place.sent(2).slice(-5)).toEqual(["x", "one", "y", "two", "z"]);
      },
    );
  });

  it("sends images, in a thread that goes on, too", async () => {
    await inPlace([answer(message("one")), answer(message("two"))], async (codex, place) => {
      const thread = codex.startThread({ workingDirectory: place.home.workspace });
      const image = { type: "local_image" as const, path: join(place.home.workspace, "a.png") };
      await thread.run([{ type: "text", text: "a" }, image, { type: "text", text: "b" }]);
      const id = thread.id;
      await thread.run([image, { type: "text", text: "c" }]);
      expect(thread.id).toBe(id);
      const input = JSON.stringify(place.model.requests[1]?.body["input"]);
      expect(input.match(/"image_url":"data:image\/png;base64,/g)).toHaveLength(2);
      expect(place.sent(1)).toEqual(expect.arrayContaining(["a\n\nb", "one", "c"]));
    });
  });

  it("asks for an answer that follows a schema", async () => {
    await inPlace([answer(message('{"a":1}'))], async (codex, { home, model }) => {
      const schema = { type: "object", properties: { a: { type: "number" } }, required: ["a"] };
      const thread = codex.startThread({ workingDirectory: home.workspace });
      expect((await thread.run("x", { outputSchema: schema })).finalResponse).toBe('{"a":1}');
      expect(model.requests[0]?.body["text"]).toMatchObject({ format: { type: "json_schema", schema } });
    });
  });

  it("refuses a schema that is no object", async () => {
    await inPlace([answer()], async (codex, { home }) => {
      const thread = codex.startThread({ workingDirectory: home.workspace });
      await expect(thread.run("x", { outputSchema: [] })).rejects.toThrow("outputSchema must be a plain JSON object");
    });
  });

  it("rejects with an AbortError when its signal fires, during an answer and during a command", async () => {
    const script = [stream(created(), message("one"), hold("h")), answer(shell("sleep 100"))];
    await inPlace(script, async (codex, { home, model }) => {
      const thread = codex.startThread({ workingDirectory: home.workspace });
      const first = new AbortController();
      const run = thread.run("x", { signal: first.signal });
      run.catch(() => undefined);
      await model.reached("h");
      first.abort();
      await expect(run).rejects.toMatchObject({ name: "AbortError" });

      const second = new AbortController();
      const { events: stream } = await thread.runStreamed("y", { signal: second.signal });
      const seen: string[] = [];
      const reading = (async () => {
        for await (const event of stream) {
          seen.push(event.type);
          if (event.type === "item.started") second.abort();
        }
      })();
      await expect(reading).rejects.toMatchObject({ name: "AbortError" });
      expect(seen.slice(0, 3)).toEqual(["thread.started", "turn.started", "item.started"]);
    });
  });

  it("throws what a turn failed of", async () => {
    await inPlace([httpReply(400, { error: { message: "bad" } })], async (codex, { home }) => {
      const thread = codex.startThread({ workingDirectory: home.workspace });
      await expect(thread.run("x")).rejects.toThrow('{"error":{"message":"bad"}}');
    });
  });

  it("works outside of a repository only when it is told to", async () => {
    await inPlace([answer(message("ok"))], async (codex, { home }) => {
      const outside = codex.startThread({ workingDirectory: home.home }).run("x");
      await expect(outside).rejects.toThrow(/skip-?git-?repo-?check/i);
      const thread = codex.startThread({ workingDirectory: home.home, skipGitRepoCheck: true });
      expect((await thread.run("x")).finalResponse).toBe("ok");
    });
  });

  it("passes model, effort and where it may write on", async () => {
    await inPlace([answer(message("ok"))], async (codex, place) => {
      const thread = codex.startThread({
        workingDirectory: place.home.workspace,
        model: "gpt-5.1",
        modelReasoningEffort: "high",
        sandboxMode: "workspace-write",
        networkAccessEnabled: true,
        additionalDirectories: [place.home.home],
        approvalPolicy: "on-request",
        webSearchMode: "live",
      });
      await thread.run("x");
      expect(place.model.requests[0]?.body).toMatchObject({
        model: "gpt-5.1",
        reasoning: { effort: "high" },
        tools: expect.arrayContaining([{ type: "web_search", external_web_access: true }]) as unknown,
      });
      const permissions = place.sent(0).join("\n");
      expect(permissions).toContain("Network access is enabled");
      expect(permissions).toContain(place.home.home);
      expect(place.model.requests[0]?.headers["originator"]).toBe("codex_sdk_ts");
    });
  });
}
