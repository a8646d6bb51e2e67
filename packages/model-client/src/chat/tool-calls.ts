/** Puts together tool calls that arrive in pieces. */

import type { FunctionCallItem } from "@codex-ts/protocol";
import { isRecord, numberMember, recordMember, stringMember } from "../json.js";

interface PartialCall {
  index: number | null;
  id: string | null;
  name: string | null;
  arguments: string;
}

/** Calls of one answer, in the order in which they first appeared. */
export class ToolCallCollector {
  #calls: PartialCall[] = [];

  /** One entry of `delta.tool_calls`: it belongs to the call with its index, else with its id, else to the last one. */
  add(entry: unknown): void {
    if (!isRecord(entry)) return;
    const call = this.#callFor(numberMember(entry, "index"), stringMember(entry, "id"));
    const fn = recordMember(entry, "function") ?? {};
    call.id ??= stringMember(entry, "id");
    call.name ??= stringMember(fn, "name");
    call.arguments += stringMember(fn, "arguments") ?? "";
  }

  /**
   * The complete calls, once. Nameless ones are dropped; one without an id gets its own, since the call and its output
   * are later matched by it.
   */
  take(): FunctionCallItem[] {
    const calls = this.#calls;
    this.#calls = [];
    return calls.flatMap(({ id, name, arguments: args }, position) => {
      if (name === null || name === "") return [];
      const callId = id === null || id === "" ? `tool-call-${position}-${crypto.randomUUID().slice(0, 8)}` : id;
      return [{ type: "function_call", name, arguments: args, call_id: callId }];
    });
  }

  #callFor(index: number | null, id: string | null): PartialCall {
    const known =
      index !== null
        ? this.#calls.find((call) => call.index === index)
        : id !== null
          ? this.#calls.find((call) => call.id === id)
          : this.#calls.at(-1);
    if (known !== undefined) return known;
    const call: PartialCall = { index, id: null, name: null, arguments: "" };
    this.#calls.push(call);
    return call;
  }
}
