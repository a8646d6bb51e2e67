/** Lines of session files as they were observed: each is read, and written again as it was. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseRolloutLine } from "../src/index.js";

const lines = readFileSync(join(import.meta.dirname, "fixtures/session-lines.jsonl"), "utf8")
  .trim()
  .split("\n");

it.each(lines)("%s", (line) => {
  expect(JSON.stringify(parseRolloutLine(JSON.parse(line)))).toBe(line);
});

it("a source of a newer program is unknown, and its session still a session", () => {
  const payload = { id: "T", timestamp: "", cwd: "/", originator: "o", cli_version: "9", source: "hologram" };
  const line = { timestamp: "", type: "session_meta", payload };
  expect(parseRolloutLine(line)).toEqual({ ...line, payload: { ...payload, source: "unknown" } });
});

it("reads a null in the place of an optional member as absent, as older programs wrote it", () => {
  const settings = { cwd: "/", approval_policy: "never", sandbox_policy: { type: "read-only" }, model: "m" };
  const payload = { ...settings, effort: null, summary: "auto", user_instructions: null };
  const line = { timestamp: "", type: "turn_context", payload };
  expect(parseRolloutLine(line)).toEqual({ ...line, payload: { ...settings, summary: "auto" } });
  expect(() => parseRolloutLine({ ...line, payload: { ...payload, model: null } })).toThrow("model");
});

const payloadOf = (type: string, payload: unknown): unknown =>
  parseRolloutLine({ timestamp: "", type, payload }).payload;
const settings = {
  cwd: "/",
  approval_policy: "never",
  sandbox_policy: { type: "read-only" },
  model: "m",
  summary: "auto",
};
const search = (type: string) => ({ type: "web_search_call", status: "completed", action: { type } });
const usage = {
  info: null,
  rate_limits: { primary: { used_percent: 1, window_minutes: null }, plan_type: "galactic" },
};

it.each<[string, string, object, object]>([
  ["a web search's action", "response_item", search("screenshot"), search("other")],
  [
    "a compaction's alias",
    "response_item",
    { type: "compaction_summary", encrypted_content: "E" },
    { type: "compaction", encrypted_content: "E" },
  ],
  [
    "items of a replaced conversation",
    "compacted",
    {
      message: "",
      replacement_history: [search("x"), { type: "compaction_summary", encrypted_content: "E" }, { type: "y" }],
    },
    {
      message: "",
      replacement_history: [search("other"), { type: "compaction", encrypted_content: "E" }, { type: "other" }],
    },
  ],
  ["a turn's begin", "event_msg", { type: "turn_started", x: 1 }, { type: "task_started", x: 1 }],
  [
    "a turn's end",
    "event_msg",
    { type: "turn_complete", last_agent_message: null },
    { type: "task_complete", last_agent_message: null },
  ],
  [
    "a reason to stop",
    "event_msg",
    { type: "turn_aborted", reason: "budget" },
    { type: "turn_aborted", reason: "interrupted" },
  ],
  [
    "a class of errors",
    "event_msg",
    { type: "error", message: "m", codex_error_info: { boredom: {} } },
    { type: "error", message: "m", codex_error_info: "other" },
  ],
  [
    "a plan",
    "event_msg",
    { type: "token_count", ...usage },
    { type: "token_count", ...usage, rate_limits: { ...usage.rate_limits, plan_type: "unknown" } },
  ],
  [
    "a turn's settings",
    "turn_context",
    { ...settings, effort: "ultra", summary: "epic", personality: "zany", collaboration_mode: { mode: "duel" } },
    settings,
  ],
  ["a name beside a null", "turn_context", { ...settings, effort: "ultra", user_instructions: null }, settings],
])("reads %s of a newer program as what stands for it", (_name, type, payload, expected) => {
  expect(payloadOf(type, payload)).toEqual(expected);
});

it.each<[string, object, string]>([
  ["event_msg", { type: "hologram" }, "unknown variant `hologram`"],
  ["response_item", { type: "constructor" }, "unknown variant `constructor`"],
  ["event_msg", { type: "turn_aborted" }, "missing field `reason`"],
  ["compacted", { message: "", replacement_history: [{ type: "function_call" }] }, "missing field"],
  ["turn_context", { ...settings, sandbox_policy: { type: "moat" } }, "unknown variant `moat`"],
])("does not guess what else a line could mean: %s %j", (type, payload, problem) => {
  expect(() => payloadOf(type, payload)).toThrow(problem);
});
