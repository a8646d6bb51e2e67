import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RolloutItem, SessionMeta } from "@codex-ts/protocol";
import { createRollout, openRollout, readRollout, RolloutLockedError, type RecordingProblem } from "../src/index.js";

const ID = "01a1f9d5-c3aa-7c30-9f5d-41b16d8ab4d1";
const NOW = new Date(2026, 10, 20, 16, 41, 38, 480);

let home: string;
let problems: RecordingProblem[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "rollout-"));
  problems = [];
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const meta = (extra: Partial<SessionMeta> = {}): SessionMeta => ({
  id: ID,
  timestamp: NOW.toISOString(),
  cwd: home,
  originator: "test",
  cli_version: "0.1.0",
  source: "exec",
  ...extra,
});
const options = () => ({
  codexHome: home,
  now: () => NOW,
  report: (problem: RecordingProblem) => problems.push(problem),
});
const said = (text: string): RolloutItem => ({ type: "event_msg", payload: { type: "agent_message", message: text } });
const lines = (path: string) =>
  readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe("a new session file", () => {
  it("lies under its local day, for this user only, with its first line written", async () => {
    const writer = createRollout({ ...options(), meta: meta() });
    expect(writer.path).toBe(join(home, "sessions/2026/11/20", `rollout-2026-11-20T16-41-38-${ID}.jsonl`));
    expect(statSync(writer.path).mode & 0o777).toBe(0o600);
    for (const folder of ["sessions", "sessions/2026", "sessions/2026/11", "sessions/2026/11/20", "locks"]) {
      expect(statSync(join(home, folder)).mode & 0o777).toBe(0o700);
    }
    expect(lines(writer.path)).toEqual([{ timestamp: NOW.toISOString(), type: "session_meta", payload: meta() }]);
    await writer.close();
  });

  it("keeps the order of what is appended and has it after flush", async () => {
    const writer = createRollout({ ...options(), meta: meta() });
    writer.append([said("a"), said("b")]);
    writer.append([said("c")]);
    expect(writer.flush()).toBe(true);
    expect(lines(writer.path).map((line) => line.payload.message)).toEqual([undefined, "a", "b", "c"]);
    await writer.close();
  });

  it("writes without being asked as soon as the current step ends", async () => {
    const writer = createRollout({ ...options(), meta: meta() });
    writer.append([said("a")]);
    expect(lines(writer.path)).toHaveLength(1);
    await Promise.resolve();
    expect(lines(writer.path)).toHaveLength(2);
    await writer.close();
  });
});

describe("going on in a session file", () => {
  it("ends a last line that was cut off, so that the next line is not lost", async () => {
    const first = createRollout({ ...options(), meta: meta() });
    await first.close();
    appendFileSync(first.path, '{"timestamp":"2026-11-');
    const second = openRollout({ ...options(), id: ID, path: first.path });
    second.append([said("kept")]);
    await second.close();
    const rollout = await readRollout(first.path);
    expect(rollout.items.at(-1)).toMatchObject({ payload: { message: "kept" } });
    expect(rollout.skipped).toEqual([{ line: 2, reason: "not JSON" }]);
  });

  it("refuses while another writer has it, and works after that one closed", async () => {
    const first = createRollout({ ...options(), meta: meta() });
    const again = () => openRollout({ ...options(), id: ID, path: first.path });
    expect(again).toThrow(RolloutLockedError);
    expect(again).toThrow(/is open in this process/);
    await first.close();
    await again().close();
  });

  it.each([
    ["of a process that is gone", JSON.stringify({ pid: 2 ** 22 + 1, start: "1", host: "" })],
    ["of an earlier process with our number", JSON.stringify({ pid: process.pid, start: "1", host: "" })],
  ])("takes over the lock %s", async (_name, content) => {
    const first = createRollout({ ...options(), meta: meta() });
    const host = JSON.parse(readFileSync(join(home, "locks", `${ID}.lock`), "utf8")).host;
    await first.close();
    mkdirSync(join(home, "locks"), { recursive: true });
    writeFileSync(join(home, "locks", `${ID}.lock`), JSON.stringify({ ...JSON.parse(content), host }));
    await openRollout({ ...options(), id: ID, path: first.path }).close();
  });
});
