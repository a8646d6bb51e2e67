/** Reads a turn's events: how it ended, what was noticed, whether every item has its end. */

import type { Notice, ThreadEvent, TurnOutcome } from "@codex-ts/protocol";
import { expect } from "vitest";

/** How the last turn among the events ended; null when none did. */
export function outcomeOf(events: readonly ThreadEvent[]): TurnOutcome | null {
  const end = events.findLast((event) => event.type === "turn.ended");
  return end?.outcome ?? null;
}

/** The notices of one kind. */
export function noticesOf<K extends Notice["kind"]>(
  events: readonly ThreadEvent[],
  kind: K,
): Extract<Notice, { kind: K }>[] {
  const isKind = (notice: Notice): notice is Extract<Notice, { kind: K }> => notice.kind === kind;
  return events.flatMap((event) => (event.type === "notice" && isKind(event.notice) ? [event.notice] : []));
}

/** Every item that began has ended, once, and nothing ended that had not begun. */
export function expectBalanced(events: readonly ThreadEvent[]): void {
  const open = new Set<string>();
  for (const event of events) {
    if (event.type === "item.started") {
      expect(open).not.toContain(event.item.id);
      open.add(event.item.id);
    }
    if (event.type === "item.ended") {
      expect(open).toContain(event.item.id);
      open.delete(event.item.id);
    }
  }
  expect([...open]).toEqual([]);
}
