/** The history that is sent is always valid, whatever happened to the one that is kept. */

import type { ResponseItem } from "@codex-ts/protocol";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemsToSend } from "../../src/context/normalise.js";

const call = (id: string, name = "shell_command"): ResponseItem => ({
  type: "function_call",
  name,
  arguments: "{}",
  call_id: id,
});
const output = (id: string, text = "ok"): ResponseItem => ({ type: "function_call_output", call_id: id, output: text });
const custom = (id: string): ResponseItem => ({
  type: "custom_tool_call",
  name: "apply_patch",
  input: "x",
  call_id: id,
});
const customOutput = (id: string, text = "ok"): ResponseItem => ({
  type: "custom_tool_call_output",
  call_id: id,
  output: text,
});
const plain = { commandOutputsAsText: false };

describe("calls and outputs", () => {
  it("closes a call without an outcome right after it", () => {
    expect(itemsToSend([call("a"), call("b"), output("b")], plain)).toEqual([
      call("a"),
      output("a", "aborted"),
      call("b"),
      output("b"),
    ]);
  });

  it("closes a patch without an outcome with an output of its own kind", () => {
    expect(itemsToSend([custom("a")], plain)).toEqual([custom("a"), customOutput("a", "aborted")]);
  });

  it("drops outputs of calls that are gone, and outputs of the wrong kind", () => {
    expect(itemsToSend([output("x"), customOutput("y"), custom("z"), customOutput("z"), output("z")], plain)).toEqual([
      custom("z"),
      customOutput("z"),
    ]);
  });

  it("keeps local records local", () => {
    const snapshot: ResponseItem = {
      type: "ghost_snapshot",
      ghost_commit: { id: "1", preexisting_untracked_dirs: [], preexisting_untracked_files: [] },
    };
    expect(itemsToSend([snapshot, { type: "other" }], plain)).toEqual([]);
  });

  it("pairs every call with exactly one output of its kind for any history", () => {
    const item = fc.oneof(
      fc.nat(5).map((n) => call(String(n))),
      fc.nat(5).map((n) => output(String(n))),
      fc.nat(5).map((n) => custom(String(n))),
      fc.nat(5).map((n) => customOutput(String(n))),
    );
    const distinct = fc.uniqueArray(item, { selector: (one) => JSON.stringify(one) });
    fc.assert(
      fc.property(distinct, (history) => {
        const sent = itemsToSend(history, plain);
        for (const [callType, outputType] of [
          ["function_call", "function_call_output"],
          ["custom_tool_call", "custom_tool_call_output"],
        ]) {
          const ids = (type: string | undefined) =>
            sent.flatMap((one) => (one.type === type && "call_id" in one ? [one.call_id] : []));
          expect(ids(outputType).sort()).toEqual(ids(callType).sort());
        }
      }),
    );
  });
});

describe("command outputs for models with the freeform patch tool", () => {
  const json = (text: string) => JSON.stringify({ output: text, metadata: { exit_code: 0, duration_seconds: 1 } });

  it("become text for patches and the older shells, and only for those", () => {
    const history = [
      custom("p"),
      customOutput("p", json("Success.\n")),
      call("s", "shell"),
      output("s", json("Total output lines: 7\n\ncut")),
      call("o", "other_tool"),
      output("o", json("x")),
    ];
    expect(
      itemsToSend(history, { commandOutputsAsText: true }).flatMap((one) => ("output" in one ? [one.output] : [])),
    ).toEqual([
      "Exit code: 0\nWall time: 1 seconds\nOutput:\nSuccess.\n",
      "Exit code: 0\nWall time: 1 seconds\nTotal output lines: 7\nOutput:\ncut",
      json("x"),
    ]);
  });
});
