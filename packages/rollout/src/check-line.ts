/** Decides whether a parsed line of a session file is one we know, by the members that readers rely on. Pure. */

import type { RolloutLine } from "@codex-ts/protocol";

/**
 * The line, or the reason why it is passed over. Unknown members are kept; unknown types and payloads without their
 * required members are not ours to guess about.
 */
export function checkLine(value: unknown): RolloutLine | string {
  if (!isRecord(value)) return "not an object";
  const { timestamp, type, payload } = value;
  if (typeof timestamp !== "string") return "no timestamp";
  if (typeof type !== "string") return "no type";
  const check = PAYLOADS[type];
  if (check === undefined) return `unknown line type ${JSON.stringify(type)}`;
  if (!isRecord(payload)) return `${type} without payload`;
  const missing = check(payload);
  return missing === null ? asLine(value) : `${type}: ${missing}`;
}

type JsonObject = Readonly<Record<string, unknown>>;
/** What is wrong with a payload; null when nothing is. */
type Check = (payload: JsonObject) => string | null;

const string = (value: unknown): boolean => typeof value === "string";
const number = (value: unknown): boolean => typeof value === "number";
const record = (value: unknown): boolean => isRecord(value);
const optional =
  (test: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || value === null || test(value);
const textOrParts = (value: unknown): boolean => typeof value === "string" || Array.isArray(value);
const records = (value: unknown): boolean => Array.isArray(value) && value.every(isRecord);
const strings = (value: unknown): boolean => Array.isArray(value) && value.every(string);

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

function shape(members: Shape): Check {
  const entries = Object.entries(members);
  return (payload) => {
    for (const [name, test] of entries) {
      if (!test(payload[name])) return payload[name] === undefined ? `no ${name}` : `unusable ${name}`;
    }
    return null;
  };
}

function tagged(shapes: Readonly<Record<string, Check>>): Check {
  return (payload) => {
    const { type } = payload;
    if (typeof type !== "string") return "no type";
    // A payload type may be any text, also the name of something every object inherits.
    const check = Object.hasOwn(shapes, type) ? shapes[type] : undefined;
    if (check === undefined) return `unknown type ${JSON.stringify(type)}`;
    const problem = check(payload);
    return problem === null ? null : `${type}: ${problem}`;
  };
}

const message = shape({ message: string });
const collabEnd = shape({ call_id: string, sender_thread_id: string });

const EVENTS: Readonly<Record<string, Check>> = {
  user_message: shape({
    message: string,
    images: optional(strings),
    local_images: optional(strings),
    text_elements: optional(records),
  }),
  agent_message: message,
  agent_reasoning: shape({ text: string }),
  agent_reasoning_raw_content: shape({ text: string }),
  token_count: shape({ info: optional(record), rate_limits: optional(record) }),
  context_compacted: shape({}),
  entered_review_mode: shape({ target: record }),
  exited_review_mode: shape({ review_output: optional(record) }),
  thread_rolled_back: shape({ num_turns: number }),
  undo_completed: shape({ success: (value) => typeof value === "boolean" }),
  turn_aborted: shape({ reason: string }),
  error: message,
  task_started: shape({}),
  task_complete: shape({}),
  exec_command_end: shape({ call_id: string, command: strings, cwd: string, exit_code: number, parsed_cmd: records }),
  patch_apply_end: shape({
    call_id: string,
    success: (value) => typeof value === "boolean",
    changes: optional(record),
  }),
  mcp_tool_call_end: shape({ call_id: string, invocation: record, duration: record, result: record }),
  collab_agent_spawn_end: collabEnd,
  collab_agent_interaction_end: collabEnd,
  collab_waiting_end: collabEnd,
  collab_close_end: collabEnd,
};

const RESPONSE_ITEMS: Readonly<Record<string, Check>> = {
  message: shape({ role: string, content: records }),
  reasoning: shape({ summary: records, content: optional(records), encrypted_content: optional(string) }),
  local_shell_call: shape({ status: string, action: record, call_id: optional(string) }),
  function_call: shape({ name: string, arguments: string, call_id: string }),
  function_call_output: shape({ call_id: string, output: textOrParts }),
  custom_tool_call: shape({ call_id: string, name: string, input: string }),
  custom_tool_call_output: shape({ call_id: string, output: string }),
  web_search_call: shape({ status: optional(string), action: optional(record) }),
  ghost_snapshot: shape({ ghost_commit: record }),
  compaction: shape({ encrypted_content: string }),
};

const checkResponseItem = tagged(RESPONSE_ITEMS);

const PAYLOADS: Readonly<Record<string, Check | undefined>> = Object.assign(Object.create(null), {
  session_meta: shape({ id: string, timestamp: string, cwd: string, originator: string, cli_version: string }),
  response_item: checkResponseItem,
  event_msg: tagged(EVENTS),
  turn_context: shape({ cwd: string, approval_policy: string, sandbox_policy: record, model: string, summary: string }),
  compacted: (payload: JsonObject) => {
    if (typeof payload["message"] !== "string") return "no message";
    const items = payload["replacement_history"];
    if (items === undefined || items === null) return null;
    if (!Array.isArray(items)) return "unusable replacement_history";
    const bad = items.find((item) => !isRecord(item) || checkResponseItem(item) !== null);
    return bad === undefined ? null : "unusable item in replacement_history";
  },
});

function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The one place where a checked value gets its type: the tables above are the proof. */
function asLine(value: object): RolloutLine {
  return value as RolloutLine;
}
