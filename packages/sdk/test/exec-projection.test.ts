/** Lines of commands that outlive the turn that began them. */

import type { CommandItem, ThreadEvent, ThreadEventBody } from "@codex-ts/protocol";
import { expect, it } from "vitest";
import { ExecProjection } from "../src/events/exec-projection.js";

const command: CommandItem = {
  type: "command",
  id: "call_1",
  argv: ["sleep", "9"],
  cwd: "/",
  actions: [],
  source: "unified_exec_startup",
  processId: "1234",
  interactionInput: null,
  status: "inProgress",
  result: null,
};

it("a session that goes on is completed before the turn's last line, and says nothing after it", () => {
  const projection = new ExecProjection();
  const lines = (body: ThreadEventBody): unknown[] => {
    const event: ThreadEvent = { threadId: "t", seq: 0, at: "", turnId: "0", ...body };
    return projection.take(event).map((line) => ("item" in line ? [line.type, line.item] : [line.type]));
  };
  const shown = { id: "item_0", type: "command_execution", command: "sleep 9", aggregated_output: "", exit_code: null };
  expect(lines({ type: "item.started", item: command })).toEqual([
    ["item.started", { ...shown, status: "in_progress" }],
  ]);
  expect(lines({ type: "turn.ended", outcome: { kind: "completed" }, lastAgentMessage: null })).toEqual([
    ["item.completed", { ...shown, status: "completed" }],
    ["turn.completed"],
  ]);
  expect(lines({ type: "item.ended", item: { ...command, status: "interrupted" } })).toEqual([]);
});
