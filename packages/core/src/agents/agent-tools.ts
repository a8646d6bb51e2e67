/** The tools by which an agent starts others, speaks to them, waits for them and closes them. */

import type { AgentStatus, SubAgentItem, SubAgentTool, ThreadId } from "@codex-ts/protocol";
import { subAgentExplorer, subAgentWorker } from "../generated/prompts.js";
import type { Session } from "../session/session.js";
import type { ThreadConfig } from "../session/services.js";
import {
  array,
  boolean,
  count,
  oneOf,
  optional,
  parseArguments,
  required,
  string,
  withDefault,
} from "../tools/arguments.js";
import { functionArguments } from "../tools/shell.js";
import { ToolError, type Tool, type ToolCall } from "../tools/tool.js";
import type { Turn } from "../turn/turn.js";
import { waitForAny } from "./waiting.js";

/** Agents that agents start may not start more. */
const MAX_DEPTH = 1;
/** The model for finding things out: quick and cheap. */
const EXPLORER_MODEL = "gpt-5.2-codex";

const DEFAULT_WAIT_MS = 30_000;
const SHORTEST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 300_000;

const AGENT_TYPES = ["default", "explorer", "worker", "orchestrator"] as const;

/** The four tools; none for agents that may start no others. */
export function agentTools(session: Session): Tool[] {
  return session.config.features.enabled("collab") && depthOf(session) < MAX_DEPTH
    ? [spawnTool, sendTool, waitTool, closeTool]
    : [];
}

const spawnTool = agentTool(
  "spawn_agent",
  "Starts another agent on a task of its own and returns its id. It works at the same time, in the same folder, with the same rights.",
  {
    agent_type: {
      type: "string",
      description:
        'Optional: "explorer" to find something out quickly, "worker" to do a bounded part of the work, "default" otherwise.',
    },
    message: { type: "string", description: "The whole task: the agent sees nothing of this conversation." },
  },
  ["message"],
  async (call, turn) => {
    const { message, agent_type: type } = parseArguments(functionArguments(call), {
      message: required(string),
      agent_type: optional(oneOf(AGENT_TYPES)),
    });
    if (message.trim() === "") throw new ToolError("Empty message can't be sent to an agent");
    if (depthOf(turn.session) >= MAX_DEPTH) throw new ToolError("Agent depth limit reached. Solve the task yourself.");
    return await shown(call, turn, { tool: "spawn_agent", prompt: message, receivers: [] }, async () => {
      const { session } = turn;
      const limit = session.config.agents.maxThreads;
      if (session.children.spawned() >= limit) {
        throw new ToolError(`collab spawn failed: agent thread limit reached (max ${limit})`);
      }
      const source = { subagent: { thread_spawn: { parent_thread_id: session.id, depth: depthOf(session) + 1 } } };
      const child = await session.children.start(childConfig(turn, type ?? "default"), source, session.services.mcp);
      await child.submit({ type: "user_input", items: [{ type: "text", text: message, text_elements: [] }] });
      return {
        output: JSON.stringify({ agent_id: child.id }),
        receivers: [child.id],
        states: { [child.id]: "pending_init" },
      };
    });
  },
);

const sendTool = agentTool(
  "send_input",
  "Sends a message to an agent. With interrupt, what it is doing is stopped first.",
  {
    id: { type: "string", description: "The agent's id." },
    interrupt: { type: "boolean", description: "Stop its running turn first. Default false." },
    message: { type: "string", description: "The message." },
  },
  ["id", "message"],
  async (call, turn) => {
    const { id, message, interrupt } = parseArguments(functionArguments(call), {
      id: required(string),
      message: required(string),
      interrupt: withDefault(boolean, false),
    });
    if (message.trim() === "") throw new ToolError("Empty message can't be sent to an agent");
    const { children } = turn.session;
    return await shown(call, turn, { tool: "send_input", prompt: message, receivers: [id] }, async () => {
      const child = children.find(knownId(id));
      if (child === null) throw new ToolError(`agent with id ${id} not found`);
      if (interrupt) await child.submit({ type: "interrupt" });
      const items = [{ type: "text" as const, text: message, text_elements: [] }];
      const submission = await child.submit({ type: "user_input", items });
      const output = JSON.stringify({ submission_id: submission });
      return { output, receivers: [id], states: { [id]: children.status(id) } };
    });
  },
);

const waitTool = agentTool(
  "wait",
  "Waits until at least one of the agents is done, and returns the states of those that are.",
  {
    ids: { type: "array", items: { type: "string" }, description: "Ids of the agents." },
    timeout_ms: { type: "number", description: "Milliseconds to wait, 10000 to 300000. Default 30000." },
  },
  ["ids"],
  async (call, turn) => {
    const { ids, timeout_ms: timeout } = parseArguments(functionArguments(call), {
      ids: required(array(string)),
      timeout_ms: optional(count),
    });
    if (ids.length === 0) throw new ToolError("ids must be non-empty");
    if (timeout !== null && timeout <= 0) throw new ToolError("timeout_ms must be greater than zero");
    const waitMs = Math.min(Math.max(timeout ?? DEFAULT_WAIT_MS, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
    const known = ids.map(knownId);
    return await shown(call, turn, { tool: "wait", prompt: null, receivers: known }, async () => {
      const states = await waitForAny(known, turn.session.children, waitMs, turn.signal);
      const timedOut = Object.keys(states).length === 0;
      return { output: JSON.stringify({ status: states, timed_out: timedOut }), receivers: known, states };
    });
  },
);

const closeTool = agentTool(
  "close_agent",
  "Ends an agent and returns the state it was in.",
  { id: { type: "string", description: "The agent's id." } },
  ["id"],
  async (call, turn) => {
    const { id } = parseArguments(functionArguments(call), { id: required(string) });
    const { children } = turn.session;
    return await shown(call, turn, { tool: "close_agent", prompt: null, receivers: [id] }, async () => {
      if (children.find(knownId(id)) === null) throw new ToolError(`agent with id ${id} not found`);
      const status = children.status(id);
      await children.close(id);
      return { output: JSON.stringify({ status }), receivers: [id], states: { [id]: status } };
    });
  },
);

// helpers

function agentTool(
  name: SubAgentTool,
  description: string,
  properties: Record<string, unknown>,
  requiredNames: string[],
  run: (call: ToolCall, turn: Turn) => Promise<string>,
): Tool {
  return {
    names: [name],
    parallel: false,
    abortStyle: "plain",
    definition: {
      type: "function",
      name,
      description,
      strict: false,
      parameters: { type: "object", properties, required: requiredNames, additionalProperties: false },
    },
    run: (call, { turn }) => run(call, turn),
  };
}

interface Done {
  output: string;
  receivers: ThreadId[];
  states: Record<ThreadId, AgentStatus>;
}

/** Shows the work as an item, from its beginning to whatever end it has. */
async function shown(
  call: ToolCall,
  turn: Turn,
  { tool, prompt, receivers }: { tool: SubAgentTool; prompt: string | null; receivers: ThreadId[] },
  work: () => Promise<Done>,
): Promise<string> {
  const { items, id: sender } = turn.session;
  const item: SubAgentItem = {
    type: "subAgent",
    id: call.callId,
    tool,
    senderThreadId: sender,
    receiverThreadIds: receivers,
    prompt,
    states: {},
    status: "inProgress",
  };
  items.start(item, turn.id);
  try {
    const done = await work();
    const bad = Object.values(done.states).some(isBad);
    items.end(
      { ...item, receiverThreadIds: done.receivers, states: done.states, status: bad ? "failed" : "completed" },
      turn.id,
    );
    return done.output;
  } catch (error) {
    items.end({ ...item, status: "failed" }, turn.id);
    throw error;
  }
}

function isBad(status: AgentStatus): boolean {
  return status === "not_found" || (typeof status === "object" && "errored" in status);
}

function depthOf({ source }: Session): number {
  if (typeof source === "string" || typeof source.subagent === "string") return 0;
  return "thread_spawn" in source.subagent ? source.subagent.thread_spawn.depth : 0;
}

/** The child works like this turn; an explorer with a quicker model. */
function childConfig({ session, settings }: Turn, type: (typeof AGENT_TYPES)[number]): ThreadConfig {
  const explorer = type === "explorer";
  const role = { explorer: subAgentExplorer, worker: subAgentWorker, default: null, orchestrator: null }[type];
  const instructions = [session.config.developerInstructions, role].filter((text) => text !== null);
  return {
    ...session.config,
    cwd: settings.cwd,
    model: explorer ? EXPLORER_MODEL : settings.model,
    modelReasoningEffort: explorer ? "low" : settings.effort,
    approvalPolicy: settings.approvalPolicy,
    sandboxPolicy: settings.sandboxPolicy,
    baseInstructions: session.baseInstructions,
    developerInstructions: instructions.length === 0 ? null : instructions.join("\n\n"),
  };
}

function knownId(id: string): ThreadId {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id;
  throw new ToolError(`invalid agent id ${id}: it is not the id that spawn_agent returned`);
}
