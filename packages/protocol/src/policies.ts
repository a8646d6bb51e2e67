/** What the agent may do without asking, and how a model is asked to work: policies and modes, as they stand on the wire and in session files. */

import type { ThreadId } from "./ids.js";
import type { Int32, Uint64 } from "./numbers.js";

/** An absolute path in the notation of the machine the agent runs on. @wire AbsolutePathBuf */
export type AbsolutePath = string;

/**
 * When a person is asked before something runs.
 * `untrusted` asks for everything but known read-only commands; `on-failure` runs in the sandbox and asks when the
 * sandbox got in the way; `on-request` lets the model ask for an escalation; `never` asks nobody.
 * @wire AskForApproval
 */
export type ApprovalPolicy = "untrusted" | "on-failure" | "on-request" | "never";

/** Whether a sandbox that somebody else provides lets the network through. */
export type NetworkAccess = "restricted" | "enabled";

/** Commands run without any sandbox. @inline */
export interface DangerFullAccessPolicy {
  type: "danger-full-access";
}

/** Commands may read everything and write nothing; no network. @inline */
export interface ReadOnlyPolicy {
  type: "read-only";
}

/** The process already lives in a sandbox made by somebody else; ours stays off. @inline */
export interface ExternalSandboxPolicy {
  type: "external-sandbox";
  /** @default "restricted" */
  network_access?: NetworkAccess;
}

/** Commands may write inside the workspace: the cwd, the listed roots and the temporary folders. @inline */
export interface WorkspaceWritePolicy {
  type: "workspace-write";
  /** Roots besides the cwd; left out when there are none. */
  writable_roots?: AbsolutePath[];
  /** @default false */
  network_access?: boolean;
  /** Leave `$TMPDIR` read-only. @default false */
  exclude_tmpdir_env_var?: boolean;
  /** Leave `/tmp` read-only. @default false */
  exclude_slash_tmp?: boolean;
}

/** What a command may touch; see docs/architecture.md, "Sandbox". */
export type SandboxPolicy = DangerFullAccessPolicy | ReadOnlyPolicy | ExternalSandboxPolicy | WorkspaceWritePolicy;

/** The policy's name in config.toml and on the command line. */
export type SandboxMode = "read-only" | "workspace-write" | "danger-full-access";

/** How long a model should think. */
export type ReasoningEffort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh";

/** How much of its reasoning the model should summarise. */
export type ReasoningSummary = "auto" | "concise" | "detailed" | "none";

/** How long the model's answers should be; only some models listen. */
export type Verbosity = "low" | "medium" | "high";

/** The tone of the agent's messages. */
export type Personality = "friendly" | "pragmatic";

/** Whether the model may search the web, and where the answers come from. */
export type WebSearchMode = "disabled" | "cached" | "live";

/** How person and agent share the work. */
export type ModeKind = "plan" | "code" | "pair_programming" | "execute" | "custom";

/** What a collaboration mode sets. @wire Settings */
export interface CollaborationSettings {
  model: string;
  /** null: the model's own default. */
  reasoning_effort: ReasoningEffort | null;
  /** Text for the model about this mode; null or empty: none. */
  developer_instructions: string | null;
}

/** A way of working together, with the model settings it implies. */
export interface CollaborationMode {
  mode: ModeKind;
  settings: CollaborationSettings;
}

/** A collaboration mode as a preset: null members leave the current setting. */
export interface CollaborationModeMask {
  name: string;
  mode: ModeKind | null;
  model: string | null;
  reasoning_effort: ReasoningEffort | null;
  developer_instructions: string | null;
}

/** How much of a tool's output is kept in the conversation. One token counts as four bytes. */
export interface TruncationPolicy {
  mode: "bytes" | "tokens";
  limit: Uint64;
}

/** Which program a thread was started by. */
export type SessionSource = "cli" | "vscode" | "exec" | "mcp" | "unknown" | SubAgentSessionSource;

/** A thread that another thread started. @inline @closed */
export interface SubAgentSessionSource {
  subagent: SubAgentSource;
}

/** Why a sub-agent exists. */
export type SubAgentSource = "review" | "compact" | ThreadSpawnSource | OtherAgentSource;

/** Started by another thread's tool call. @inline @closed */
export interface ThreadSpawnSource {
  thread_spawn: {
    parent_thread_id: ThreadId;
    /** 1 for a child, 2 for a child's child. */
    depth: Int32;
  };
}

/** Started for something that this version does not name. @inline @closed */
export interface OtherAgentSource {
  other: string;
}
