/** Names and folders of session files: `sessions/2026/11/20/rollout-2026-11-20T16-41-38-<id>.jsonl`. Pure. */

import { join } from "node:path";
import type { ThreadId } from "@codex-ts/protocol";

/** What a session file's name says. */
export interface RolloutName {
  /** `2026-11-20T16-41-38`: local time of creation, as it stands in the name. */
  stamp: string;
  /** In lower case. */
  id: ThreadId;
}

const NAME =
  /^rollout-(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2})-([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\.jsonl$/;

/** Takes a file name apart; null when it is no session file's. */
export function parseRolloutName(fileName: string): RolloutName | null {
  const match = NAME.exec(fileName);
  if (!match?.[1] || !match[2] || stampSeconds(match[1]) === null) return null;
  return { stamp: match[1], id: match[2].toLowerCase() };
}

/** The name for a thread created at a local time, `YYYY-MM-DDTHH-MM-SS`. */
export function rolloutFileName(id: ThreadId, stamp: string): string {
  return `rollout-${stamp}-${id}.jsonl`;
}

/** `YYYY-MM-DDTHH-MM-SS` in UTC, the form of list cursors. */
export function utcStamp(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().slice(0, 19).replaceAll(":", "-");
}

/** Unix seconds of a stamp read as UTC, as listings do; null when it is no time. */
export function stampSeconds(stamp: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})$/.exec(stamp);
  if (!match) return null;
  const millis = Date.parse(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`);
  // Date.parse rolls 31 February over; such a name is no session file's.
  return Number.isNaN(millis) || utcStamp(millis / 1000) !== stamp ? null : millis / 1000;
}

/** Root of the live session files. */
export function sessionsDir(codexHome: string): string {
  return join(codexHome, "sessions");
}

/** Root of the archived session files; flat. */
export function archiveDir(codexHome: string): string {
  return join(codexHome, "archived_sessions");
}

/** The day folder a file belongs to, by the date in its name. */
export function dayDir(codexHome: string, stamp: string): string {
  return join(sessionsDir(codexHome), stamp.slice(0, 4), stamp.slice(5, 7), stamp.slice(8, 10));
}
