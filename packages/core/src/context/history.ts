/** The conversation as it is kept: append, cut, replace. */

import type { ResponseItem, TruncationPolicy } from "@codex-ts/protocol";
import { dropLastUserTurns, isUserTurn } from "@codex-ts/rollout";
import { recordingPolicy, truncateMiddle, truncateParts } from "./truncation.js";

/** A thread's conversation. */
export class History {
  #items: ResponseItem[] = [];
  /** The summary that it goes on from; null: it was never compacted. */
  #summary: string | null = null;

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

  /** Puts another conversation in the place of this one. @param summary the text that sums up what was before it */
  replace(items: readonly ResponseItem[], summary: string | null): void {
    this.#items = [...items];
    this.#summary = summary;
  }

  /**
   * Takes the images out of the newest item that has any: the model's server cannot read one, and nothing says which.
   * @returns whether a person sent them last, or whether they are older or a tool's; null: there are none
   */
  dropNewestImages(): "last message" | "other" | null {
    const at = this.#items.findLastIndex(hasImages);
    const item = this.#items[at];
    if (item === undefined) return null;
    this.#items[at] = withoutImages(item, "Invalid image");
    return at === this.#items.findLastIndex(isUserTurn) ? "last message" : "other";
  }

  /** Takes back the last `turns` turns. */
  dropLastTurns(turns: number): void {
    this.#items = dropLastUserTurns(this.#items, turns, this.#summary);
  }
}

/** Whether an item carries images. */
export function hasImages(item: ResponseItem): boolean {
  if (item.type === "message") return item.content.some(({ type }) => type === "input_image");
  if (item.type !== "function_call_output" || typeof item.output === "string") return false;
  return item.output.some(({ type }) => type === "input_image");
}

/** The item with a text in the place of each image. */
export function withoutImages(item: ResponseItem, text: string): ResponseItem {
  const instead = { type: "input_text" as const, text };
  if (item.type === "message") {
    return { ...item, content: item.content.map((part) => (part.type === "input_image" ? instead : part)) };
  }
  if (item.type !== "function_call_output" || typeof item.output === "string") return item;
  return { ...item, output: item.output.map((part) => (part.type === "input_image" ? instead : part)) };
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
