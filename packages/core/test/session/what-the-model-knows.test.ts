/** What the model knows and keeps: settings across rollbacks, compactions and resumes; input and images that go wrong. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  answer,
  failed,
  functionCall,
  hold,
  httpReply,
  message,
  send,
  shell,
  stream,
  type Answer,
  type Step,
} from "@codex-ts/test-support";
import type { Op, ResponseItem } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import { withMcp } from "../support/fake-mcp.js";
import { say, testThread, type TestThread } from "../support/test-thread.js";

const READ_ONLY = 'sandbox_mode = "read-only"\napproval_policy = "on-request"\n';
const FULL_ACCESS: Op = {
  type: "override_turn_context",
  sandbox_policy: { type: "danger-full-access" },
  approval_policy: "never",
};
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const BAD_IMAGE = { error: { message: "The image data you provided does not represent a valid image" } };

/** An answer after which the context counts as this full. */
function full(steps: Step[], tokens: number): Answer {
  const usage = { input_tokens: tokens, output_tokens: 0, total_tokens: tokens };
  return stream(steps, [send("response.completed", { response: { id: "r", usage } })]);
}

/** Texts of a request's input. */
function sent(test: TestThread, request = -1): string[] {
  const input = test.model.requests.at(request)?.body["input"] as { content?: { text?: string }[] }[];
  return input.flatMap((item) => (item.content ?? []).map((part) => part.text ?? ""));
}

function permissions(test: TestThread): string[] {
  return sent(test).filter((text) => text.startsWith("<permissions instructions>"));
}

describe("settings that the model was told of", () => {
  it("are told again when a rollback took the message that told them", async () => {
    await using test = await testThread(() => answer(message("ok")), { config: READ_ONLY });
    await test.turn(say("first"));
    await test.turn(say("second"));
    await test.thread.submit(FULL_ACCESS);
    await test.turn(say("third"));
    expect(permissions(test)).toHaveLength(2);
    await test.thread.submit({ type: "thread_rollback", num_turns: 2 });
    await test.turn(say("fourth"));
    expect(permissions(test)).toHaveLength(2);
    expect(permissions(test).at(-1)).toContain("danger-full-access");
  });

  it("are told again after a resume of such a session, too", async () => {
    await using test = await testThread(() => answer(message("ok")), { config: READ_ONLY });
    await test.turn(say("first"));
    await test.turn(say("second"));
    await test.thread.submit(FULL_ACCESS);
    await test.turn(say("third"));
    await test.thread.submit({ type: "thread_rollback", num_turns: 2 });
    const path = test.thread.rolloutPath ?? "";
    await test.manager.close(test.thread.id);
    const config = { ...test.config, sandboxPolicy: { type: "danger-full-access" as const } };
    const again = await test.manager.resume({ ...config, approvalPolicy: "never" }, "exec", path);
    const ended = new Promise<void>((resolve) => again.subscribe((event) => event.type === "turn.ended" && resolve()));
    await again.submit(say("fourth"));
    await ended;
    expect(permissions(test).at(-1)).toContain("danger-full-access");
  });

  it("are told after a compaction that took place under the old ones", async () => {
    const replacement: ResponseItem[] = [{ type: "compaction", encrypted_content: "ENC" }];
    await using test = await testThread(
      (_, index) =>
        index === 0 ? full([...shell("true"), ...hold("go")], 250_000) : answer(message(`answer ${index}`)),
      {
        config: READ_ONLY,
        features: ["remote_compaction"],
        services: ({ model }) => ({
          model: {
            newRetryBudget: () => model.newRetryBudget(),
            stream: (request, options) => model.stream(request, options),
            compact: () => Promise.resolve(replacement),
          },
        }),
      },
    );
    // Only that provider compacts by itself.
    Object.assign(test.config.modelProvider, { name: "OpenAI" });
    const turn = test.turn(say("first"));
    await test.model.reached("go");
    await test.thread.submit(FULL_ACCESS);
    test.model.release("go");
    await turn;
    expect(test.events).toContainEqual(expect.objectContaining({ notice: { kind: "compacted" } }));
    await test.turn(say("second"));
    expect(permissions(test)).toEqual([expect.stringContaining("danger-full-access")]);
  });

  it("name the writable roots after a compaction and a resume as before", async () => {
    await using test = await testThread(
      [answer(message("one")), answer(message("SUMMARY")), answer(message("two")), answer(message("three"))],
      { config: 'sandbox_mode = "workspace-write"\n' },
    );
    await test.turn(say("the task"));
    await test.turn({ type: "compact" });
    await test.turn(say("go on"));
    const path = test.thread.rolloutPath ?? "";
    await test.manager.close(test.thread.id);
    const again = await test.manager.resume(test.config, "exec", path);
    const ended = new Promise<void>((resolve) => again.subscribe((event) => event.type === "turn.ended" && resolve()));
    await again.submit(say("again"));
    await ended;
    expect(sent(test)).toEqual([...sent(test, 2), "two", "again"]);
  });
});

describe("what a person said", () => {
  it("is kept when there was no room for it", async () => {
    await using test = await testThread(
      [full(message("one"), 95_000), httpReply(400, "no"), answer(message("SUMMARY")), answer(message("fine"))],
      { config: "model_context_window = 100000\n" },
    );
    await test.turn(say("first"));
    const events = await test.turn(say("the important thing"));
    expect(events.at(-1)).toMatchObject({ type: "turn.ended", outcome: { kind: "failed" } });
    expect(events.map(({ type }) => type)).toContain("turn.started");
    await test.turn(say("third"));
    expect(sent(test)).toEqual(expect.arrayContaining(["the important thing", "third"]));
  });

  it("is kept when it joined a turn that failed while it was being read", async () => {
    const reading = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    await using test = await testThread(
      (_, index) => (index === 0 ? stream(hold("go"), failed("insufficient_quota", "no")) : answer(message("ok"))),
      {
        services: () => ({
          loadImage: async () => {
            reading.resolve();
            await goOn.promise;
            return { kind: "unreadable" as const, text: "a picture" };
          },
        }),
      },
    );
    const turn = test.turn(say("first"));
    await test.model.reached("go");
    await test.thread.submit({ type: "user_input", items: [{ type: "local_image", path: "x.png" }] });
    test.model.release("go");
    await reading.promise;
    await test.thread.submit(say("and this"));
    goOn.resolve();
    await turn;
    await test.turn(say("last"));
    expect(sent(test)).toEqual(expect.arrayContaining(["a picture", "and this", "last"]));
  });

  it("is kept when its image cannot be read for a reason that nobody foresaw", async () => {
    await using test = await testThread(
      (_, index) => (index === 0 ? answer(shell("true"), hold("go")) : answer(message("ok"))),
      { services: () => ({ loadImage: () => Promise.reject(new Error("no such module")) }) },
    );
    const turn = test.turn(say("first"));
    await test.event("item.started", (event) => event.item.type === "command");
    await test.thread.submit({ type: "user_input", items: [{ type: "local_image", path: "/x.png" }] });
    await test.thread.submit({ type: "interrupt" });
    const events = await turn;
    const count = (type: string): number =>
      events.filter((event) => event.type === type && "item" in event && event.item.type === "command").length;
    expect([count("item.started"), count("item.ended")]).toEqual([1, 1]);
    await test.turn(say("last"));
    expect(sent(test)).toEqual(expect.arrayContaining(["The image at `/x.png` could not be read.", "last"]));
    expect(test.reports).toHaveLength(1);
  });

  it("is kept when the turn that it joined was cut short", async () => {
    await using test = await testThread((_, index) =>
      index === 0 ? answer(shell("true"), hold("go")) : answer(message("ok")),
    );
    const turn = test.turn(say("first"));
    await test.model.reached("go");
    await test.thread.submit(say("wait, this too"));
    await test.thread.submit({ type: "interrupt" });
    await turn;
    await test.turn(say("last"));
    expect(sent(test)).toEqual(expect.arrayContaining(["wait, this too", "last"]));
  });
});

describe("instructions that changed while a thread was closed", () => {
  it("are told when it goes on", async () => {
    await using test = await testThread(() => answer(message("ok")), {
      config: 'developer_instructions = "D one"\n',
      files: { "AGENTS.md": "A one" },
    });
    await test.turn(say("M one"));
    const path = test.thread.rolloutPath ?? "";
    await test.manager.close(test.thread.id);
    writeFileSync(join(test.home.workspace, "AGENTS.md"), "A two");
    const again = await test.manager.resume({ ...test.config, developerInstructions: "D two" }, "exec", path);
    const ended = new Promise<void>((resolve) => again.subscribe((event) => event.type === "turn.ended" && resolve()));
    await again.submit(say("M two"));
    await ended;
    const told = sent(test);
    const marks = ["D one", "A one", "M one", "D two", "A two", "M two"];
    const at = marks.map((mark) => told.findIndex((text) => text.includes(mark)));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at).not.toContain(-1);
  });

  it("are told once, and not again when nothing changed", async () => {
    await using test = await testThread(() => answer(message("ok")), { files: { "AGENTS.md": "A one" } });
    await test.turn(say("first"));
    const path = test.thread.rolloutPath ?? "";
    await test.manager.close(test.thread.id);
    const again = await test.manager.resume(test.config, "exec", path);
    const ended = new Promise<void>((resolve) => again.subscribe((event) => event.type === "turn.ended" && resolve()));
    await again.submit(say("second"));
    await ended;
    expect(sent(test).filter((text) => text.includes("A one"))).toHaveLength(1);
  });
});

describe("settings that the administrator forbids", () => {
  it("are an error, and the turn that asks for them does not run", async () => {
    await using test = await testThread([answer(message("ok"))], { config: READ_ONLY });
    const allowed = { approvalPolicies: { value: ["on-request"], source: "requirements.toml" } };
    Object.assign(test.config.requirements, allowed);
    const { settings } = test.thread;
    await test.thread.submit({
      type: "user_turn",
      items: [{ type: "text", text: "somewhere else", text_elements: [] }],
      cwd: "/",
      approval_policy: "never",
      sandbox_policy: { type: "danger-full-access" },
      model: "gpt-5.2",
      summary: "auto",
    });
    const { notice } = await test.event("notice", (event) => event.notice.kind === "error");
    expect(notice).toMatchObject({
      error: { info: "bad_request", message: expect.stringContaining("requirements.toml") },
    });
    expect(test.thread.settings).toEqual(settings);
    await test.turn(say("here"));
    expect(sent(test)).not.toContain("somewhere else");
    expect(test.model.requests).toHaveLength(1);
  });
});

describe("a rollback", () => {
  it("takes back the whole turn, also one in which the model looked at an image", async () => {
    await using test = await testThread(
      [
        answer(message("one")),
        answer(functionCall("view_image", { path: "a.png" })),
        answer(message("seen")),
        answer(message("next")),
      ],
      { beforeStart: ({ workspace }) => writeFileSync(join(workspace, "a.png"), PNG) },
    );
    await test.turn(say("first"));
    await test.turn(say("look"));
    await test.thread.submit({ type: "thread_rollback", num_turns: 1 });
    await test.turn(say("third"));
    expect(sent(test).slice(-3)).toEqual(["first", "one", "third"]);
  });
});

describe("an image that the server cannot read", () => {
  it("of a tool is taken out, and the turn goes on", async () => {
    const bad = (request: { body: Record<string, unknown> }): boolean =>
      JSON.stringify(request.body["input"]).includes("image_url");
    await using test = await testThread(
      (request, index) =>
        index === 0
          ? answer(functionCall("mcp__fake__image", {}))
          : bad(request)
            ? httpReply(400, JSON.stringify(BAD_IMAGE))
            : answer(message("ok")),
      { services: withMcp({ fake: {} }) },
    );
    const events = await test.turn();
    expect(events.at(-1)).toMatchObject({ outcome: { kind: "completed" } });
    expect(JSON.stringify(test.model.requests.at(-1)?.body["input"])).toContain("Invalid image");
  });

  it("of a person fails the turn, and no other", async () => {
    await using test = await testThread((request) =>
      JSON.stringify(request.body["input"]).includes("image_url")
        ? httpReply(400, JSON.stringify(BAD_IMAGE))
        : answer(message("ok")),
    );
    const image: Op = { type: "user_input", items: [{ type: "image", image_url: "data:image/png;base64,AAAA" }] };
    expect((await test.turn(image)).at(-1)).toMatchObject({
      outcome: {
        kind: "failed",
        error: { message: "Invalid image in your last message. Please remove it and try again." },
      },
    });
    expect((await test.turn(say("then without"))).at(-1)).toMatchObject({ outcome: { kind: "completed" } });
  });
});
