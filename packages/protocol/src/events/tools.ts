/** Events of what the agent does: commands, patches, MCP calls, searches, images, other agents, and the questions asked meanwhile. */

import type { ExecCommandSource, ExecOutputStream, FileChanges, ParsedCommand } from "../commands.js";
import type { CommandRisk, ExecPolicyAmendment } from "../decisions.js";
import type { RequestId, ThreadId } from "../ids.js";
import type { McpInvocation, McpToolResult } from "../mcp.js";
import type { Int32, Uint32, Uint64 } from "../numbers.js";
import type { UserInputPrompt } from "../questions.js";
import type { WebSearchAction } from "../response-items.js";
import type { AgentStatus } from "../sub-agents.js";

/** A span of time. @wire Duration */
export interface WireDuration {
  secs: Uint64;
  nanos: Uint32;
}

/** What every command event says about its command. @inline */
export interface ExecCommandFacts {
  call_id: string;
  /** The id of the live process, for sessions that outlive the call. */
  process_id?: string | null;
  turn_id: string;
  command: string[];
  cwd: string;
  parsed_cmd: ParsedCommand[];
  /** @default "agent" */
  source?: ExecCommandSource;
  /** What was typed into a running session. */
  interaction_input?: string | null;
}

/** A command begins (or is about to be asked for). */
export interface ExecCommandBeginEvent extends ExecCommandFacts {}

/** Output of a command. */
export interface ExecCommandOutputDeltaEvent {
  call_id: string;
  stream: ExecOutputStream;
  /** Base64. */
  chunk: string;
}

/** Text was written to a running session; empty for a poll. */
export interface TerminalInteractionEvent {
  call_id: string;
  process_id: string;
  stdin: string;
}

/** A command ended. */
export interface ExecCommandEndEvent extends ExecCommandFacts {
  stdout: string;
  stderr: string;
  /** Both streams together. @default "" */
  aggregated_output?: string;
  /** -1 when it never ran. */
  exit_code: Int32;
  duration: WireDuration;
  /** The output as the model gets it. */
  formatted_output: string;
}

/** May this command run? */
export interface ExecApprovalRequestEvent {
  call_id: string;
  /** @default "" */
  turn_id?: string;
  command: string[];
  cwd: string;
  reason?: string | null;
  /** The allow rule that a client may offer. */
  proposed_execpolicy_amendment?: ExecPolicyAmendment | null;
  parsed_cmd: ParsedCommand[];
  /** Only with `experimental_sandbox_command_assessment`. @since 0.1.0 */
  risk?: CommandRisk | null;
}

/** May these files change? */
export interface ApplyPatchApprovalRequestEvent {
  call_id: string;
  /** @default "" */
  turn_id?: string;
  changes: FileChanges;
  reason?: string | null;
  /** A folder that a client may offer to make writable for the session. */
  grant_root?: string | null;
}

/** A patch begins. */
export interface PatchApplyBeginEvent {
  call_id: string;
  /** @default "" */
  turn_id?: string;
  /** Nobody was asked before the first attempt. */
  auto_approved: boolean;
  changes: FileChanges;
}

/** A patch ended. */
export interface PatchApplyEndEvent {
  call_id: string;
  /** @default "" */
  turn_id?: string;
  stdout: string;
  stderr: string;
  success: boolean;
  /** @default {} */
  changes?: FileChanges;
}

/** The model asks the user. */
export interface RequestUserInputEvent {
  call_id: string;
  /** @default "" */
  turn_id?: string;
  questions: UserInputPrompt[];
}

/** A tool that the client runs itself. */
export interface DynamicToolCallRequest {
  callId: string;
  turnId: string;
  tool: string;
  arguments: unknown;
}

/** An MCP server asks the user something. */
export interface ElicitationRequestEvent {
  server_name: string;
  id: RequestId;
  message: string;
}

/** A call of an MCP tool begins. */
export interface McpToolCallBeginEvent {
  call_id: string;
  invocation: McpInvocation;
}

/** The call was answered. @inline */
export interface McpCallOk {
  Ok: McpToolResult;
}

/** The call failed. @inline */
export interface McpCallErr {
  Err: string;
}

/** A call's result: exactly one of the two keys. @wire Result_of_CallToolResult_or_String */
export type McpCallOutcome = McpCallOk | McpCallErr;

/** A call of an MCP tool ended. */
export interface McpToolCallEndEvent {
  call_id: string;
  invocation: McpInvocation;
  duration: WireDuration;
  result: McpCallOutcome;
}

/** A web search begins. */
export interface WebSearchBeginEvent {
  call_id: string;
}

/** A web search ended. */
export interface WebSearchEndEvent {
  call_id: string;
  query: string;
  action: WebSearchAction;
}

/** The model looked at an image. */
export interface ViewImageToolCallEvent {
  call_id: string;
  path: string;
}

/** Another agent is about to be started. */
export interface CollabAgentSpawnBeginEvent {
  call_id: string;
  sender_thread_id: ThreadId;
  prompt: string;
}

/** Another agent was started, or could not be. */
export interface CollabAgentSpawnEndEvent {
  call_id: string;
  sender_thread_id: ThreadId;
  new_thread_id?: ThreadId | null;
  prompt: string;
  status: AgentStatus;
}

/** Input is about to be sent to another agent. */
export interface CollabAgentInteractionBeginEvent {
  call_id: string;
  sender_thread_id: ThreadId;
  receiver_thread_id: ThreadId;
  prompt: string;
}

/** Input was sent to another agent. */
export interface CollabAgentInteractionEndEvent {
  call_id: string;
  sender_thread_id: ThreadId;
  receiver_thread_id: ThreadId;
  prompt: string;
  status: AgentStatus;
}

/** The agent begins to wait for others. */
export interface CollabWaitingBeginEvent {
  sender_thread_id: ThreadId;
  receiver_thread_ids: ThreadId[];
  call_id: string;
}

/** The waiting is over. */
export interface CollabWaitingEndEvent {
  sender_thread_id: ThreadId;
  call_id: string;
  /** By thread id. */
  statuses: Record<string, AgentStatus>;
}

/** Another agent is about to be closed. */
export interface CollabCloseBeginEvent {
  call_id: string;
  sender_thread_id: ThreadId;
  receiver_thread_id: ThreadId;
}

/** Another agent was closed. */
export interface CollabCloseEndEvent {
  call_id: string;
  sender_thread_id: ThreadId;
  receiver_thread_id: ThreadId;
  status: AgentStatus;
}
