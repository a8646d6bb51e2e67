import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResponseItem } from "@codex-ts/protocol";
import {
  answer,
  created,
  failed,
  functionCall,
  httpReply,
  message,
  reasoning,
  startFakeModel,
  stream,
  type Script,
} from "@codex-ts/test-support";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ModelError,
  openReplay,
  recordClient,
  TurnConnection,
  type ModelClient,
  type ModelRequest,
} from "../src/index.js";
import { describeDifference } from "../src/replay/difference.js";
import { normalise, withoutSecrets } from "../src/replay/normalise.js";
import { attempt, testClient } from "./requests.js";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "replay-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const here = { workspace: "/srv/a", home: "/home/u" };
const user = (text: string): ResponseItem => ({
  type: "message",
  role: "user",
  content: [{ type: "input_text", text }],
});
const call: ResponseItem = { type: "function_call", name: "n", arguments: "{}", call_id: "c" };
const output = (text: string): ResponseItem => ({ type: "function_call_output", call_id: "c", output: text });
const first: Partial<ModelRequest> = { input: [user("do it")] };
const second = (text: string): Partial<ModelRequest> => ({ input: [user("do it"), call, output(text)] });

/** Records these requests and gives the recording's text. */
async function recorded(script: Script, requests: Partial<ModelRequest>[], secrets: string[] = []): Promise<string> {
  await using server = await startFakeModel(script);
  const { client } = testClient(server, { provider: { requestMaxRetries: 0 } });
  const file = join(home, "recording.jsonl");
  const recording = await recordClient(client, { file, places: here, secrets });
  for (const one of requests) await attempt(recording, { request: one });
  return readFileSync(file, "utf8");
}

const replay = (recording: string, places = here, notices: string[] = []): Promise<ModelClient> =>
  openReplay({ recording, file: "r.jsonl", places, onNotice: (text) => void notices.push(text) });

describe("a recording", () => {
  it("replays the same events for the same requests", async () => {
    await using server = await startFakeModel([
      answer(reasoning("T"), functionCall("n", {}, "c")),
      answer(message("done")),
    ]);
    const file = join(home, "recording.jsonl");
    const recording = await recordClient(testClient(server).client, { file, places: here });
    const requests = [first, second("ok")];
    const then = [];
    for (const one of requests) then.push(await attempt(recording, { request: one }));
    const client = await replay(readFileSync(file, "utf8"));
    for (const [index, one] of requests.entries()) {
      const now = await attempt(client, { request: one });
      const text = JSON.stringify(then[index]?.events).replaceAll('"ENC"', '"<encrypted>"');
      expect(JSON.stringify(now.events)).toBe(text);
    }
  });

  it("is a line for the format, then lines for each request and its batches of events", async () => {
    const text = await recorded([answer(message("hi"))], [first]);
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toEqual({ type: "recording", version: 1 });
    expect(lines[1]).toEqual({
      type: "request",
      index: 0,
      at: expect.any(Number),
      call: "stream",
      model: "gpt-5.1-codex",
      fingerprint: {
        instructions: expect.stringMatching(/^[0-9a-f]{16}$/),
        tools: expect.stringMatching(/^[0-9a-f]{16}$/),
        context: expect.stringMatching(/^[0-9a-f]{16}$/),
        contributions: ["user: do it"],
      },
    });
    expect(lines[2]).toMatchObject({ type: "events", index: 0, at: expect.any(Number) });
    expect(statSync(join(home, "recording.jsonl")).mode & 0o777).toBe(0o600);
  });

  it("has no secrets: given ones, and what looks like one", async () => {
    const script = [answer(message("use hunter22 or sk-abcdefghijklmnopqrstuv"))];
    const text = await recorded(script, [{ input: [user("Bearer abcdefghijklmnop0123")] }], ["hunter22", ""]);
    expect(text).not.toMatch(/hunter22|sk-abc|abcdefghijklmnop0123/);
    expect(text).toContain("use <secret> or <secret>");
  });

  it("repeats failures, so that retries are replayed too", async () => {
    const text = await recorded(
      [httpReply(429, "", { "retry-after": "2" }), stream(created(), failed("x", "oops"))],
      [first, first],
    );
    const client = await replay(text);
    expect((await attempt(client, { request: first })).error).toMatchObject({
      kind: "tooManyRequests",
      httpStatus: 429,
      retryAfterMs: 2000,
      retryable: true,
    });
    const { events, error } = await attempt(client, { request: first });
    expect(events.at(-1)?.type).toBe("created");
    expect(error?.message).toBe("stream disconnected before completion: oops");
  });

  it("holds compactions", async () => {
    await using server = await startFakeModel([httpReply(200, { output: [user("short")] })]);
    const file = join(home, "recording.jsonl");
    const recording = await recordClient(testClient(server).client, { file, places: here });
    const compact = { model: "m", instructions: "i", input: [user("long")] };
    const signal = new AbortController().signal;
    await recording.compact(compact, { signal });
    const client = await replay(readFileSync(file, "utf8"));
    expect(await client.compact(compact, { signal })).toEqual([user("short")]);
    await expect(client.compact(compact, { signal })).rejects.toThrow("there is request 2");
  });

  it("hands on errors of another kind and cannot be made where there is no folder", async () => {
    const file = join(home, "missing", "recording.jsonl");
    await expect(recordClient(testClient({ url: "" }).client, { file, places: here })).rejects.toThrow("ENOENT");
  });
});

describe("a replay", () => {
  const two: Script = [answer(functionCall("n", {}, "c")), answer(message("done"))];

  it("accepts another machine's folders, ids, durations and times", async () => {
    const then = second(
      "/srv/a/x in /home/u took 12ms (Wall time: 0.2 seconds) at 2026-11-20T10:00:00Z on 127.0.0.1:4101, id 01a1f9d5-8710-74b1-bcc7-37f7b1fc0c62",
    );
    const now = second(
      "/w/x in /root took 340 ms (Wall time: 11 seconds) at 2027-01-02T03:04:05.678Z on 127.0.0.1:9, id 02a1f9d5-8710-74b1-bcc7-37f7b1fc0c62",
    );
    const client = await replay(await recorded(two, [first, then]), { workspace: "/w", home: "/root" });
    expect((await attempt(client, { request: first })).error).toBeNull();
    expect((await attempt(client, { request: now })).error).toBeNull();
  });

  it("stops with a readable difference when a tool now says something else", async () => {
    const client = await replay(await recorded(two, [first, second("1 test\n2 failing\nend")]));
    await attempt(client, { request: first });
    const { error } = await attempt(client, { request: second("1 test\n0 failing\nend") });
    expect(error).toMatchObject({ kind: "replayMismatch", retryable: false });
    expect(error?.message).toBe(
      "The recording r.jsonl does not fit. What request 2 brings is not what it brought then (- recorded, + now):\n  tool: 1 test\n- 2 failing\n+ 0 failing\n  end",
    );
  });

  it("stops when the user says something else, and when there is more to answer than was recorded", async () => {
    const text = await recorded([answer()], [first]);
    const other = await attempt(await replay(text), { request: { input: [user("do something else")] } });
    expect(other.error?.message).toContain("- user: do it\n+ user: do something else");
    const client = await replay(text);
    await attempt(client, { request: first });
    const more = await attempt(client, { request: second("x") });
    expect(more.error?.message).toContain("It has 1 answers, and now there is request 2.");
  });

  it("stops when an answer breaks off, as it does when the recording program was killed", async () => {
    const text = await recorded([answer(message("hi"))], [first]);
    const cut = text.slice(0, text.lastIndexOf('{"type":"events"') + 20);
    const { error } = await attempt(await replay(cut), { request: first });
    expect(error?.message).toContain("answer 1 breaks off");
  });

  it("only notes that instructions, tools or context changed, once each", async () => {
    const notices: string[] = [];
    const context = (text: string): ResponseItem => ({
      type: "message",
      role: "developer",
      content: [{ type: "input_text", text }],
    });
    const environment = user("<environment_context>\n  <shell>bash</shell>\n</environment_context>");
    const text = await recorded(two, [
      { input: [context("a"), environment, user("do it")] },
      { input: [context("a"), environment, user("do it"), call, output("ok")] },
    ]);
    const client = await replay(text, here, notices);
    const changed: Partial<ModelRequest> = { instructions: "other", tools: [{ type: "local_shell" }] };
    const zsh = user("<environment_context>\n  <shell>zsh</shell>\n</environment_context>");
    const input = [context("b"), zsh, user("do it")];
    expect((await attempt(client, { request: { ...changed, input } })).error).toBeNull();
    expect(
      (await attempt(client, { request: { ...changed, input: [...input, call, output("ok")] } })).error,
    ).toBeNull();
    expect(notices).toEqual([
      "The base instructions differ from those of the recording r.jsonl.",
      "The tools differ from those of the recording r.jsonl.",
      "The context messages differ from those of the recording r.jsonl.",
    ]);
  });

  it("compares images by their bytes", async () => {
    const picture = (url: string): Partial<ModelRequest> => ({
      input: [{ type: "message", role: "user", content: [{ type: "input_image", image_url: url }] }],
    });
    const text = await recorded([answer()], [picture("data:a")]);
    expect(text).not.toContain("data:a");
    expect((await attempt(await replay(text), { request: picture("data:a") })).error).toBeNull();
    expect((await attempt(await replay(text), { request: picture("data:b") })).error?.kind).toBe("replayMismatch");
  });

  it("keeps threads apart, though their answers come by position", async () => {
    const text = await recorded(
      [answer()],
      [
        { threadId: "a", input: [user("x")] },
        { threadId: "b", input: [user("x")] },
        { threadId: "a", input: [user("x"), user("y")] },
      ],
    );
    const contributions = [...text.matchAll(/"contributions":(\[[^\]]*\])/g)].map((match) => match[1]);
    expect(contributions).toEqual(['["user: x"]', '["user: x"]', '["user: y"]']);
  });

  it("keeps the original's pauses when asked to", async () => {
    const text = await recorded([answer(message("hi"))], [first]);
    const slow = text.replace(/("type":"events","index":0,"at":)\d+/g, (_, start: string) => `${start}500`);
    const slept: number[] = [];
    const client = await openReplay({
      recording: slow,
      file: "r.jsonl",
      places: here,
      speed: "recorded",
      sleep: async (ms) => void slept.push(ms),
    });
    expect((await attempt(client, { request: first })).error).toBeNull();
    expect(slept).toEqual([500]);
  });

  it("ends when the signal says so", async () => {
    const client = await replay(await recorded([answer()], [first]));
    await expect(attempt(client, { request: first, signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
  });

  it("can be retried as any client", async () => {
    const client = await replay(await recorded([answer()], [first]));
    expect(client.newRetryBudget().decide(new ModelError("streamClosed", "x"))).toMatchObject({ maxAttempts: 5 });
    new TurnConnection().close();
  });

  it.each([
    ["", /r\.jsonl is not a recording/],
    ['{"type":"session_meta"}\n', /r\.jsonl is not a recording/],
    ['{"type":"recording","version":2}\n', /has version 2; this program reads 1/],
    ['{"type":"recording","version":1}\n{"type":"dance","index":0}\n', /r\.jsonl:2 is not a line/],
    ['{"type":"recording","version":1}\nnonsense\n\n', /r\.jsonl:2 is not a line/],
    ['{"type":"recording","version":1}\n{"type":"events","index":0,"at":0,"events":[]}\n', /r\.jsonl:2 is not a line/],
  ])("refuses %j", async (recording, reason) => {
    writeFileSync(join(home, "x"), recording);
    await expect(replay(recording)).rejects.toThrow(reason);
  });

  it("ignores a last line that was cut", async () => {
    const text = await recorded([answer()], [first]);
    expect((await attempt(await replay(`${text}{"type":"req`), { request: first })).error).toBeNull();
  });
});

describe("names for what differs between runs", () => {
  it.each([
    ["/srv/a/src", "<workspace>/src"],
    ["/home/u/x and /srv/a", "<home>/x and <workspace>"],
    ["/tmp/tmp.X1y2/z", "<temporary>/z"],
    ["Wall time: 0.2 seconds", "Wall time: <duration>"],
    ["Wall time: 1 second", "Wall time: <duration>"],
    ["took 12ms, 3.5 s, 4m", "took <duration>, <duration>, <duration>"],
    ["duration_ms 12.345", "duration_ms <duration>"],
    ["at 2026-11-20 10:00:00 and 10:00:01.5", "at <time> and <time>"],
    ["Process running with session ID 4711", "Process running with session ID <id>"],
    ["Chunk ID: 0a1b2c", "Chunk ID: <id>"],
    ["http://127.0.0.1:4101/v1", "http://127.0.0.1:<port>/v1"],
    ["3 tests, 2 failed, exit code 1", "3 tests, 2 failed, exit code 1"],
  ])("%s", (text, expected) => {
    expect(normalise(text, here)).toBe(expected);
  });

  it("names the innermost folder, wherever the workspace lies", () => {
    expect(normalise("/home/u/p/x /home/u/y", { workspace: "/home/u/p", home: "/home/u" })).toBe(
      "<workspace>/x <home>/y",
    );
    expect(normalise("/x", { workspace: "/", home: "" })).toBe("/x");
  });

  it.each([
    ["sk-proj-abcdefghijklmnop", "<secret>"],
    ["ghp_abcdefghijklmnop1234", "<secret>"],
    ["eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl", "<secret>"],
    ["AKIAABCDEFGHIJKLMNOP", "<secret>"],
    ["Authorization: Bearer abcdefghijklmnop", "Authorization: Bearer <secret>"],
    ["sk-short and task-abcdefghijklmnopqrstuvwxyz", "sk-short and task-abcdefghijklmnopqrstuvwxyz"],
  ])("hides %s", (text, expected) => {
    expect(withoutSecrets(text, [])).toBe(expected);
  });
});

it("shows only the lines that differ, with a little around them, and not endlessly", () => {
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, n) => `l${from + n}`).join("\n");
  expect(describeDifference(lines(0, 10), lines(0, 10).replace("l5", "L5"))).toBe("  l3\n  l4\n- l5\n+ L5\n  l6\n  l7");
  expect(describeDifference("a", "a\nb")).toBe("  a\n+ b");
  expect(describeDifference("x", lines(0, 100))).toContain("  ... 76 more lines");
});
