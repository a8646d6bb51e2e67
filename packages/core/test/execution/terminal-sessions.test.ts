/** Which session goes when there are too many, and what is remembered of those that are gone. */

import type { CommandItem } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import type { LiveEnd } from "../../src/execution/command-runner.js";
import { HeldOutput } from "../../src/execution/sessions/held-output.js";
import { TerminalSession } from "../../src/execution/sessions/terminal-session.js";
import { MAX_SESSIONS, TerminalSessions } from "../../src/execution/sessions/terminal-sessions.js";

const item: CommandItem = {
  type: "command",
  id: "call",
  argv: ["sleep"],
  cwd: "/",
  actions: [],
  source: "unified_exec_startup",
  processId: null,
  interactionInput: null,
  status: "inProgress",
  result: null,
};

/** A session with a command that ends when it is told to, or has ended already. */
function session(id: number, ended = false): TerminalSession {
  const made = new TerminalSession({
    id,
    item,
    turnId: "0",
    tty: false,
    watchers: new HeldOutput(
      () => undefined,
      () => null,
    ),
  });
  const end = Promise.withResolvers<LiveEnd>();
  made.attach({
    write: () => undefined,
    end: () => end.resolve({ kind: "notStarted", setup: false, reason: "" }),
    ended: end.promise,
  });
  if (ended) end.resolve({ kind: "notStarted", setup: false, reason: "" });
  return made;
}

/** As many as there can be; some of them have ended. */
async function full(ended: readonly number[] = []): Promise<TerminalSessions> {
  const sessions = new TerminalSessions();
  for (let id = 1; id <= MAX_SESSIONS; id += 1) {
    const made = session(id, ended.includes(id));
    if (ended.includes(id)) await made.ended;
    sessions.add(made);
  }
  return sessions;
}

describe("one session too many", () => {
  it.each([
    { what: "the one that was not used for the longest time goes", ended: [], used: [], expected: 1 },
    { what: "one that was used stays", ended: [], used: [1, 2], expected: 3 },
    { what: "one that has ended goes first", ended: [20, 30], used: [], expected: 20 },
    { what: "the last eight stay, ended or not", ended: [57, 64], used: [], expected: 1 },
    { what: "an ended one that was used lately stays", ended: [5], used: [5], expected: 1 },
  ])("$what", async ({ ended, used, expected }) => {
    const sessions = await full(ended);
    for (const id of used) sessions.use(id);
    const pruned = sessions.add(session(1_000));
    expect(pruned?.id).toBe(expected);
    expect(pruned?.killed).toBe(!ended.includes(expected));
    expect(sessions.size).toBe(MAX_SESSIONS);
    expect(sessions.use(expected)).toBeNull();
    expect(sessions.whyGone(expected)).toMatch(ended.includes(expected) ? /had ended/ : /make room/);
  });

  it("is not there while there is room", async () => {
    const sessions = await full();
    sessions.forget(7, "told");
    expect(sessions.add(session(1_000))).toBeNull();
  });
});

describe("the sessions of a thread", () => {
  it("have numbers of four or five digits that nobody else has", () => {
    const sessions = new TerminalSessions();
    for (let n = 0; n < 60; n += 1) {
      const id = sessions.newId();
      expect(id).toBeGreaterThanOrEqual(1_000);
      expect(id).toBeLessThanOrEqual(99_999);
      expect(sessions.use(id)).toBeNull();
      sessions.add(session(id));
    }
  });

  it("end with it", async () => {
    const sessions = await full([3]);
    await sessions.close();
    expect(sessions.size).toBe(0);
    expect(sessions.whyGone(4)).toMatch(/with its thread/);
    expect(sessions.whyGone(4_000)).toBeNull();
  });
});
