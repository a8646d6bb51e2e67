import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRollout, RolloutReadError } from "../src/index.js";
import { useHome } from "./session-home.js";
import { asked, item, message, meta, said } from "./session-lines.js";

const home = useHome();
const TIME = "2026-11-20T16:41:38.480Z";
const line = (body: object) => JSON.stringify({ timestamp: TIME, ...body });
const FIRST = line({ type: "session_meta", payload: meta() });

function file(...content: (string | Uint8Array)[]): string {
  const path = join(home.path, "session.jsonl");
  writeFileSync(path, Buffer.concat(content.map((part) => Buffer.from(part))));
  return path;
}

describe("reading a session file", () => {
  it("gives every line in order, with the first line apart", async () => {
    const rollout = await readRollout(file([FIRST, line(asked("a")), line(said("b")), ""].join("\n")));
    expect(rollout.meta).toEqual(meta());
    expect(rollout.items.map((found) => found.type)).toEqual(["session_meta", "event_msg", "event_msg"]);
    expect(rollout.items[1]).toEqual({ timestamp: TIME, ...asked("a") });
    expect(rollout.skipped).toEqual([]);
  });

  it("takes the first of several first lines, as in a fork's file", async () => {
    const other = line({ type: "session_meta", payload: meta({ id: "other" }) });
    expect((await readRollout(file(`${FIRST}\n${other}\n`))).meta.id).toBe(meta().id);
  });

  it.each<[string, string, string]>([
    ["garbage", "garbage {", "not JSON"],
    ["a number", "1", "not an object"],
    ["no timestamp", JSON.stringify(said("x")), "no timestamp"],
    ["no type", line({}), "no type"],
    ["a type of the future", line({ type: "hologram", payload: {} }), 'unknown line type "hologram"'],
    ["a type every object inherits", line({ type: "constructor", payload: {} }), 'unknown line type "constructor"'],
    ["no payload", line({ type: "event_msg" }), "event_msg without payload"],
    ["an unknown event", line({ type: "event_msg", payload: { type: "x" } }), 'event_msg: unknown type "x"'],
    [
      "an inherited event",
      line({ type: "event_msg", payload: { type: "toString" } }),
      'event_msg: unknown type "toString"',
    ],
    [
      "a message without text",
      line({ type: "event_msg", payload: { type: "agent_message" } }),
      "event_msg: agent_message: no message",
    ],
    [
      "an unknown item",
      line({ type: "response_item", payload: { type: "other" } }),
      'response_item: unknown type "other"',
    ],
    [
      "a call without id",
      line({ type: "response_item", payload: { type: "function_call", name: "x", arguments: "" } }),
      "response_item: function_call: no call_id",
    ],
    [
      "parts that are none",
      line({ type: "response_item", payload: { type: "message", role: "user", content: ["x"] } }),
      "response_item: message: unusable content",
    ],
    ["a compaction without summary", line({ type: "compacted", payload: {} }), "compacted: no message"],
    [
      "a compaction with a bad item",
      line({ type: "compacted", payload: { message: "", replacement_history: [{}] } }),
      "compacted: unusable item in replacement_history",
    ],
    [
      "a rollback of text",
      line({ type: "event_msg", payload: { type: "thread_rolled_back", num_turns: "1" } }),
      "event_msg: thread_rolled_back: unusable num_turns",
    ],
  ])("passes over a line with %s and says why", async (_name, bad, reason) => {
    const rollout = await readRollout(file([FIRST, "", bad, line(said("after")), ""].join("\n")));
    expect(rollout.skipped).toEqual([{ line: 3, reason }]);
    expect(rollout.items).toHaveLength(2);
  });

  it("reads what is no UTF-8 as U+FFFD instead of refusing the file", async () => {
    const path = file(`${FIRST}\n`, line(said("a#b")).replace("#", "\u0001"), "\n");
    const bytes = Buffer.from(`${FIRST}\n${line(said("a#b"))}\n`);
    bytes[bytes.indexOf("#")] = 0xff;
    writeFileSync(path, bytes);
    expect((await readRollout(path)).items[1]).toMatchObject({ payload: { message: "a\ufffdb" } });
  });

  it("reads lines of any length, wherever the pieces end", async () => {
    const texts = [1, 1 << 20, (1 << 20) - 200, 3 << 20, 5].map((length, n) => `${n}é`.padEnd(length, "ö"));
    const rollout = await readRollout(file([FIRST, ...texts.map((text) => line(said(text)))].join("\n")));
    expect(rollout.skipped).toEqual([]);
    expect(rollout.items.slice(1).map((found) => found.type === "event_msg" && found.payload)).toEqual(
      texts.map((text) => ({ type: "agent_message", message: text })),
    );
  });

  it("keeps members it does not know", async () => {
    const payload = { ...message("user", "a"), later: { x: 1 } };
    const rollout = await readRollout(file(`${FIRST}\n${line({ type: "response_item", payload })}`));
    expect(rollout.items[1]?.payload).toEqual(payload);
  });

  it.each([
    ["an empty file", "", "empty session file"],
    ["only blank lines", "\n \n", "empty session file"],
    ["no first line", line(item(message("user", "x"))), "failed to parse thread ID from rollout file"],
    ["only garbage", "x\n", "failed to parse thread ID from rollout file"],
    [
      "a first line without id",
      line({ type: "session_meta", payload: { cwd: "/" } }),
      "failed to parse thread ID from rollout file",
    ],
  ])("refuses %s", async (_name, content, text) => {
    await expect(readRollout(file(content))).rejects.toThrow(RolloutReadError);
    await expect(readRollout(file(content))).rejects.toThrow(text);
  });

  it("gives the system's error for a folder or nothing", async () => {
    mkdirSync(join(home.path, "folder.jsonl"));
    await expect(readRollout(join(home.path, "folder.jsonl"))).rejects.toMatchObject({ code: "EISDIR" });
    await expect(readRollout(join(home.path, "none.jsonl"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("stops when it is told to", async () => {
    await expect(readRollout(file(FIRST), AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
