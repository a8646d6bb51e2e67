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

  const badEvent = (payload: object) => line({ type: "event_msg", payload });
  const badItem = (payload: object) => line({ type: "response_item", payload });
  const EVENTS = "expected one of `error`, `warning`, `context_compacted`, ";
  it.each<[string, string, string]>([
    ["garbage", "garbage {", "not JSON"],
    ["a number", "1", "invalid type: integer `1`, expected "],
    ["no timestamp", JSON.stringify(said("x")), "missing field `timestamp`"],
    ["no type", line({}), "missing field `type`"],
    ["a type of the future", line({ type: "hologram", payload: {} }), "type: unknown variant `hologram`, expected "],
    ["a type every object inherits", line({ type: "constructor", payload: {} }), "type: unknown variant `constructor`"],
    ["no payload", line({ type: "event_msg" }), "missing field `payload`"],
    ["an unknown event", badEvent({ type: "x" }), `payload.type: unknown variant \`x\`, ${EVENTS}`],
    ["an inherited event", badEvent({ type: "toString" }), `payload.type: unknown variant \`toString\`, ${EVENTS}`],
    ["a message without text", badEvent({ type: "agent_message" }), "payload: missing field `message`"],
    ["an unknown item", badItem({ type: "hologram" }), "payload.type: unknown variant `hologram`, expected "],
    ["an item that its writer did not know", badItem({ type: "other" }), "payload: unknown item"],
    [
      "a call without id",
      badItem({ type: "function_call", name: "x", arguments: "" }),
      "payload: missing field `call_id`",
    ],
    [
      "parts that are none",
      badItem({ type: "message", role: "user", content: ["x"] }),
      'payload.content.0: invalid type: string "x", expected ',
    ],
    [
      "a part of the future",
      badItem({ type: "message", role: "user", content: [{ type: "input_file", file_id: "f" }] }),
      "payload.content.0.type: unknown variant `input_file`, expected ",
    ],
    [
      "a wait without outcome",
      badEvent({ type: "collab_waiting_end", call_id: "c", sender_thread_id: "s" }),
      "payload: missing field `statuses`",
    ],
    [
      "a command that took a number of seconds",
      badEvent({
        type: "exec_command_end",
        call_id: "c",
        turn_id: "t",
        command: ["ls"],
        cwd: "/",
        parsed_cmd: [],
        stdout: "",
        stderr: "",
        formatted_output: "",
        exit_code: 0,
        duration: 1,
      }),
      "payload.duration: invalid type: integer `1`, expected ",
    ],
    ["a compaction without summary", line({ type: "compacted", payload: {} }), "payload: missing field `message`"],
    [
      "a compaction with a bad item",
      line({ type: "compacted", payload: { message: "", replacement_history: [{}] } }),
      "payload.replacement_history.0: missing field `type`",
    ],
    [
      "a rollback of text",
      badEvent({ type: "thread_rolled_back", num_turns: "1" }),
      'payload.num_turns: invalid type: string "1", expected u32',
    ],
  ])("passes over a line with %s and says why", async (_name, bad, reason) => {
    const rollout = await readRollout(file([FIRST, "", bad, line(said("after")), ""].join("\n")));
    expect(rollout.skipped).toEqual([{ line: 3, reason: expect.stringContaining(reason) }]);
    expect(rollout.skipped[0]?.reason.length).toBeLessThan(200);
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

  it("passes over nothing that only has other names in a newer program", async () => {
    const search = { type: "web_search_call", action: { type: "screenshot" } };
    const lines = [
      badEvent({ type: "turn_started" }),
      badItem(search),
      badEvent({ type: "turn_aborted", reason: "new" }),
    ];
    const { items, skipped } = await readRollout(file([FIRST, ...lines, ""].join("\n")));
    expect(skipped).toEqual([]);
    expect(items.slice(1).map(({ payload }) => "type" in payload && payload.type)).toEqual([
      "task_started",
      "web_search_call",
      "turn_aborted",
    ]);
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

  it.each([
    ["a folder", "folder.jsonl", "EISDIR", "Is a directory (os error 21)"],
    ["nothing", "none.jsonl", "ENOENT", "No such file or directory (os error 2)"],
  ])("refuses %s in the system's words", async (_name, name, code, message) => {
    mkdirSync(join(home.path, "folder.jsonl"));
    const error: unknown = await readRollout(join(home.path, name)).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(RolloutReadError);
    expect(error).toMatchObject({ problem: "unreadable", message, cause: { code } });
  });

  it("stops when it is told to", async () => {
    await expect(readRollout(file(FIRST), AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
