/** A clock that jumps: turns, times and ids go on, and sessions are found again. */

import { listRollouts, readRollout } from "@codex-ts/rollout";
import { uuidV7 } from "@codex-ts/core";
import { answer, httpReply, message, shell } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { expectBalanced, outcomeOf } from "../support/story.js";
import { say, testThread } from "../support/test-thread.js";

const HOUR = 3_600_000;

/** Each look at it shows another time: forth by hours, back by a day, forth again. */
function jumpingClock(): () => Date {
  const jumps = [0, 5 * HOUR, -24 * HOUR, 1, 48 * HOUR, -3 * HOUR, 0];
  let looks = 0;
  return () => new Date(Date.UTC(2026, 10, 20, 12) + (jumps[looks++ % jumps.length] ?? 0));
}

describe("a clock that jumps back and forth", () => {
  it("harms neither the turn nor the session file", async () => {
    const now = jumpingClock();
    await using test = await testThread(
      [answer(shell("echo hi")), httpReply(429, "slow", { "retry-after": "0" }), answer(message("done"))],
      { services: () => ({ now }) },
    );
    const events = await test.turn(say("first"));
    expect(outcomeOf(events)).toEqual({ kind: "completed" });
    expectBalanced(events);
    expect(test.events.map(({ seq }) => seq)).toEqual(test.events.map((_, at) => at));

    const path = test.thread.rolloutPath ?? "";
    const { items, skipped } = await readRollout(path);
    expect(skipped).toEqual([]);
    expect(JSON.stringify(items)).toContain("done");
    const { sessions } = await listRollouts({ codexHome: test.home.codexHome, pageSize: 10, sources: "all" });
    expect(sessions.map((session) => session.path)).toEqual([path]);
    await test.manager.close(test.thread.id);
    const resumed = await test.manager.resume(test.config, "exec", path);
    expect(resumed.id).toBe(test.thread.id);
  });

  it("gives ids that keep their order", () => {
    const times = [5_000_000, 9_000_000, 1_000_000, ...Array.from({ length: 10_000 }, () => 2_000_000), 8_000_000];
    const ids = times.map((time) => uuidV7(Date.UTC(2030, 0) + time));
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
