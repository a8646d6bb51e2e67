/** What a caller can choose: for all threads, for one thread, for one turn. */

import type { Tool } from "./questions/tool.js";
import type { AskUser, DecideApproval } from "./questions/handlers.js";

/** A value of config.toml as JSON. */
export type CodexConfigValue = string | number | boolean | CodexConfigValue[] | CodexConfigObject;

/** A table of config.toml as JSON. */
export interface CodexConfigObject {
  [key: string]: CodexConfigValue;
}

/** Settings of all threads of one {@link Codex}. */
export interface CodexOptions {
  /** The executable; default: that of the package `codex-ts`, else `codex` on PATH. */
  codexPathOverride?: string;
  /** Address of the built-in provider. */
  baseUrl?: string;
  /** API key for this run; nothing is stored. */
  apiKey?: string;
  /** Settings on top of config.toml; keys may be dotted paths. */
  config?: CodexConfigObject;
  /** `key=value` settings, passed on as they are; they win over `config`. */
  configOverrides?: string[];
  /** The whole environment of Codex; default: ours. */
  env?: Record<string, string>;
}

/** When a person is asked. */
export type ApprovalMode = "never" | "on-request" | "on-failure" | "untrusted";

/** What commands may do. */
export type SandboxMode = "read-only" | "workspace-write" | "danger-full-access";

/** How long the model thinks. The last three are words of newer models. */
export type ModelReasoningEffort = "minimal" | "low" | "medium" | "high" | "xhigh" | "max" | "ultra" | "persistent";

/** Whether the model searches the web. */
export type WebSearchMode = "disabled" | "cached" | "live";

/** Settings of one thread. */
export interface ThreadOptions {
  model?: string;
  /** Told to servers that ask where a thread comes from; new threads only. */
  threadSource?: string;
  sandboxMode?: SandboxMode;
  /** Default: the working folder of this process. */
  workingDirectory?: string;
  /** Work outside of a Git repository, too. */
  skipGitRepoCheck?: boolean;
  modelReasoningEffort?: ModelReasoningEffort;
  /** Whether commands in the sandbox `workspace-write` may use the network. */
  networkAccessEnabled?: boolean;
  webSearchMode?: WebSearchMode;
  /** Older spelling of {@link webSearchMode}: `live` or `disabled`. */
  webSearchEnabled?: boolean;
  approvalPolicy?: ApprovalMode;
  /** More folders that may be written to. */
  additionalDirectories?: string[];
  /** Decides what Codex asks about; without it the answer is no. */
  onApproval?: DecideApproval;
  /** Answers the model's questions; without it nobody answers. */
  onUserInput?: AskUser;
  /** Tools of yours that the model can call; they run in this process. */
  tools?: readonly Tool[];
}

/** Who may see security work of a turn; a word of newer servers. */
export type CyberAccessProgram = "standard" | "daybreak_blue" | "daybreak_red";

/** Settings of one turn. */
export interface TurnOptions {
  /** Passed on to programs that know it. */
  cyberAccessProgram?: CyberAccessProgram;
  /** JSON Schema that the final answer must follow: an object. */
  outputSchema?: unknown;
  /** Cancels the turn. */
  signal?: AbortSignal;
}

/** One part of what is sent. */
export type UserInput = { type: "text"; text: string } | { type: "local_image"; path: string };

/** What is sent: a text, or parts. */
export type Input = string | UserInput[];

/** The text of an input: its text parts with an empty line between. */
export function promptOf(input: Input): string {
  if (typeof input === "string") return input;
  return input.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
}

/** The images of an input, in order. */
export function imagesOf(input: Input): string[] {
  if (typeof input === "string") return [];
  return input.flatMap((part) => (part.type === "local_image" ? [part.path] : []));
}
