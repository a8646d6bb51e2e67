/** What a thread asks of its MCP servers. */

import type {
  ElicitationAction,
  McpContent,
  McpRefreshConfig,
  McpResource,
  McpResourceTemplate,
  McpStartupFailure,
  McpStartupStatus,
  McpTool,
  McpToolResult,
  McpToolsReply,
  RequestId,
  SandboxPolicy,
} from "@codex-ts/protocol";

/** The servers of one thread. */
export interface McpConnections {
  /** Begins to start the servers and returns at once; `host` hears what becomes of them. */
  start(host: McpHost): void;
  /**
   * Resolves when every server is up or has failed, or when they have had time enough: those that come later join when
   * it is called again. Servers that want to know the sandbox are told of it unless it is null.
   * @returns names of the servers that are still starting, when that has not been said before
   */
  ready(sandbox: McpSandboxState | null, signal: AbortSignal): Promise<readonly string[]>;
  /** The tools of the servers that are up, by qualified name, sorted. */
  tools(): readonly McpToolEntry[];
  /** @throws {McpCallError} */
  callTool(
    server: string,
    tool: string,
    args: Record<string, unknown> | null,
    options: McpCallOptions,
  ): Promise<McpToolResult>;
  /** One page of a server's resources. @throws {McpCallError} */
  listResources(server: string, cursor: string | null, signal: AbortSignal): Promise<McpResourcePage>;
  /** One page of a server's resource templates. @throws {McpCallError} */
  listResourceTemplates(server: string, cursor: string | null, signal: AbortSignal): Promise<McpTemplatePage>;
  /** @throws {McpCallError} */
  readResource(server: string, uri: string, signal: AbortSignal): Promise<McpContent[]>;
  /** Names of the servers that are up. */
  servers(): readonly string[];
  /** Gives up on servers that are still starting. */
  cancelStartup(): void;
  /** What the servers offer, and whether they know us. */
  describe(): Promise<McpToolsReply>;
  /** Remembers new servers for the next turn. */
  requestRefresh(config: McpRefreshConfig): void;
  /** Begins a change of servers that was asked for since the last turn; the old ones end in the background. */
  applyRefresh(): void;
  /** The same servers for a thread that this one starts; closing them is the part of the first. */
  share(): McpConnections;
  /** Ends the servers; resolves when their processes are gone. */
  close(): Promise<void>;
}

/** The thread that the servers belong to. */
export interface McpHost {
  startup(server: string, status: McpStartupStatus): void;
  startupComplete(ready: string[], failed: McpStartupFailure[], cancelled: string[]): void;
  /** Asks a person something that a server wants to know while no call runs. */
  elicit: AskPerson;
  /** Says something that a person should know. */
  warn(message: string): void;
}

/** A tool under the name by which models know it. */
export interface McpToolEntry {
  /** `mcp__<server>__<tool>`, made to fit what providers allow. */
  qualifiedName: string;
  server: string;
  tool: McpTool;
}

/** How a tool is called. */
export interface McpCallOptions {
  signal: AbortSignal;
  /** Asks a person what the server wants to know during the call; the time limit of the call waits meanwhile. */
  elicit: AskPerson;
}

/** A server's question to a person. */
export interface Elicitation {
  server: string;
  requestId: RequestId;
  message: string;
  /** JSON Schema of the answer; null when the server sent none. */
  requestedSchema: unknown;
}

/** What the person answered; `content` matters for `accept` only. */
export interface ElicitationAnswer {
  action: ElicitationAction;
  content: unknown;
}

/** Asks a person; the signal tells that nobody wants to know any more. */
export type AskPerson = (question: Elicitation, signal: AbortSignal) => Promise<ElicitationAnswer>;

/** What servers with the extension `codex/sandbox-state` are told. */
export interface McpSandboxState {
  sandboxPolicy: SandboxPolicy;
  sandboxCwd: string;
}

/** A page of resources. */
export interface McpResourcePage {
  resources: McpResource[];
  /** null: it is the last one. */
  nextCursor: string | null;
}

/** A page of resource templates. */
export interface McpTemplatePage {
  resourceTemplates: McpResourceTemplate[];
  /** null: it is the last one. */
  nextCursor: string | null;
}

/** A request to a server failed; the message says how, for the model and for people. */
export class McpCallError extends Error {
  override readonly name = "McpCallError";
}
