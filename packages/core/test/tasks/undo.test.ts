/** Undo: files come back, what the user did since stays, the model is told, and undo can be undone. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answer, message, patch, shell, type Script } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { say, testThread, type TestThread } from "../support/test-thread.js";

async function gitThread(
  script: Script,
  files: Record<string, string>,
  features: string[] = ["undo"],
): Promise<TestThread> {
  const test = await testThread(script, { files, features, config: 'sandbox_mode = "workspace-write"' });
  execFileSync("git", ["init", "-q"], { cwd: test.home.workspace, stdio: "ignore" });
  return test;
}

function read(test: TestThread, name: string): string | null {
  const path = join(test.home.workspace, name);
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

function outcomeOf(events: Awaited<ReturnType<TestThread["turn"]>>): unknown {
  return events.flatMap((event) =>
    event.type === "notice" && event.notice.kind === "undoCompleted" ? [event.notice] : [],
  )[0];
}

describe("undo", () => {
  it("takes back what patches and commands of the newest turn did, and tells the model", async () => {
    await using test = await gitThread(
      [
        answer(patch("*** Update File: a.txt\n@@\n-one\n+two\n", "p"), shell("rm b.txt; echo new > c.txt", {}, "s")),
        answer(message("done")),
        answer(message("ok")),
      ],
      { "a.txt": "one\n", "b.txt": "keep\n" },
    );
    await test.turn();
    expect([read(test, "a.txt"), read(test, "b.txt"), read(test, "c.txt")]).toEqual(["two\n", null, "new\n"]);
    expect(outcomeOf(await test.turn({ type: "undo" }))).toMatchObject({ success: true });
    expect([read(test, "a.txt"), read(test, "b.txt"), read(test, "c.txt")]).toEqual(["one\n", "keep\n", null]);
    await test.turn(say("what now"));
    expect(JSON.stringify(test.model.requests[2]?.body["input"])).toContain("The user undid the file changes");
  });

  it("leaves files alone that the user changed since", async () => {
    await using test = await gitThread(
      [answer(patch("*** Update File: a.txt\n@@\n-one\n+two\n")), answer(message("done"))],
      { "a.txt": "one\n" },
    );
    await test.turn();
    writeFileSync(join(test.home.workspace, "a.txt"), "mine\n");
    const outcome = outcomeOf(await test.turn({ type: "undo" }));
    expect(outcome).toMatchObject({ message: expect.stringContaining("because they were changed since") });
    expect(read(test, "a.txt")).toBe("mine\n");
  });

  it("can itself be undone", async () => {
    await using test = await gitThread(
      [answer(patch("*** Update File: a.txt\n@@\n-one\n+two\n")), answer(message("done"))],
      { "a.txt": "one\n" },
    );
    await test.turn();
    await test.turn({ type: "undo" });
    expect(read(test, "a.txt")).toBe("one\n");
    await test.turn({ type: "undo" });
    expect(read(test, "a.txt")).toBe("two\n");
  });

  it("covers commands that destroy also without the feature", async () => {
    await using test = await gitThread(
      [answer(shell("rm -r b.txt")), answer(message("done"))],
      { "b.txt": "precious\n" },
      [],
    );
    test.answer((question) => (question.kind === "command" ? { kind: "command", decision: "approved" } : null));
    await test.turn();
    expect(read(test, "b.txt")).toBeNull();
    await test.turn({ type: "undo" });
    expect(read(test, "b.txt")).toBe("precious\n");
  });

  it("says that there is nothing to undo", async () => {
    await using test = await gitThread([], {});
    expect(outcomeOf(await test.turn({ type: "undo" }))).toMatchObject({
      success: false,
      message: expect.stringContaining("can be undone"),
    });
  });
});
