/** The conversation as it is kept: append, cut, replace. */

import type { ResponseItem, TruncationPolicy } from "@codex-ts/protocol";
import { dropLastUserTurns } from "@codex-ts/rollout";
import { recordingPolicy, truncateMiddle, truncateParts } from "./truncation.js";

/** A thread's conversation. */
export class History {
  #items: ResponseItem[] = [];

  /** All items, oldest first. Not a copy: read it, do not keep it. */
  get items(): readonly ResponseItem[] {
    return this.#items;
  }

  /** Adds an item; outputs of tools are cut to the policy. @returns the item as it was kept */
  append(item: ResponseItem, policy: TruncationPolicy): ResponseItem {
    const kept = cutOutput(item, policy);
    this.#items.push(kept);
    return kept;
  }

  /** Puts another conversation in the place of this one. */
  replace(items: readonly ResponseItem[]): void {
    this.#items = [...items];
  }

  /** Takes back the last `turns` turns. */
  dropLastTurns(turns: number): void {
    this.#items = dropLastUserTurns(this.#items, turns);
  }
}

/** The item with its tool output within the policy's limit for recorded outputs. */
export function cutOutput(item: ResponseItem, policy: TruncationPolicy): ResponseItem {
  switch (item.type) {
    case "function_call_output": {
      const limit = recordingPolicy(policy);
      const output =
        typeof item.output === "string" ? truncateMiddle(item.output, limit) : truncateParts(item.output, limit);
      return { ...item, output };
    }
    case "custom_tool_call_output":
      return { ...item, output: truncateMiddle(item.output, recordingPolicy(policy)) };
    default:
      return item;
  }
}
