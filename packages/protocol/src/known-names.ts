/** Puts the names of this version into a session file's line that another one wrote: aliases, and what stands for the unknown. Pure. */

import type { ResponseItem } from "./response-items.js";
import { isObject } from "./validation/check.js";

/** A member whose names a newer program may have more of. */
interface OpenMember {
  /** Its names from the payload inwards. */
  at: readonly string[];
  /** The wire type of what is known here. */
  type: string;
  /** What stands for anything else; undefined: the member is left out. */
  otherwise: unknown;
}

/** By the type of the line or, for events and items, of its payload. */
const OPEN_MEMBERS: ReadonlyMap<unknown, readonly OpenMember[]> = new Map([
  ["session_meta", [{ at: ["source"], type: "SessionSource", otherwise: "unknown" }]],
  [
    "turn_context",
    [
      { at: ["effort"], type: "ReasoningEffort", otherwise: undefined },
      { at: ["summary"], type: "ReasoningSummary", otherwise: "auto" },
      { at: ["personality"], type: "Personality", otherwise: undefined },
      { at: ["collaboration_mode"], type: "CollaborationMode", otherwise: undefined },
    ],
  ],
  ["error", [{ at: ["codex_error_info"], type: "CodexErrorInfo", otherwise: "other" }]],
  ["turn_aborted", [{ at: ["reason"], type: "TurnAbortReason", otherwise: "interrupted" }]],
  ["token_count", [{ at: ["rate_limits", "plan_type"], type: "PlanType", otherwise: "unknown" }]],
  ["web_search_call", [{ at: ["action"], type: "WebSearchAction", otherwise: { type: "other" } }]],
]);

/** Other names of events and items. */
const ALIASES: ReadonlyMap<unknown, string> = new Map([
  ["turn_started", "task_started"],
  ["turn_complete", "task_complete"],
  ["compaction_summary", "compaction"],
]);

/** All that an item may be. */
const ITEM_TYPES: Readonly<Record<ResponseItem["type"], true>> = {
  message: true,
  reasoning: true,
  local_shell_call: true,
  function_call: true,
  function_call_output: true,
  custom_tool_call: true,
  custom_tool_call_output: true,
  web_search_call: true,
  ghost_snapshot: true,
  compaction: true,
  other: true,
};

/**
 * @param isKnown whether a value is one of the wire type
 * @returns the line; what is wrong with it in other ways stays wrong
 */
export function withKnownNames(line: unknown, isKnown: (type: string, value: unknown) => boolean): unknown {
  if (!isObject(line) || !isObject(line["payload"])) return line;
  const { type, payload } = line;
  switch (type) {
    case "event_msg":
    case "response_item":
      return { ...line, payload: tagged(payload) };
    case "compacted": {
      const items = payload["replacement_history"];
      if (!Array.isArray(items)) return line;
      return { ...line, payload: { ...payload, replacement_history: items.map(itemOf) } };
    }
    default:
      return { ...line, payload: withOpenMembers(payload, type) };
  }

  /** One unknown item is no reason to lose a whole conversation. */
  function itemOf(value: unknown): unknown {
    const item = tagged(value);
    if (!isObject(item) || typeof item["type"] !== "string") return item;
    return Object.hasOwn(ITEM_TYPES, item["type"]) ? item : ({ type: "other" } satisfies ResponseItem);
  }

  function tagged(value: unknown): unknown {
    if (!isObject(value)) return value;
    const name = ALIASES.get(value["type"]) ?? value["type"];
    return withOpenMembers({ ...value, type: name }, name);
  }

  function withOpenMembers(value: Record<string, unknown>, name: unknown): unknown {
    let result: unknown = value;
    for (const { at, type, otherwise } of OPEN_MEMBERS.get(name) ?? []) {
      result = withMember(result, at, (member) => (isKnown(type, member) ? member : otherwise));
    }
    return result;
  }
}

/** Members that are absent or null stay so. */
function withMember(value: unknown, [name, ...rest]: readonly string[], change: (member: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  if (!isObject(value)) return value;
  const { [name]: member, ...others } = value;
  if (member === undefined || member === null) return value;
  const changed = withMember(member, rest, change);
  return changed === undefined ? others : { ...others, [name]: changed };
}
