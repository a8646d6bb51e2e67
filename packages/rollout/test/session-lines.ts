/** Lines to put into session files, and whole files as the original writes them. */

import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EventMsg, ResponseItem, RolloutItem, SessionMeta } from "@codex-ts/protocol";

/** The id most tests use; made on 2026-11-20. */
export const ID = "01a1f9d5-c3aa-7c30-9f5d-41b16d8ab4d1";
/** 16:41:38 local time of that day. */
export const NOW = new Date(2026, 10, 20, 16, 41, 38, 480);

export function meta(extra: Partial<SessionMeta> = {}): SessionMeta {
  return { id: ID, timestamp: NOW.toISOString(), cwd: "/proj", originator: "test", cli_version: "0.1.0", ...extra };
}

export const event = (payload: EventMsg): RolloutItem => ({ type: "event_msg", payload });
export const item = (payload: ResponseItem): RolloutItem => ({ type: "response_item", payload });
export const said = (message: string): RolloutItem => event({ type: "agent_message", message });
export const asked = (message: string): RolloutItem => event({ type: "user_message", message });
export const rolledBack = (num_turns: number): RolloutItem => event({ type: "thread_rolled_back", num_turns });

export function message(role: string, text: string): ResponseItem {
  const type = role === "assistant" ? ("output_text" as const) : ("input_text" as const);
  return { type: "message", role, content: [{ type, text }] };
}

/** The parsed lines of a file. */
export function linesOf(path: string): { timestamp: string; type: string; payload: Record<string, unknown> }[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** Writes a session file as the original would. */
export function sessionFile(
  home: string,
  options: {
    id: string;
    stamp: string;
    meta?: Partial<SessionMeta>;
    items?: RolloutItem[];
    archived?: boolean;
    mtime?: number;
    name?: string;
  },
): string {
  const { id, stamp } = options;
  const folder = options.archived ? "archived_sessions" : `sessions/${stamp.slice(0, 10).replaceAll("-", "/")}`;
  const path = join(home, folder, options.name ?? `rollout-${stamp}-${id}.jsonl`);
  const timestamp = `${stamp.slice(0, 11)}${stamp.slice(11).replaceAll("-", ":")}.000Z`;
  const first: RolloutItem = { type: "session_meta", payload: meta({ id, timestamp, ...options.meta }) };
  const items = options.items ?? [item(message("user", "hello")), asked("hello")];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, [first, ...items].map((line) => `${JSON.stringify({ timestamp, ...line })}\n`).join(""));
  if (options.mtime !== undefined) utimesSync(path, options.mtime, options.mtime);
  return path;
}

/** The n-th of a row of ids that carry no time. */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
