/** A disk that is full, or not what it should be: the user hears of it once, the work goes on, nothing is lost when there is room again. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRollout } from "@codex-ts/rollout";
import { answer, message, patch, shell, type TempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { expectBalanced, noticesOf, outcomeOf } from "../support/story.js";
import { say, testThread, type TestThread } from "../support/test-thread.js";

/** A small disk at a folder; null where this user may not mount one. */
class SmallDisk implements Disposable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static at(folder: string, kilobytes: number): SmallDisk | null {
    mkdirSync(folder, { recursive: true });
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder]);
    return status === 0 ? new SmallDisk(folder) : null;
  }

  /** Leaves no room. */
  fill(): void {
    spawnSync("dd", ["if=/dev/zero", `of=${join(this.#folder, "ballast")}`, "bs=4096"], { stdio: "ignore" });
  }

  makeRoom(): void {
    rmSync(join(this.#folder, "ballast"));
  }

  [Symbol.dispose](): void {
    spawnSync("umount", ["-l", this.#folder]);
  }
}

const SCRIPT = [
  answer(shell("echo one", {}, "a"), patch("*** Add File: made.txt\n+x\n", "b")),
  answer(message("done. ".repeat(500))),
  answer(message("more")),
];
const OPTIONS = { config: 'sandbox_mode = "workspace-write"' };

function warnings(test: TestThread): string[] {
  return noticesOf(test.events, "warning").map((notice) => notice.message);
}

/** What the file's lines say that were written by the conversation. */
async function conversation(test: TestThread): Promise<string> {
  const { items, skipped } = await readRollout(test.thread.rolloutPath ?? "");
  expect(skipped).toEqual([]);
  return JSON.stringify(items.filter(({ type }) => type === "response_item"));
}

describe("a disk that is full", () => {
  it("in the middle of a session: said once, the turn goes on, the lines come when there is room", async (ctx) => {
    const disk: { current: SmallDisk | null } = { current: null };
    const beforeStart = (home: TempHome): void => {
      disk.current = SmallDisk.at(join(home.codexHome, "sessions"), 256);
    };
    await using test = await testThread(SCRIPT, { ...OPTIONS, beforeStart });
    if (disk.current === null) return ctx.skip("this user may not mount a small file system");
    using small = disk.current;
    small.fill();
    const events = await test.turn(say("first"));
    expect(outcomeOf(events)).toEqual({ kind: "completed" });
    expectBalanced(events);
    expect(existsSync(join(test.home.workspace, "made.txt"))).toBe(true);
    expect(warnings(test)).toEqual([expect.stringContaining("No space left on device")]);
    small.makeRoom();
    await test.turn(say("second"));
    expect(warnings(test)).toHaveLength(2);
    expect(warnings(test)[1]).toBe(`The session file ${test.thread.rolloutPath} is being written again.`);
    const kept = await conversation(test);
    for (const text of ["first", "function_call_output", "custom_tool_call_output", "done. done.", "second", "more"]) {
      expect(kept).toContain(text);
    }
    await test.manager.closeAll();
  });

  it("from the start: the thread begins, the user is told, the first line is there in the end", async (ctx) => {
    const disk: { current: SmallDisk | null } = { current: null };
    const beforeStart = (home: TempHome): void => {
      const folder = join(home.codexHome, "sessions");
      disk.current = SmallDisk.at(folder, 64);
      disk.current?.fill();
    };
    await using test = await testThread(SCRIPT, { ...OPTIONS, beforeStart });
    if (disk.current === null) return ctx.skip("this user may not mount a small file system");
    using small = disk.current;
    expect(test.events[0]?.type).toBe("thread.configured");
    expect(warnings(test)).toEqual([expect.stringContaining("No space left on device")]);
    expect(outcomeOf(await test.turn(say("first")))).toEqual({ kind: "completed" });
    small.makeRoom();
    await test.turn(say("second"));
    expect((await readRollout(test.thread.rolloutPath ?? "")).meta.id).toBe(test.thread.id);
    expect(await conversation(test)).toContain("first");
    await test.manager.closeAll();
  });
});

describe("a sessions folder that cannot be used", () => {
  it.each([
    { what: "a file in its place", make: (home: TempHome) => writeFileSync(join(home.codexHome, "sessions"), "") },
    {
      what: "a file in the place of a year",
      make: (home: TempHome) => {
        mkdirSync(join(home.codexHome, "sessions"));
        writeFileSync(join(home.codexHome, "sessions", String(new Date().getFullYear())), "");
      },
    },
  ])("$what ends the start with what to do", async ({ make }) => {
    await expect(testThread(SCRIPT, { beforeStart: make })).rejects.toThrow(
      /^Fatal error: Session storage path .*\/sessions (is blocked by an existing file|has an unexpected type)\. /,
    );
  });

  it("does not matter to a thread that keeps nothing", async () => {
    await using test = await testThread([answer(message("ok"))], {
      beforeStart: (home) => writeFileSync(join(home.codexHome, "sessions"), ""),
      ephemeral: true,
    });
    expect(outcomeOf(await test.turn())).toEqual({ kind: "completed" });
    expect(readFileSync(join(test.home.codexHome, "sessions"), "utf8")).toBe("");
  });
});
