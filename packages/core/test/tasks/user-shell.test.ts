/** `!cmd`: shown, stoppable, in the sandbox, and out of the conversation unless the user wants it in. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { answer, message } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { fakeRunner } from "../support/fake-runner.js";
import { say, testThread } from "../support/test-thread.js";

const run = (command: string) => ({ type: "run_user_shell_command" as const, command });

describe("a command of the user's", () => {
  it("streams its output and ends with its result", async () => {
    await using test = await testThread([]);
    const events = await test.turn(run("echo hi; exit 3"));
    const output = events.flatMap((event) =>
      event.type === "item.delta" && event.delta.kind === "commandOutput"
        ? [Buffer.from(event.delta.chunk).toString()]
        : [],
    );
    expect(output.join("")).toBe("hi\n");
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "item.ended",
        item: expect.objectContaining({
          source: "user_shell",
          status: "failed",
          result: expect.objectContaining({ exitCode: 3 }),
        }),
      }),
    );
  });

  it("stays in the sandbox", async () => {
    await using test = await testThread([], { config: 'sandbox_mode = "read-only"' });
    await test.turn(run("touch made.txt"));
    expect(existsSync(join(test.home.workspace, "made.txt"))).toBe(false);
  });

  it("has no network where another's sandbox is to have none", async () => {
    const runner = fakeRunner();
    await using test = await testThread([], { services: () => ({ runner }) });
    const policy = { type: "external-sandbox", network_access: "restricted" } as const;
    await test.thread.submit({ type: "override_turn_context", sandbox_policy: policy });
    await test.turn(run("echo hi"));
    expect(runner.started).toMatchObject([{ sandbox: { policy } }]);
  });

  it("is nothing to the model, unless asked for", async () => {
    await using quiet = await testThread([answer(message("x"))]);
    await quiet.turn(run("echo secret"));
    await quiet.turn(say("hello"));
    expect(JSON.stringify(quiet.model.requests[0]?.body)).not.toContain("secret");

    await using told = await testThread([answer(message("x"))], { config: "user_shell_in_context = true" });
    await told.turn(run("echo seen"));
    await told.turn(say("hello"));
    expect(JSON.stringify(told.model.requests[0]?.body)).toMatch(
      /<user_shell_command>\\n<command>\\necho seen\\n<\/command>\\n<result>\\nExit code: 0\\nDuration: \d+\.\d{4} seconds\\nOutput:\\nseen\\n/,
    );
  });

  it("stops when interrupted", async () => {
    await using test = await testThread([]);
    const ended = test.turn(run("echo begun; sleep 100"));
    await test.event("item.delta");
    await test.thread.submit({ type: "interrupt" });
    expect((await ended).findLast((event) => event.type === "item.ended")).toMatchObject({
      item: { status: "interrupted", result: { exitCode: -1, aggregatedOutput: "begun\n\ncommand aborted by user" } },
    });
  });
});
