/** Rollbacks that a thread does not answer; those that it does are tested at the executable. */

import { ThreadClosedError } from "@codex-ts/core";
import type { ThreadEvent } from "@codex-ts/protocol";
import { expect, it } from "vitest";
import { rollBack, type RollingThread } from "../src/threads/roll-back.js";

/** A thread, and how many watch it. */
function fakeThread(
  submit: () => Promise<string>,
  ended: Promise<void>,
): { loaded: RollingThread; watching: () => number } {
  const watchers = new Set<(event: ThreadEvent) => void>();
  const watch = (watcher: (event: ThreadEvent) => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  const loaded = { rollingBack: false, watch, thread: { submit, ended: () => ended } };
  return { loaded, watching: () => watchers.size };
}

const never = new Promise<void>(() => undefined);

it.each([
  ["takes it and ends", () => Promise.resolve("1"), Promise.resolve(), "the thread has ended"],
  ["is closed already", () => Promise.reject(new ThreadClosedError()), never, "the thread has ended"],
  ["fails", () => Promise.reject(new Error("no room")), never, "no room"],
])("a rollback of a thread that %s is answered, and leaves nothing behind", async (_how, submit, ended, message) => {
  const { loaded, watching } = fakeThread(submit, ended);
  await expect(rollBack(loaded, 1)).rejects.toThrow(message);
  expect({ rollingBack: loaded.rollingBack, watching: watching() }).toEqual({ rollingBack: false, watching: 0 });
});
