import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RolloutItem, SessionSource } from "@codex-ts/protocol";
import {
  archiveRollout,
  findRollout,
  findRollouts,
  InvalidCursorError,
  listRollouts,
  type ListRolloutsOptions,
  previewOf,
  readRollout,
  RolloutMoveError,
  sourceKindOf,
  unarchiveRollout,
} from "../src/index.js";
import { useHome } from "./session-home.js";
import { asked, item, message, said, sessionFile, uuid } from "./session-lines.js";

const home = useHome();
const list = (options: Partial<ListRolloutsOptions> = {}) =>
  listRollouts({ codexHome: home.path, pageSize: 25, ...options });
const numbers = async (options: Partial<ListRolloutsOptions> = {}) =>
  (await list(options)).sessions.map((session) => Number(session.id.slice(-3)));
const user = (text: string) => item(message("user", text));

/** The set the original was observed with. */
function observedSet(): void {
  sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T01-00-00", meta: { source: "cli" } });
  sessionFile(home.path, { id: uuid(2), stamp: "2026-11-20T01-00-00", meta: { source: "vscode" } });
  sessionFile(home.path, { id: uuid(3), stamp: "2026-11-20T02-00-00", meta: { source: "exec" } });
  sessionFile(home.path, { id: uuid(4), stamp: "2026-11-20T03-00-00", meta: { source: { subagent: "review" } } });
  sessionFile(home.path, {
    id: uuid(5),
    stamp: "2026-11-20T04-00-00",
    name: `roll-2026-11-20T04-00-00-${uuid(5)}.jsonl`,
  });
  sessionFile(home.path, { id: uuid(6), stamp: "2026-11-20T05-00-00", name: `rollout-2026-11-20-${uuid(6)}.jsonl` });
  sessionFile(home.path, { id: uuid(7), stamp: "2026-11-20T06-00-00", meta: { source: "mcp" } });
}

describe("a list of sessions", () => {
  it.each<[string, Partial<ListRolloutsOptions>, number[]]>([
    ["the interactive ones, newest first, then by id", {}, [2, 1]],
    ["the same for an empty list of kinds", { sources: [] }, [2, 1]],
    ["other kinds", { sources: ["exec", "subAgent", "appServer"] }, [7, 4, 3]],
    ["a narrow kind", { sources: ["subAgentReview"] }, [4]],
    ["another narrow kind", { sources: ["subAgentCompact"] }, []],
    ["every kind", { sources: "all" }, [7, 4, 3, 2, 1]],
  ])("shows %s", async (_name, options, expected) => {
    observedSet();
    expect(await numbers(options)).toEqual(expected);
  });

  it("is empty without a sessions folder and an error when that is a file", async () => {
    expect(await list()).toEqual({ sessions: [], nextCursor: null });
    writeFileSync(join(home.path, "sessions"), "");
    await expect(list()).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it("passes over stray files and folders", async () => {
    observedSet();
    mkdirSync(join(home.path, "sessions/2026/11/20", `rollout-2026-11-20T09-00-00-${uuid(9)}.jsonl`));
    mkdirSync(join(home.path, "sessions/notes/11/20"), { recursive: true });
    writeFileSync(join(home.path, "sessions/2027"), "");
    expect(await numbers()).toEqual([2, 1]);
  });

  it.each<[string, RolloutItem[], string | null]>([
    ["nobody has spoken", [user("<environment_context>")], null],
    ["the message is there but not its event", [user("hello")], null],
    [
      "context comes first",
      [user("# AGENTS.md instructions for /x"), user("<environment_context>"), user("do it"), asked("do it")],
      "do it",
    ],
    ["only the event has the text", [asked("do it")], "do it"],
    [
      "an editor put context before the request",
      [user("# Files\n\n## My request for Codex:\n do it \n"), asked("x")],
      "do it",
    ],
    [
      "images stand between tags for the model",
      [
        item({
          type: "message",
          role: "user",
          content: [
            { type: "input_text", text: "<image name=[Image #1]>" },
            { type: "input_image", image_url: "data:x" },
            { type: "input_text", text: "</image>" },
            { type: "input_text", text: "what is it" },
          ],
        }),
        asked("what is it"),
      ],
      "what is it",
    ],
    [
      "there is nothing but an image",
      [
        item({
          type: "message",
          role: "user",
          content: [
            { type: "input_text", text: "<image>" },
            { type: "input_image", image_url: "data:x" },
            { type: "input_text", text: "</image>" },
          ],
        }),
        asked(""),
      ],
      "",
    ],
    ["tags are what somebody wrote", [user("<image>"), asked("<image>")], "<image>"],
    ["it begins with a review", [asked("look here"), user("<user_action>"), said("fine")], "look here"],
    [
      "the first message is among the first ten items",
      [...Array.from({ length: 9 }, () => user("<turn_aborted>")), user("tenth"), asked("tenth event")],
      "tenth",
    ],
    [
      "the first message comes later than the tenth item",
      [...Array.from({ length: 10 }, () => user("<turn_aborted>")), user("eleventh"), asked("the event")],
      "the event",
    ],
    ["somebody spoke within 210 lines", [...Array.from({ length: 208 }, () => said("x")), asked("late")], "late"],
    ["somebody spoke after 210 lines", [...Array.from({ length: 209 }, () => said("x")), asked("too late")], null],
    [
      "the first message is larger than a piece of reading",
      [user(`big${"x".repeat(300_000)}`), asked("x")],
      `big${"x".repeat(300_000)}`,
    ],
  ])("when %s", async (_name, items, preview) => {
    sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T01-00-00", items });
    const { sessions } = await list({ sources: "all" });
    expect(sessions.map((session) => session.preview)).toEqual(preview === null ? [] : [preview]);
    // Who reads the whole file shows the same.
    for (const { path } of sessions) expect(previewOf((await readRollout(path)).items)).toBe(preview);
  });

  it("filters by provider, counting sessions without one as the default's", async () => {
    sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T01-00-00", meta: { model_provider: "openai" } });
    sessionFile(home.path, { id: uuid(2), stamp: "2026-11-20T02-00-00", meta: { model_provider: "local" } });
    sessionFile(home.path, { id: uuid(3), stamp: "2026-11-20T03-00-00" });
    expect(await numbers()).toEqual([3, 2, 1]);
    expect(await numbers({ providers: [] })).toEqual([3, 2, 1]);
    expect(await numbers({ providers: ["openai"], defaultProvider: "openai" })).toEqual([3, 1]);
    expect(await numbers({ providers: ["local"], defaultProvider: "openai" })).toEqual([2]);
  });

  it("filters by folder", async () => {
    sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T01-00-00", meta: { cwd: "/a" } });
    sessionFile(home.path, { id: uuid(2), stamp: "2026-11-20T02-00-00", meta: { cwd: "/b" } });
    expect(await numbers({ cwd: "/a/" })).toEqual([1]);
  });

  it("filters by what its caller asks, and fills the page all the same", async () => {
    for (let n = 1; n <= 5; n++) sessionFile(home.path, { id: uuid(n), stamp: `2026-11-20T0${n}-00-00` });
    const odd = new Set([1, 3, 5].map(uuid));
    const fits = ({ id }: { id: string }): boolean => odd.has(id);
    const first = await list({ pageSize: 2, fits });
    expect(first.sessions.map(({ id }) => id)).toEqual([uuid(5), uuid(3)]);
    await expect(list({ pageSize: 2, fits, cursor: first.nextCursor })).resolves.toMatchObject({
      sessions: [{ id: uuid(1) }],
      nextCursor: null,
    });
  });

  it("says what a client shows of a session", async () => {
    const path = sessionFile(home.path, {
      id: uuid(1),
      stamp: "2026-11-20T01-00-00",
      meta: { source: "cli", base_instructions: { text: "long" }, git: { branch: "main" } },
      mtime: 1_800_000_000.7,
    });
    const [session] = (await list()).sessions;
    expect(session).toMatchObject({
      id: uuid(1),
      path,
      preview: "hello",
      createdAt: 1795136400,
      updatedAt: 1_800_000_000,
      source: "cli",
    });
    expect(session?.meta.git).toEqual({ branch: "main" });
    expect(session?.meta).not.toHaveProperty("base_instructions");
  });

  it("holds only what the process may read", async () => {
    observedSet();
    chmodSync(sessionFile(home.path, { id: uuid(8), stamp: "2026-11-20T08-00-00" }), 0o600);
    rmSync(sessionFile(home.path, { id: uuid(9), stamp: "2026-11-20T09-00-00" }));
    expect(await numbers()).toEqual([8, 2, 1]);
  });
});

describe("the order", () => {
  it("of creation follows the time in the id where local time jumped", async () => {
    // 2026-11-01, New York: 01:30 comes twice. The names say otherwise, the ids know.
    const early = "019a3e5e-7a20-7000-8000-000000000001";
    const seconds = Number.parseInt(early.slice(0, 8) + early.slice(9, 13), 16) / 1000;
    const named = new Date((seconds - 4 * 3600) * 1000).toISOString().slice(0, 19).replaceAll(":", "-");
    const later = (Math.round(seconds * 1000) + 1_800_000).toString(16).padStart(12, "0");
    const lateId = `${later.slice(0, 8)}-${later.slice(8)}-7000-8000-000000000002`;
    const lateName = new Date((seconds + 1800 - 5 * 3600) * 1000).toISOString().slice(0, 19).replaceAll(":", "-");
    sessionFile(home.path, { id: early, stamp: named });
    sessionFile(home.path, { id: lateId, stamp: lateName });
    expect(named > lateName).toBe(true);
    expect(await numbers()).toEqual([2, 1]);
    const first = await list({ pageSize: 1 });
    expect(await numbers({ cursor: first.nextCursor })).toEqual([1]);
  });

  it("of creation does not believe an id that cannot be of that day", async () => {
    sessionFile(home.path, { id: "019a3e5e-7a20-7000-8000-000000000001", stamp: "2026-01-01T00-00-00" });
    sessionFile(home.path, { id: "009a3e5e-7a20-7000-8000-000000000002", stamp: "2026-01-02T00-00-00" });
    expect(await numbers()).toEqual([2, 1]);
  });

  it("of change is the file's, to the second, then the id", async () => {
    sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T03-00-00", mtime: 1000.2 });
    sessionFile(home.path, { id: uuid(2), stamp: "2026-11-20T02-00-00", mtime: 3000 });
    sessionFile(home.path, { id: uuid(3), stamp: "2026-11-20T01-00-00", mtime: 1000.1 });
    expect(await numbers({ sort: "updated_at" })).toEqual([2, 3, 1]);
    const page = await list({ sort: "updated_at", pageSize: 1 });
    expect(page.nextCursor).toBe(`1970-01-01T00-50-00|${uuid(2)}`);
    expect(await numbers({ sort: "updated_at", cursor: page.nextCursor })).toEqual([3, 1]);
  });
});

describe("pages", () => {
  it("end, also with ids in capitals in the names of files", async () => {
    const ids = ["ABCDEF01-0000-4000-8000-000000000001", "ABCDEF01-0000-4000-8000-000000000002"];
    for (const id of ids) sessionFile(home.path, { id, stamp: "2026-11-20T01-00-00" });
    const first = await list({ pageSize: 1 });
    expect(first.sessions.map(({ id }) => id)).toEqual([ids[1]]);
    const second = await list({ pageSize: 1, cursor: first.nextCursor });
    expect(second.sessions.map(({ id }) => id)).toEqual([ids[0]]);
    expect(second.nextCursor).toBeNull();
  });

  it("go on behind the last session, also when new ones were made meanwhile", async () => {
    for (let n = 1; n <= 5; n++) sessionFile(home.path, { id: uuid(n), stamp: `2026-11-20T0${n}-00-00` });
    const first = await list({ pageSize: 2 });
    expect(first.sessions.map((session) => session.id)).toEqual([uuid(5), uuid(4)]);
    expect(first.nextCursor).toBe(`2026-11-20T04-00-00|${uuid(4)}`);
    sessionFile(home.path, { id: uuid(6), stamp: "2026-11-20T06-00-00" });
    const second = await list({ pageSize: 2, cursor: first.nextCursor });
    expect(second.sessions.map((session) => session.id)).toEqual([uuid(3), uuid(2)]);
    const third = await list({ pageSize: 2, cursor: second.nextCursor });
    expect(third).toMatchObject({ sessions: [{ id: uuid(1) }], nextCursor: null });
  });

  it("have a next one as long as there are files, and it may be empty", async () => {
    sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T01-00-00", meta: { source: "exec" } });
    sessionFile(home.path, { id: uuid(2), stamp: "2026-11-20T02-00-00" });
    const first = await list({ pageSize: 1 });
    expect(first.nextCursor).toBe(`2026-11-20T02-00-00|${uuid(2)}`);
    expect(await list({ pageSize: 1, cursor: first.nextCursor })).toEqual({ sessions: [], nextCursor: null });
  });

  it("hold at least one", async () => {
    observedSet();
    expect(await numbers({ pageSize: 0 })).toEqual([2]);
  });

  it.each([
    "",
    "x",
    "2026-11-20T01-00-00",
    `2026-11-20T25-00-00|${uuid(1)}`,
    `2026-02-31T01-00-00|${uuid(1)}`,
    "2026-11-20T01-00-00|x",
    `2026-11-20T01:00:00|${uuid(1)}`,
  ])("do not begin at %j", async (cursor) => {
    await expect(list({ cursor })).rejects.toThrow(new InvalidCursorError(cursor));
    await expect(list({ cursor })).rejects.toThrow(`invalid cursor: ${cursor}`);
  });
});

describe("the index of heads", () => {
  const indexFile = () => join(home.path, "cache/session-heads.jsonl");
  const many = 150;
  function manyFiles(): void {
    for (let n = 1; n <= many; n++) {
      sessionFile(home.path, {
        id: uuid(n),
        stamp: "2026-11-20T01-00-00",
        items: n % 50 ? [user("x"), asked("x")] : [],
      });
    }
  }

  it("is made by a long search, gives the same answer, and can be thrown away or damaged", async () => {
    manyFiles();
    const before = await list({ cwd: "/elsewhere", pageSize: many });
    const all = await list({ pageSize: many });
    expect(existsSync(indexFile())).toBe(true);
    expect(statSync(indexFile()).mode & 0o777).toBe(0o600);
    expect(await list({ pageSize: many })).toEqual(all);
    expect(all.sessions).toHaveLength(many - 3);
    writeFileSync(indexFile(), `${readFileSync(indexFile(), "utf8").slice(0, 5000)}\n["x",1]\n{`);
    expect(await list({ pageSize: many })).toEqual(all);
    rmSync(indexFile());
    expect(await list({ pageSize: many })).toEqual(all);
    expect(before.sessions).toEqual([]);
  });

  it("notices that somebody spoke after all", async () => {
    manyFiles();
    await list({ pageSize: many });
    const path = findRollout({ codexHome: home.path, id: uuid(50) }) ?? "";
    appendFileSync(path, `${JSON.stringify({ timestamp: "t", ...asked("at last") })}\n`);
    const page = await list({ pageSize: many });
    expect(page.sessions.find((session) => session.id === uuid(50))?.preview).toBe("at last");
  });

  it("is not made when its place is taken, and nothing else happens", async () => {
    writeFileSync(join(home.path, "cache"), "");
    manyFiles();
    expect((await list({ pageSize: many })).sessions).toHaveLength(many - 3);
  });
});

describe("finding a session by its id", () => {
  const v7 = "01a1f9d5-c3aa-7c30-9f5d-41b16d8ab4d1";
  it.each([
    ["on the day its id says", "2026-11-20T16-41-38"],
    ["on another day", "2025-01-02T16-41-38"],
  ])("works %s", (_name, stamp) => {
    observedSet();
    const path = sessionFile(home.path, { id: v7, stamp });
    expect(findRollout({ codexHome: home.path, id: v7 })).toBe(path);
    expect(findRollout({ codexHome: home.path, id: v7.toUpperCase() })).toBe(path);
    expect(findRollout({ codexHome: home.path, id: v7, archived: true })).toBeNull();
  });

  it("finds an oddly named file last, and nothing for half an id", () => {
    const odd = sessionFile(home.path, { id: uuid(5), stamp: "2026-11-20T04-00-00", name: `my-${uuid(5)}.jsonl` });
    expect(findRollout({ codexHome: home.path, id: uuid(5) })).toBe(odd);
    expect(findRollout({ codexHome: home.path, id: uuid(5).slice(0, 20) })).toBeNull();
    expect(findRollout({ codexHome: home.path, id: "../../etc" })).toBeNull();
    expect(findRollout({ codexHome: home.path, id: uuid(6) })).toBeNull();
  });

  it("finds several at once, and leaves out those that are gone", () => {
    observedSet();
    const named = sessionFile(home.path, { id: v7, stamp: "2026-11-20T16-41-38" });
    const odd = sessionFile(home.path, { id: uuid(50), stamp: "2026-11-20T04-00-00", name: `my-${uuid(50)}.jsonl` });
    const ids = [v7.toUpperCase(), uuid(50), uuid(60), "../../etc"];
    expect([...findRollouts({ codexHome: home.path, ids })]).toEqual([
      [v7, named],
      [uuid(50), odd],
    ]);
    expect(findRollouts({ codexHome: home.path, ids: [] }).size).toBe(0);
  });
});

describe("the archive", () => {
  it("takes a session and gives it back, times unchanged", async () => {
    const path = sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T01-00-00", mtime: 1000 });
    const moved = archiveRollout({ codexHome: home.path, id: uuid(1), path });
    expect(moved).toBe(join(home.path, "archived_sessions", `rollout-2026-11-20T01-00-00-${uuid(1)}.jsonl`));
    expect(await numbers()).toEqual([]);
    expect(await numbers({ archived: true })).toEqual([1]);
    expect(unarchiveRollout({ codexHome: home.path, id: uuid(1) })).toBe(path);
    expect(statSync(path).mtimeMs).toBe(1_000_000);
  });

  it.each<[string, (path: string) => () => unknown, string]>([
    [
      "a file elsewhere",
      () => () =>
        archiveRollout({
          codexHome: home.path,
          id: uuid(2),
          path: sessionFile(home.path, { id: uuid(2), stamp: "2026-11-20T01-00-00", archived: true }),
        }),
      "must be in sessions directory",
    ],
    [
      "another thread's file",
      (path) => () => archiveRollout({ codexHome: home.path, id: uuid(2), path }),
      `does not match thread id ${uuid(2)}`,
    ],
    [
      "a thread that is not archived",
      () => () => unarchiveRollout({ codexHome: home.path, id: uuid(1) }),
      `no archived rollout found for thread id ${uuid(1)}`,
    ],
    [
      "a file whose place is taken",
      (path) => () => {
        sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T01-00-00", archived: true });
        archiveRollout({ codexHome: home.path, id: uuid(1), path });
      },
      "exists already",
    ],
  ])("refuses %s", (_name, action, text) => {
    const path = sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T01-00-00" });
    expect(action(path)).toThrow(RolloutMoveError);
    expect(action(path)).toThrow(text);
    expect(existsSync(path)).toBe(true);
  });
});

describe("a recorded source", () => {
  it.each<[unknown, SessionSource, string]>([
    [undefined, "vscode", "vscode"],
    [null, "vscode", "vscode"],
    ["cli", "cli", "cli"],
    ["exec", "exec", "exec"],
    ["mcp", "mcp", "appServer"],
    ["hologram", "unknown", "unknown"],
    [{ subagent: "review" }, { subagent: "review" }, "subAgentReview"],
    [{ subagent: "compact" }, { subagent: "compact" }, "subAgentCompact"],
    [
      { subagent: { thread_spawn: { parent_thread_id: "p", depth: 1 } } },
      { subagent: { thread_spawn: { parent_thread_id: "p", depth: 1 } } },
      "subAgentThreadSpawn",
    ],
    [{ subagent: { other: "x" } }, { subagent: { other: "x" } }, "subAgentOther"],
    [{ subagent: { thread_spawn: {} } }, "unknown", "unknown"],
    [{ other: 1 }, "unknown", "unknown"],
  ])("%j is %j", async (recorded, source, kind) => {
    const given = JSON.parse(JSON.stringify({ source: recorded }));
    const path = sessionFile(home.path, { id: uuid(1), stamp: "2026-11-20T01-00-00", meta: given });
    const [listed] = (await list({ sources: "all" })).sessions;
    expect(listed?.source).toEqual(source);
    expect((await readRollout(path)).meta.source ?? "vscode").toEqual(source);
    expect(sourceKindOf(source)).toBe(kind);
  });
});
