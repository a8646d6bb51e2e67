/** Saved settings, and small services. */

import type {
  AbsolutePath,
  ApprovalPolicy,
  ForcedLoginMethod,
  Int32,
  ReasoningEffort,
  ReasoningSummary,
  SandboxMode,
  SandboxPolicy,
  Uint64,
  Verbosity,
} from "@codex-ts/protocol";

/** Details of the workspace-write sandbox. */
export interface SandboxSettings {
  /** @default [] */
  writableRoots: AbsolutePath[];
  networkAccess: boolean | null;
  excludeTmpdirEnvVar: boolean | null;
  excludeSlashTmp: boolean | null;
}

/** Tools that can be turned on and off. */
export interface Tools {
  webSearch: boolean | null;
  viewImage: boolean | null;
}

/** A named set of settings. */
export interface Profile {
  model: string | null;
  modelProvider: string | null;
  approvalPolicy: ApprovalPolicy | null;
  modelReasoningEffort: ReasoningEffort | null;
  modelReasoningSummary: ReasoningSummary | null;
  modelVerbosity: Verbosity | null;
  chatgptBaseUrl: string | null;
}

/** The user's own config file. */
export interface UserSavedConfig {
  approvalPolicy: ApprovalPolicy | null;
  sandboxMode: SandboxMode | null;
  sandboxSettings: SandboxSettings | null;
  forcedChatgptWorkspaceId: string | null;
  forcedLoginMethod: ForcedLoginMethod | null;
  model: string | null;
  modelReasoningEffort: ReasoningEffort | null;
  modelReasoningSummary: ReasoningSummary | null;
  modelVerbosity: Verbosity | null;
  tools: Tools | null;
  profile: string | null;
  profiles: Record<string, Profile>;
}

/** The user's own config file. */
export interface GetUserSavedConfigResponse {
  config: UserSavedConfig;
}

/** Writes model and effort to the user's config; null or absent removes. */
export interface SetDefaultModelParams {
  model?: string | null;
  reasoningEffort?: ReasoningEffort | null;
}

/** Written. */
export type SetDefaultModelResponse = Record<string, unknown>;

/** What the server calls itself. */
export interface GetUserAgentResponse {
  userAgent: string;
}

/** A commit's id. */
export type GitSha = string;

/** Asks for the difference to the closest commit that a remote knows. */
export interface GitDiffToRemoteParams {
  cwd: string;
}

/** The difference, with untracked files. */
export interface GitDiffToRemoteResponse {
  sha: GitSha;
  diff: string;
}

/** Runs a command outside of any conversation. */
export interface ExecOneOffCommandParams {
  command: string[];
  /** Milliseconds; 10,000 when absent. */
  timeoutMs?: Uint64 | null;
  cwd?: string | null;
  sandboxPolicy?: SandboxPolicy | null;
}

/** How the command ended. */
export interface ExecOneOffCommandResponse {
  exitCode: Int32;
  stdout: string;
  stderr: string;
}
