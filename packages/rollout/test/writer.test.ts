import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRollout,
  openRollout,
  readRollout,
  RolloutLockedError,
  sessionGitInfo,
  SessionStorageError,
} from "../src/index.js";
import { useHome, writerOptions } from "./session-home.js";
import { ID, item, linesOf, message, meta, NOW, said } from "./session-lines.js";

const home = useHome();
const create = (extra = {}) => createRollout({ ...writerOptions(home), meta: meta({ cwd: home.path }), ...extra });
const open = (path: string) => openRollout({ ...writerOptions(home), id: ID, path });

async function attempt(action: () => Promise<void>): Promise<string> {
  try {
    await action();
    return "done";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

describe("a new session file", () => {
  it("lies under its local day, for this user only, with its first line written", async () => {
    const writer = create();
    expect(writer.path).toBe(join(home.path, "sessions/2026/11/20", `rollout-2026-11-20T16-41-38-${ID}.jsonl`));
    expect(statSync(writer.path).mode & 0o777).toBe(0o600);
    for (const folder of ["sessions", "sessions/2026", "sessions/2026/11", "sessions/2026/11/20", "locks"]) {
      expect(statSync(join(home.path, folder)).mode & 0o777).toBe(0o700);
    }
    expect(linesOf(writer.path)).toEqual([
      { timestamp: NOW.toISOString(), type: "session_meta", payload: meta({ cwd: home.path }) },
    ]);
    await writer.close();
  });

  it("names the commit, branch and remote it began at", () => {
    const git = join(home.path, ".git");
    mkdirSync(join(git, "objects"), { recursive: true });
    mkdirSync(join(git, "refs/heads"), { recursive: true });
    writeFileSync(join(git, "HEAD"), "ref: refs/heads/main\n");
    writeFileSync(join(git, "refs/heads/main"), `${"a".repeat(40)}\n`);
    writeFileSync(join(git, "config"), '[remote "origin"]\n\turl = https://example.com/r.git\n');
    const info = { commit_hash: "a".repeat(40), branch: "main", repository_url: "https://example.com/r.git" };
    expect(sessionGitInfo(home.path)).toEqual(info);
    expect(linesOf(create().path)[0]?.payload["git"]).toEqual(info);
  });

  it("of a fork holds the source's lines, its first line included, with fresh times", async () => {
    const source = [{ type: "session_meta" as const, payload: meta({ id: "old" }) }, item(message("user", "a"))];
    const writer = create({ meta: meta({ forked_from_id: "old", git: null }), source });
    expect(
      linesOf(writer.path).map((line) => [line.timestamp, line.payload["id"], line.payload["forked_from_id"]]),
    ).toEqual([
      [NOW.toISOString(), ID, "old"],
      [NOW.toISOString(), "old", undefined],
      [NOW.toISOString(), undefined, undefined],
    ]);
    expect((await readRollout(writer.path)).meta.id).toBe(ID);
    await writer.close();
  });
});

describe("appending", () => {
  it("keeps the order and has all after flush", async () => {
    const writer = create();
    writer.append([said("a"), said("b")]);
    writer.append([said("c")]);
    expect(writer.flush()).toBe(true);
    expect(linesOf(writer.path).map((line) => line.payload["message"])).toEqual([undefined, "a", "b", "c"]);
    await writer.close();
  });

  it("writes without being asked as soon as the current step ends", async () => {
    const writer = create();
    writer.append([said("a")]);
    expect(linesOf(writer.path)).toHaveLength(1);
    await Promise.resolve();
    expect(linesOf(writer.path)).toHaveLength(2);
    await writer.close();
  });

  it("replaces lone surrogates, which other JSON parsers refuse, and nothing else", async () => {
    const writer = create();
    writer.append([said("a\ud800b"), said("\ud83d\ude00 \\ud800")]);
    await writer.close();
    const text = readFileSync(writer.path, "utf8").split("\n").slice(1).join("\n");
    expect(text).toContain("a\ufffdb");
    expect(linesOf(writer.path)[2]?.payload["message"]).toBe("\ud83d\ude00 \\ud800");
  });

  it("drops what comes after close and says on sync that it is closed", async () => {
    const writer = create();
    await writer.close();
    writer.append([said("late")]);
    expect(writer.flush()).toBe(true);
    expect(await writer.sync()).toBe(false);
    await writer.close();
    expect(linesOf(writer.path)).toHaveLength(1);
  });

  it("gives back any text it was given, line by line", async () => {
    const writer = create();
    const texts: string[] = [];
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
        texts.push(text);
        writer.append([said(text)]);
      }),
      { numRuns: 200, seed: 5 },
    );
    await writer.close();
    const { items, skipped } = await readRollout(writer.path);
    expect(skipped).toEqual([]);
    const read = items.flatMap((line) =>
      line.type === "event_msg" && line.payload.type === "agent_message" ? [line.payload.message] : [],
    );
    expect(read).toEqual(texts.map((text) => text.toWellFormed()));
  });
});

describe("going on in a session file", () => {
  it.each([
    ["was cut off", '{"timestamp":"2026-11-', 1],
    ["is whole but lacks its newline", JSON.stringify({ timestamp: "t", ...said("whole") }), 0],
    ["is whole", `${JSON.stringify({ timestamp: "t", ...said("whole") })}\n`, 0],
  ])("loses no line when the last one %s", async (_name, last, skippedLines) => {
    const first = create();
    await first.close();
    appendFileSync(first.path, last);
    const second = open(first.path);
    second.append([said("kept")]);
    await second.close();
    const rollout = await readRollout(first.path);
    expect(rollout.items.at(-1)).toMatchObject({ payload: { message: "kept" } });
    expect(rollout.items).toHaveLength(3 - skippedLines);
    expect(rollout.skipped).toHaveLength(skippedLines);
  });

  it("does not make a file that is not there", () => {
    expect(() => open(join(home.path, "none.jsonl"))).toThrow(/ENOENT/);
    expect(statSync(join(home.path, "locks", `${ID}.lock`), { throwIfNoEntry: false })).toBeUndefined();
  });

  it("refuses while this process has it open, and works after it was closed", async () => {
    const first = create();
    expect(() => open(first.path)).toThrow(RolloutLockedError);
    expect(() => open(first.path)).toThrow(/^Session .* is open in this process\. Close it there first, or fork it\./);
    await first.close();
    await open(first.path).close();
  });

  it.each([
    ["gone", { pid: 2 ** 22 + 1, start: "1" }, false],
    ["another one with our number, long ended", { pid: process.pid, start: "1" }, false],
    ["alive", { pid: process.ppid, start: "" }, true],
    ["on another machine, and touched its lock long ago", { pid: 1, host: "elsewhere.invalid" }, false],
  ])("treats a lock whose holder is %s as it should", async (_name, holder, held) => {
    const first = create();
    const lock = join(home.path, "locks", `${ID}.lock`);
    const self = JSON.parse(readFileSync(lock, "utf8"));
    await first.close();
    writeFileSync(lock, JSON.stringify({ ...self, ...holder }));
    if ("host" in holder) spawnSync("touch", ["-d", "2 hours ago", lock]);
    const outcome = await attempt(() => open(first.path).close());
    expect(outcome).toBe(held ? "RolloutLockedError" : "done");
  });

  it("believes a holder on another machine as long as it touches its lock", async () => {
    const first = create();
    await first.close();
    writeFileSync(join(home.path, "locks", `${ID}.lock`), JSON.stringify({ pid: 7, start: "", host: "elsewhere" }));
    expect(() => open(first.path)).toThrow(/in process 7 on elsewhere/);
  });

  it.each([["empty"], ['{"pid":']])("takes over a lock file that is %s once it is old", async (content) => {
    const first = create();
    await first.close();
    const lock = join(home.path, "locks", `${ID}.lock`);
    writeFileSync(lock, content === "empty" ? "" : content);
    expect(() => open(first.path)).toThrow(RolloutLockedError);
    spawnSync("touch", ["-d", "1 minute ago", lock]);
    await open(first.path).close();
  });
});

describe("a session whose storage cannot be used", () => {
  const sessions = () => join(home.path, "sessions");
  it("says that something else is in the folder's place", () => {
    writeFileSync(sessions(), "");
    expect(() => create()).toThrow(SessionStorageError);
    expect(() => create()).toThrow(
      `Fatal error: Session storage path ${sessions()} has an unexpected type. Ensure it is a directory Codex can use for session files. (underlying error: Not a directory (os error 20))`,
    );
  });

  it("says that a file is in the way", () => {
    const first = create();
    rmSync(join(home.path, "locks"), { recursive: true });
    expect(() => create()).toThrow(
      `Fatal error: Session storage path ${sessions()} is blocked by an existing file. Remove or rename it so Codex can create sessions. (underlying error: File exists (os error 17))`,
    );
    void first.close();
  });

  it("says that the folder behind a dangling link is missing", () => {
    symlinkSync(join(home.path, "nowhere"), sessions());
    expect(() => create()).toThrow(SessionStorageError);
  });

  it("keeps no lock when it fails", () => {
    writeFileSync(sessions(), "");
    expect(() => create()).toThrow(SessionStorageError);
    expect(statSync(join(home.path, "locks", `${ID}.lock`), { throwIfNoEntry: false })).toBeUndefined();
  });
});
