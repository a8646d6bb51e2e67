/** What fails beside a turn does not take the turn, the thread or other threads with it. */

import { answer, functionCall, hold, message, patch, stream } from "@codex-ts/test-support";
import type { Thread, ThreadManager } from "@codex-ts/core";
import { describe, expect, it } from "vitest";
import { expectBalanced, noticesOf, outcomeOf } from "../support/story.js";
import { say, testThread } from "../support/test-thread.js";

describe("what fails beside a turn", () => {
  it("a listener that throws: it is reported, others hear on, the turn ends", async () => {
    await using test = await testThread([answer(message("ok"))]);
    test.thread.subscribe(() => {
      throw new Error("a broken front end");
    });
    const events = await test.turn();
    expect(outcomeOf(events)).toEqual({ kind: "completed" });
    expect(test.reports).not.toEqual([]);
    expect(test.thread.activeTurnId).toBe(null);
    expect(outcomeOf(await test.turn())).toEqual({ kind: "completed" });
  });

  it.each([
    { what: "that is not there", notify: '["/nowhere/program"]', text: "hi" },
    { what: "whose argument is longer than the system takes", notify: '["true"]', text: "x".repeat(3_000_000) },
    { what: "without a name", notify: '[""]', text: "hi" },
  ])("a notify program $what: the user is told, the thread works on", async ({ notify, text }) => {
    await using test = await testThread([answer(message("ok"))], { config: `notify = ${notify}` });
    expect(outcomeOf(await test.turn(say(text)))).toEqual({ kind: "completed" });
    const warning = await test.event("notice", ({ notice }) => notice.kind === "warning");
    expect(noticesOf([warning], "warning")[0]?.message).toMatch(/^The notify program could not be started: /);
    expect(outcomeOf(await test.turn())).toEqual({ kind: "completed" });
    expect(test.reports).toEqual([]);
  });

  it("checkpoints that cannot be opened: said once, patches are applied all the same", async () => {
    await using test = await testThread(
      [
        answer(patch("*** Add File: a.txt\n+x\n", "a"), patch("*** Add File: b.txt\n+x\n", "b")),
        answer(message("done")),
      ],
      {
        config: 'sandbox_mode = "workspace-write"',
        features: ["undo"],
        services: () => ({ openCheckpoints: () => Promise.reject(new Error("no room")) }),
      },
    );
    const events = await test.turn();
    expect(noticesOf(events, "warning")).toEqual([
      { kind: "warning", message: "No checkpoint could be taken: no room" },
    ]);
    expect(Object.values(test.outputs()).every((output) => output.startsWith("Exit code: 0"))).toBe(true);
  });

  it("a defect while a stream is read: no call goes on when the turn has ended", async () => {
    let defects = 0;
    await using test = await testThread(
      (_, index) =>
        index === 0
          ? stream(functionCall("update_plan", { plan: [] }), hold("go"), message("x"))
          : answer(message("ok")),
      {
        services: ({ models }) => ({
          models: {
            ...models,
            profile: (slug) => {
              if (defects > 0) {
                defects -= 1;
                throw new Error("a defect");
              }
              return models.profile(slug);
            },
          },
        }),
      },
    );
    const ended = test.turn();
    await test.model.reached("go");
    defects = 1;
    test.model.release("go");
    const events = await ended;
    expect(outcomeOf(events)).toMatchObject({ kind: "failed", error: { message: "internal error: a defect" } });
    expectBalanced(events);
    expect(outcomeOf(await test.turn())).toEqual({ kind: "completed" });
  });

  it("a thread that cannot begin gives its session file back", async () => {
    await using test = await testThread([answer(message("ok"))]);
    await test.turn();
    const path = test.thread.rolloutPath ?? "";
    await test.manager.close(test.thread.id);
    const broken = { ...test.config, features: { ...test.config.features, enabled: fails } };
    await expect(test.manager.resume(broken, "exec", path)).rejects.toThrow("cannot begin");
    expect((await test.manager.resume(test.config, "exec", path)).id).toBe(test.thread.id);
  });
});

function fails(): never {
  throw new Error("cannot begin");
}

describe("one session that many want at the same time", () => {
  const resumeAll = (manager: ThreadManager, config: Thread["config"], path: string): Promise<Thread[]> =>
    Promise.all(Array.from({ length: 5 }, () => manager.resume(config, "exec", path)));

  it("is one thread for all of them", async () => {
    await using test = await testThread([answer(message("ok"))]);
    await test.turn();
    const path = test.thread.rolloutPath ?? "";
    await test.manager.close(test.thread.id);
    const threads = await resumeAll(test.manager, test.config, path);
    expect(new Set(threads).size).toBe(1);
    expect(test.manager.ids()).toEqual([test.thread.id]);
  });

  it("is brought back after its own closing, with what the closing wrote", async () => {
    await using test = await testThread([answer(message("working"), hold("never"))].concat(answer(message("back"))));
    await test.thread.submit(say("first"));
    await test.model.reached("never");
    const closing = test.manager.close(test.thread.id);
    const threads = await resumeAll(test.manager, test.config, test.thread.rolloutPath ?? "");
    await closing;
    expect(new Set(threads).size).toBe(1);
    const ended = new Promise<void>((resolve) => {
      threads[0]?.subscribe((event) => event.type === "turn.ended" && resolve());
    });
    await threads[0]?.submit(say("again"));
    await ended;
    expect(JSON.stringify(test.model.requests.at(-1)?.body["input"])).toContain("<turn_aborted>");
  });
});

describe("200 threads in one process", () => {
  const TURNS = process.env["CODEX_TS_NIGHTLY"] === undefined ? 2 : 10;

  it(`do ${TURNS} turns each without an error`, { timeout: 120_000 }, async () => {
    await using test = await testThread(() => answer(message("ok")));
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const thread = await test.manager.start(test.config, "exec");
        const kinds: string[] = [];
        for (let turn = 0; turn < TURNS; turn += 1) {
          const ended = new Promise<string>((resolve) => {
            const stop = thread.subscribe((event) => {
              if (event.type !== "turn.ended") return;
              stop();
              resolve(event.outcome.kind);
            });
          });
          await thread.submit(say("work"));
          kinds.push(await ended);
        }
        return kinds;
      }),
    );
    expect(outcomes.flat()).toEqual(Array.from({ length: 200 * TURNS }, () => "completed"));
    expect(test.reports).toEqual([]);
  });
});
