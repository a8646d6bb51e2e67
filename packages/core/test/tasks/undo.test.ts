/** Undo: files come back, what the user did since stays, the model is told, and undo can be undone. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { openCheckpoints, type Checkpoints } from "@codex-ts/checkpoints";
import { answer, message, patch, shell, type Script } from "@codex-ts/test-support";
import { describe, expect, it, vi } from "vitest";
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

describe("the store of an undo", () => {
  it("is brought within its quotas after turns", async () => {
    let clock = Date.now();
    const open = (): Checkpoints =>
      openCheckpoints({
        codexHome: test.home.codexHome,
        root: test.home.workspace,
        limits: { maxSteps: 1, maxAgeMs: Infinity },
        now: () => clock,
      });
    const update = (from: string, to: string) => answer(patch(`*** Update File: a.txt\n@@\n-${from}\n+${to}\n`));
    await using test = await testThread(
      [update("0", "1"), answer(message("done")), update("1", "2"), answer(message("done"))],
      {
        files: { "a.txt": "0\n" },
        features: ["undo"],
        config: 'sandbox_mode = "workspace-write"',
        services: () => ({ openCheckpoints: async () => open() }),
      },
    );
    await test.turn();
    expect(open().steps()).toHaveLength(1);
    clock += 2 * 24 * 3600_000;
    await test.turn();
    await vi.waitFor(() => expect(open().steps()).toHaveLength(1), { timeout: 10_000 });
    expect(read(test, "a.txt")).toBe("2\n");
    expect(outcomeOf(await test.turn({ type: "undo" }))).toMatchObject({ success: true });
    expect(read(test, "a.txt")).toBe("1\n");
  });

  it.skipIf(process.platform === "win32")("holds up no end of a turn and no shutdown when git hangs", async () => {
    await using test = await gitThread(
      [answer(patch("*** Update File: a.txt\n@@\n-one\n+two\n")), answer(shell("touch hang")), answer(message("done"))],
      { "a.txt": "one\n" },
    );
    const bin = join(test.home.root, "bin");
    const { PATH = "" } = process.env;
    const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    const hangs = `while [ -e "${join(test.home.workspace, "hang")}" ]; do sleep 0.05; done`;
    mkdirSync(bin);
    writeFileSync(
      join(bin, "git"),
      `#!/bin/sh\ncase " $* " in *" diff-files "*) ${hangs};; esac\nexec "${git}" "$@"\n`,
      {
        mode: 0o755,
      },
    );
    process.env["PATH"] = `${bin}${delimiter}${PATH}`;
    try {
      const began = performance.now();
      expect((await test.turn()).at(-1)).toMatchObject({ type: "turn.ended", outcome: { kind: "completed" } });
      await test.manager.close(test.thread.id);
      expect(performance.now() - began).toBeLessThan(15_000);
      expect(existsSync(join(test.home.workspace, "hang"))).toBe(true);
    } finally {
      process.env["PATH"] = PATH;
    }
  });
});
