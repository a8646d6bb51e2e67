/** What the agent may do, and how it works, in the words of v2. */

import type {
  AbsolutePath,
  ApprovalPolicy,
  ByteRange as CoreByteRange,
  ExecPolicyAmendment as CoreExecPolicyAmendment,
  NetworkAccess as CoreNetworkAccess,
  SandboxMode as CoreSandboxMode,
  SubAgentSource,
} from "@codex-ts/protocol";

/** When a person is asked before something runs; see `ApprovalPolicy` in the protocol package. */
export type AskForApproval = ApprovalPolicy;

/** The sandbox policy's name, as thread parameters take it (kebab-case). */
export type SandboxMode = CoreSandboxMode;

/** Whether a sandbox that somebody else provides lets the network through. */
export type NetworkAccess = CoreNetworkAccess;

/** No sandbox. @inline */
export interface DangerFullAccessPolicy {
  type: "dangerFullAccess";
}

/** Read everything, write nothing, no network. @inline */
export interface ReadOnlyPolicy {
  type: "readOnly";
}

/** Somebody else's sandbox is around the process; ours stays off. @inline */
export interface ExternalSandboxPolicy {
  type: "externalSandbox";
  /** @default "restricted" */
  networkAccess?: NetworkAccess;
}

/** Write inside the workspace. @inline */
export interface WorkspaceWritePolicy {
  type: "workspaceWrite";
  /** @default [] */
  writableRoots?: AbsolutePath[];
  /** @default false */
  networkAccess?: boolean;
  /** @default false */
  excludeTmpdirEnvVar?: boolean;
  /** @default false */
  excludeSlashTmp?: boolean;
}

/** What a command may touch. Absent members mean their defaults on input; the server always writes all. */
export type SandboxPolicy = DangerFullAccessPolicy | ReadOnlyPolicy | ExternalSandboxPolicy | WorkspaceWritePolicy;

/** Half-open range of UTF-8 bytes. */
export type ByteRange = CoreByteRange;

/** Tokens that a command must start with for an allow rule. */
export type ExecPolicyAmendment = CoreExecPolicyAmendment;

/** Another thread. @inline @closed */
export interface SubAgentSessionSource {
  subAgent: SubAgentSource;
}

/** Which program a thread was started by. */
export type SessionSource = "cli" | "vscode" | "exec" | "appServer" | "unknown" | SubAgentSessionSource;
