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
