import { describe, expect, it } from "vitest";
import {
  type CommandItem,
  type EventMsg,
  isPersisted,
  legacyOf,
  storedOf,
  submissionIdOf,
  type SubAgentItem,
  type ThreadEvent,
  type ThreadEventBody,
} from "../src/index.js";

const quiet = { showRawReasoning: false };
const place = { thread_id: "T", turn_id: "7" };

function event(body: ThreadEventBody, turnId: string | null = "7"): ThreadEvent {
  return { threadId: "T", seq: 1, at: "2026-11-20T16:41:38.480Z", turnId, ...body };
}

const userMessage = {
  type: "userMessage" as const,
  id: "u",
  content: [
    { type: "text" as const, text: "é", text_elements: [{ byte_range: { start: 0, end: 2 } }] },
    { type: "image" as const, image_url: "https://x/i.png" },
    { type: "text" as const, text: "ab", text_elements: [{ byte_range: { start: 0, end: 1 }, placeholder: "A" }] },
    { type: "local_image" as const, path: "/i.png" },
    { type: "skill" as const, name: "s", path: "/s.md" },
  ],
};
const command: CommandItem = {
  type: "command",
  id: "c",
  argv: ["/bin/bash", "-lc", "ls"],
  cwd: "/proj",
  actions: [{ type: "list_files", cmd: "ls", path: null }],
  source: "agent",
  processId: null,
  interactionInput: null,
  status: "inProgress",
  result: null,
};
const facts = {
  call_id: "c",
  turn_id: "7",
  command: command.argv,
  cwd: "/proj",
  parsed_cmd: command.actions,
  source: "agent" as const,
};
const ran = {
  stdout: "a\n",
  stderr: "e\n",
  aggregatedOutput: "a\ne\n",
  formattedOutput: "Exit code: 3",
  exitCode: 3,
  durationMs: 1234.5,
  timedOut: false,
};
const changes = { "/proj/a.txt": { type: "add" as const, content: "x\n" } };
const patch = {
  type: "fileChange" as const,
  id: "p",
  changes,
  autoApproved: true,
  status: "inProgress" as const,
  stdout: "",
  stderr: "",
};
const invocation = { server: "s", tool: "t", arguments: { a: 1 } };
const mcp = {
  type: "mcpCall" as const,
  id: "m",
  invocation,
  status: "inProgress" as const,
  result: null,
  error: null,
  durationMs: null,
};
const search = { type: "webSearch" as const, id: "w", query: "", action: { type: "other" as const } };
const review = {
  type: "review" as const,
  id: "r",
  target: { type: "uncommittedChanges" as const },
  hint: "current changes",
  status: "inProgress" as const,
  output: null,
};

const cases: [what: string, body: ThreadEventBody, messages: EventMsg[]][] = [
  [
    "a turn's beginning",
    { type: "turn.started", contextWindow: 258400 },
    [{ type: "task_started", model_context_window: 258400 }],
  ],
  [
    "a completed turn",
    { type: "turn.ended", outcome: { kind: "completed" }, lastAgentMessage: "done" },
    [{ type: "task_complete", last_agent_message: "done" }],
  ],
  [
    "a failed turn: the error, then an end without a message",
    {
      type: "turn.ended",
      outcome: { kind: "failed", error: { message: "no", info: "other", additionalDetails: "why" } },
      lastAgentMessage: "half",
    },
    [
      { type: "error", message: "no", codex_error_info: "other" },
      { type: "task_complete", last_agent_message: null },
    ],
  ],
  [
    "an interrupted turn",
    { type: "turn.ended", outcome: { kind: "interrupted", reason: "replaced" }, lastAgentMessage: null },
    [{ type: "turn_aborted", reason: "replaced" }],
  ],
  [
    "a user message's beginning",
    { type: "item.started", item: userMessage },
    [{ type: "item_started", ...place, item: { type: "UserMessage", id: "u", content: userMessage.content } }],
  ],
  [
    "a user message's end: the item, then the text with shifted ranges and images beside it",
    { type: "item.ended", item: userMessage },
    [
      { type: "item_completed", ...place, item: { type: "UserMessage", id: "u", content: userMessage.content } },
      {
        type: "user_message",
        message: "éab",
        images: ["https://x/i.png"],
        local_images: ["/i.png"],
        text_elements: [
          { byte_range: { start: 0, end: 2 }, placeholder: "é" },
          { byte_range: { start: 2, end: 3 }, placeholder: "A" },
        ],
      },
    ],
  ],
  [
    "a message's beginning has no parts",
    { type: "item.started", item: { type: "agentMessage", id: "a", text: "" } },
    [{ type: "item_started", ...place, item: { type: "AgentMessage", id: "a", content: [] } }],
  ],
  [
    "a message's delta and its older twin",
    { type: "item.delta", itemId: "a", delta: { kind: "text", text: "Hel" } },
    [
      { type: "agent_message_content_delta", ...place, item_id: "a", delta: "Hel" },
      { type: "agent_message_delta", delta: "Hel" },
    ],
  ],
  [
    "a message's end and its older twin",
    { type: "item.ended", item: { type: "agentMessage", id: "a", text: "Hello" } },
    [
      {
        type: "item_completed",
        ...place,
        item: { type: "AgentMessage", id: "a", content: [{ type: "Text", text: "Hello" }] },
      },
      { type: "agent_message", message: "Hello" },
    ],
  ],
  [
    "a new reasoning paragraph",
    { type: "item.delta", itemId: "r", delta: { kind: "reasoningSection", summaryIndex: 1 } },
    [{ type: "agent_reasoning_section_break", item_id: "r", summary_index: 1 }],
  ],
  [
    "a reasoning delta and its older twin",
    { type: "item.delta", itemId: "r", delta: { kind: "reasoningSummary", summaryIndex: 1, text: "t" } },
    [
      { type: "reasoning_content_delta", ...place, item_id: "r", summary_index: 1, delta: "t" },
      { type: "agent_reasoning_delta", delta: "t" },
    ],
  ],
  [
    "a raw reasoning delta, whatever the setting",
    { type: "item.delta", itemId: "r", delta: { kind: "reasoningRaw", contentIndex: 2, text: "t" } },
    [
      { type: "reasoning_raw_content_delta", ...place, item_id: "r", content_index: 2, delta: "t" },
      { type: "agent_reasoning_raw_content_delta", delta: "t" },
    ],
  ],
  [
    "a reasoning's end: one older twin per paragraph, raw text withheld",
    { type: "item.ended", item: { type: "reasoning", id: "r", summary: ["a", "b"], raw: ["c"] } },
    [
      {
        type: "item_completed",
        ...place,
        item: { type: "Reasoning", id: "r", summary_text: ["a", "b"], raw_content: ["c"] },
      },
      { type: "agent_reasoning", text: "a" },
      { type: "agent_reasoning", text: "b" },
    ],
  ],
  [
    "a search's beginning and its older twin",
    { type: "item.started", item: search },
    [
      { type: "item_started", ...place, item: { type: "WebSearch", id: "w", query: "", action: { type: "other" } } },
      { type: "web_search_begin", call_id: "w" },
    ],
  ],
  [
    "a search's end and its older twin",
    { type: "item.ended", item: { ...search, query: "cats", action: { type: "search", query: "cats" } } },
    [
      {
        type: "item_completed",
        ...place,
        item: { type: "WebSearch", id: "w", query: "cats", action: { type: "search", query: "cats" } },
      },
      { type: "web_search_end", call_id: "w", query: "cats", action: { type: "search", query: "cats" } },
    ],
  ],
  ["a command's beginning", { type: "item.started", item: command }, [{ type: "exec_command_begin", ...facts }]],
  [
    "a command in a live session, with what was typed",
    {
      type: "item.started",
      item: { ...command, source: "unified_exec_interaction", processId: "4711", interactionInput: "y\n" },
    },
    [
      {
        type: "exec_command_begin",
        ...facts,
        source: "unified_exec_interaction",
        process_id: "4711",
        interaction_input: "y\n",
      },
    ],
  ],
  [
    "a command's output, as base64",
    {
      type: "item.delta",
      itemId: "c",
      delta: { kind: "commandOutput", stream: "stderr", chunk: new Uint8Array([0xff, 0, 0x41]) },
    },
    [{ type: "exec_command_output_delta", call_id: "c", stream: "stderr", chunk: "/wBB" }],
  ],
  [
    "what is typed into a session",
    { type: "item.delta", itemId: "c", delta: { kind: "terminalInput", processId: "4711", text: "" } },
    [{ type: "terminal_interaction", call_id: "c", process_id: "4711", stdin: "" }],
  ],
  [
    "a command's end",
    { type: "item.ended", item: { ...command, status: "failed", result: ran } },
    [
      {
        type: "exec_command_end",
        ...facts,
        stdout: "a\n",
        stderr: "e\n",
        aggregated_output: "a\ne\n",
        exit_code: 3,
        duration: { secs: 1, nanos: 234_500_000 },
        formatted_output: "Exit code: 3",
      },
    ],
  ],
  [
    "a declined command's end says who said no",
    { type: "item.ended", item: { ...command, status: "declined" } },
    [
      {
        type: "exec_command_end",
        ...facts,
        stdout: "",
        stderr: "exec command rejected by user",
        aggregated_output: "exec command rejected by user",
        exit_code: -1,
        duration: { secs: 0, nanos: 0 },
        formatted_output: "exec command rejected by user",
      },
    ],
  ],
  [
    "an interrupted command has an end too",
    { type: "item.ended", item: { ...command, status: "interrupted" } },
    [
      {
        type: "exec_command_end",
        ...facts,
        stdout: "",
        stderr: "aborted by user",
        aggregated_output: "aborted by user",
        exit_code: -1,
        duration: { secs: 0, nanos: 0 },
        formatted_output: "aborted by user",
      },
    ],
  ],
  [
    "a patch's beginning",
    { type: "item.started", item: patch },
    [{ type: "patch_apply_begin", call_id: "p", turn_id: "7", auto_approved: true, changes }],
  ],
  [
    "a patch's end",
    { type: "item.ended", item: { ...patch, status: "declined", stderr: "patch rejected by user" } },
    [
      {
        type: "patch_apply_end",
        call_id: "p",
        turn_id: "7",
        stdout: "",
        stderr: "patch rejected by user",
        success: false,
        changes,
      },
    ],
  ],
  [
    "an MCP call's beginning",
    { type: "item.started", item: mcp },
    [{ type: "mcp_tool_call_begin", call_id: "m", invocation }],
  ],
  [
    "an MCP call's answer",
    { type: "item.ended", item: { ...mcp, status: "completed", result: { content: [] }, durationMs: 2000 } },
    [
      {
        type: "mcp_tool_call_end",
        call_id: "m",
        invocation,
        duration: { secs: 2, nanos: 0 },
        result: { Ok: { content: [] } },
      },
    ],
  ],
  [
    "an MCP call's failure",
    { type: "item.ended", item: { ...mcp, status: "failed", error: "gone", durationMs: 1 } },
    [
      {
        type: "mcp_tool_call_end",
        call_id: "m",
        invocation,
        duration: { secs: 0, nanos: 1_000_000 },
        result: { Err: "gone" },
      },
    ],
  ],
  [
    "an image that was looked at",
    { type: "item.started", item: { type: "imageView", id: "i", path: "/i.png" } },
    [{ type: "view_image_tool_call", call_id: "i", path: "/i.png" }],
  ],
  [
    "an image's end says nothing more",
    { type: "item.ended", item: { type: "imageView", id: "i", path: "/i.png" } },
    [],
  ],
  [
    "a review's beginning",
    { type: "item.started", item: review },
    [{ type: "entered_review_mode", target: { type: "uncommittedChanges" }, user_facing_hint: "current changes" }],
  ],
  [
    "a review's end, here without a result",
    { type: "item.ended", item: { ...review, status: "interrupted" } },
    [{ type: "exited_review_mode", review_output: null }],
  ],
  [
    "a command that is asked about",
    {
      type: "question.asked",
      question: {
        kind: "command",
        id: "q",
        itemId: "c",
        argv: command.argv,
        cwd: "/proj",
        actions: command.actions,
        reason: "Need it",
        proposedAmendment: ["ls"],
        shortAmendment: null,
        risk: { level: "low", category: null, description: "harmless" },
      },
    },
    [
      {
        type: "exec_approval_request",
        call_id: "c",
        turn_id: "7",
        command: command.argv,
        cwd: "/proj",
        reason: "Need it",
        proposed_execpolicy_amendment: ["ls"],
        parsed_cmd: command.actions,
        risk: { level: "low", category: null, description: "harmless" },
      },
    ],
  ],
  [
    "a patch that is asked about, nothing said of why",
    {
      type: "question.asked",
      question: { kind: "fileChange", id: "q", itemId: "p", changes, reason: null, grantRoot: null },
    },
    [{ type: "apply_patch_approval_request", call_id: "p", turn_id: "7", changes }],
  ],
  [
    "an MCP server's question",
    {
      type: "question.asked",
      question: {
        kind: "elicitation",
        id: "q",
        itemId: null,
        server: "s",
        requestId: 3,
        message: "Name?",
        requestedSchema: null,
      },
    },
    [{ type: "elicitation_request", server_name: "s", id: 3, message: "Name?" }],
  ],
  [
    "the model's question",
    {
      type: "question.asked",
      question: { kind: "userInput", id: "q", itemId: "i", questions: [{ id: "a", header: "A", question: "?" }] },
    },
    [{ type: "request_user_input", call_id: "i", turn_id: "7", questions: [{ id: "a", header: "A", question: "?" }] }],
  ],
  [
    "a tool of the client",
    { type: "question.asked", question: { kind: "clientTool", id: "q", itemId: "i", tool: "t", arguments: { a: 1 } } },
    [{ type: "dynamic_tool_call_request", callId: "i", turnId: "7", tool: "t", arguments: { a: 1 } }],
  ],
  [
    "an answer says nothing",
    { type: "question.answered", questionId: "q", by: "client", answer: { kind: "command", decision: "approved" } },
    [],
  ],
  ["the turn's diff", { type: "turn.diff", diff: "diff --git" }, [{ type: "turn_diff", unified_diff: "diff --git" }]],
  [
    "the plan",
    { type: "turn.plan", plan: { explanation: null, plan: [{ step: "a", status: "pending" }] } },
    [{ type: "plan_update", explanation: null, plan: [{ step: "a", status: "pending" }] }],
  ],
  ["usage", { type: "usage", usage: null, rateLimits: null }, [{ type: "token_count", info: null, rate_limits: null }]],
  [
    "a recorded item",
    { type: "response.item", item: { type: "other" } },
    [{ type: "raw_response_item", item: { type: "other" } }],
  ],
  ["changed settings", { type: "thread.configured", settings: settings(), origin: null }, []],
  [
    "a session's beginning",
    {
      type: "thread.configured",
      settings: settings(),
      origin: { forkedFromId: "F", historyLogId: 1, historyEntryCount: 2, rolloutPath: "/r.jsonl" },
    },
    [
      {
        type: "session_configured",
        session_id: "T",
        forked_from_id: "F",
        model: "m",
        model_provider_id: "p",
        approval_policy: "never",
        sandbox_policy: { type: "read-only" },
        cwd: "/proj",
        history_log_id: 1,
        history_entry_count: 2,
        rollout_path: "/r.jsonl",
      },
    ],
  ],
  [
    "prompts",
    { type: "reply", reply: { kind: "customPrompts", prompts: [] } },
    [{ type: "list_custom_prompts_response", custom_prompts: [] }],
  ],
  ["skills", { type: "reply", reply: { kind: "skills", skills: [] } }, [{ type: "list_skills_response", skills: [] }]],
  [
    "a history entry",
    { type: "reply", reply: { kind: "historyEntry", entry: { offset: 1, log_id: 2 } } },
    [{ type: "get_history_entry_response", offset: 1, log_id: 2 }],
  ],
  ["models, for which the older language has no answer", { type: "reply", reply: { kind: "models", models: [] } }, []],
];

function settings() {
  return {
    model: "m",
    modelProviderId: "p",
    approvalPolicy: "never" as const,
    sandboxPolicy: { type: "read-only" as const },
    cwd: "/proj",
    reasoningEffort: null,
  };
}

describe("the older language", () => {
  it.each(cases)("tells %s", (_, body, messages) => {
    expect(legacyOf(event(body), quiet)).toEqual(messages);
  });

  it("tells raw reasoning where the setting says so", () => {
    const ended = event({ type: "item.ended", item: { type: "reasoning", id: "r", summary: [], raw: ["a", "b"] } });
    expect(legacyOf(ended, { showRawReasoning: true }).slice(1)).toEqual([
      { type: "agent_reasoning_raw_content", text: "a" },
      { type: "agent_reasoning_raw_content", text: "b" },
    ]);
  });

  it.each([
    [
      { kind: "warning", message: "w" },
      { type: "warning", message: "w" },
    ],
    [
      { kind: "error", error: { message: "e", info: null, additionalDetails: null } },
      { type: "error", message: "e", codex_error_info: null },
    ],
    [
      { kind: "deprecation", summary: "s", details: null },
      { type: "deprecation_notice", summary: "s" },
    ],
    [
      { kind: "deprecation", summary: "s", details: "d" },
      { type: "deprecation_notice", summary: "s", details: "d" },
    ],
    [
      { kind: "background", message: "b" },
      { type: "background_event", message: "b" },
    ],
    [
      { kind: "retrying", message: "r", info: null, additionalDetails: "d" },
      { type: "stream_error", message: "r", codex_error_info: null, additional_details: "d" },
    ],
    [{ kind: "compacted" }, { type: "context_compacted" }],
    [
      { kind: "rolledBack", numTurns: 2 },
      { type: "thread_rolled_back", num_turns: 2 },
    ],
    [{ kind: "undoStarted", message: null }, { type: "undo_started" }],
    [
      { kind: "undoCompleted", success: true, message: "u" },
      { type: "undo_completed", success: true, message: "u" },
    ],
    [
      { kind: "mcpStartup", server: "s", status: { state: "starting" } },
      { type: "mcp_startup_update", server: "s", status: { state: "starting" } },
    ],
    [
      { kind: "mcpStartupComplete", ready: ["a"], failed: [], cancelled: [] },
      { type: "mcp_startup_complete", ready: ["a"], failed: [], cancelled: [] },
    ],
    [{ kind: "skillsChanged" }, { type: "skills_update_available" }],
    [{ kind: "shutdownComplete" }, { type: "shutdown_complete" }],
  ] as const)("tells the notice %j as %j", (notice, message) => {
    const told = legacyOf(event({ type: "notice", notice: structuredClone(notice) as never }), quiet);
    expect(told).toEqual([message]);
  });

  const agent: SubAgentItem = {
    type: "subAgent",
    id: "x",
    tool: "spawn_agent",
    senderThreadId: "T",
    receiverThreadIds: ["R"],
    prompt: "go",
    states: { R: "running" },
    status: "completed",
  };
  const call = { call_id: "x", sender_thread_id: "T" };
  const receiver = { receiver_thread_id: "R" };
  it.each([
    [
      "spawn_agent",
      { type: "collab_agent_spawn_begin", ...call, prompt: "go" },
      { type: "collab_agent_spawn_end", ...call, new_thread_id: "R", prompt: "go", status: "running" },
    ],
    [
      "send_input",
      { type: "collab_agent_interaction_begin", ...call, ...receiver, prompt: "go" },
      { type: "collab_agent_interaction_end", ...call, ...receiver, prompt: "go", status: "running" },
    ],
    [
      "wait",
      { type: "collab_waiting_begin", ...call, receiver_thread_ids: ["R"] },
      { type: "collab_waiting_end", ...call, statuses: { R: "running" } },
    ],
    [
      "close_agent",
      { type: "collab_close_begin", ...call, ...receiver },
      { type: "collab_close_end", ...call, ...receiver, status: "running" },
    ],
  ] as const)("tells the sub-agent call %s from beginning to end", (tool, begin, end) => {
    const item = { ...agent, tool };
    expect(legacyOf(event({ type: "item.started", item }), quiet)).toEqual([begin]);
    expect(legacyOf(event({ type: "item.ended", item }), quiet)).toEqual([end]);
  });

  it("tells an agent that could not be started as not found", () => {
    const item = { ...agent, receiverThreadIds: [], states: {} };
    expect(legacyOf(event({ type: "item.ended", item }), quiet)).toMatchObject([
      { new_thread_id: null, status: "not_found" },
    ]);
  });

  it("puts the turn's id beside an event, and nothing beside the session's own", () => {
    const body: ThreadEventBody = { type: "notice", notice: { kind: "compacted" } };
    expect(submissionIdOf(event(body))).toBe("7");
    expect(submissionIdOf(event(body, null))).toBe("");
  });
});

describe("session files", () => {
  const kept = [
    "user_message",
    "agent_message",
    "agent_reasoning",
    "agent_reasoning_raw_content",
    "token_count",
    "context_compacted",
    "entered_review_mode",
    "exited_review_mode",
    "thread_rolled_back",
    "undo_completed",
    "turn_aborted",
  ];

  it("keep of all these events the eleven kinds that the original keeps", () => {
    const all = cases.flatMap(([, body]) => legacyOf(event(body), { showRawReasoning: true }));
    const names = new Set(all.filter(isPersisted).map(({ type }) => type));
    expect([...names].filter((name) => !kept.includes(name))).toEqual([]);
    for (const type of kept) expect(isPersisted({ type } as EventMsg)).toBe(true);
    for (const type of ["error", "warning", "task_started", "task_complete", "exec_command_end", "plan_update"]) {
      expect(isPersisted({ type } as EventMsg)).toBe(false);
    }
  });

  it.each(cases.filter(([, body]) => body.type === "item.ended"))("keep how this ended: %s", (_, body) => {
    const ends = legacyOf(event(body), quiet).filter(({ type }) =>
      /^(exec_command|patch_apply|mcp_tool_call|collab_.*)_end$/.test(type),
    );
    expect(storedOf(event(body), quiet)).toEqual(expect.arrayContaining(ends));
  });

  it("keep where turns begin and end", () => {
    const started = event({ type: "turn.started", contextWindow: 1 });
    const ended = event({ type: "turn.ended", outcome: { kind: "completed" }, lastAgentMessage: "x" });
    expect(storedOf(started, quiet).map(({ type }) => type)).toEqual(["task_started"]);
    expect(storedOf(ended, quiet).map(({ type }) => type)).toEqual(["task_complete"]);
  });

  it("keep the error of a failed turn, but not an error that is only a notice", () => {
    const error = { message: "no", info: null, additionalDetails: null };
    const failed = event({ type: "turn.ended", outcome: { kind: "failed", error }, lastAgentMessage: null });
    expect(storedOf(failed, quiet)).toEqual([
      { type: "error", message: "no", codex_error_info: null },
      { type: "task_complete", last_agent_message: null },
    ]);
    expect(storedOf(event({ type: "notice", notice: { kind: "error", error } }), quiet)).toEqual([]);
  });
});
