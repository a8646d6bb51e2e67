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
  excludeSlashTmp: boolean | null;
  excludeTmpdirEnvVar: boolean | null;
  networkAccess: boolean | null;
  /** @default [] */
  writableRoots: AbsolutePath[];
}

/** Tools that can be turned on and off. */
export interface Tools {
  viewImage: boolean | null;
  webSearch: boolean | null;
}

/** A named set of settings. */
export interface Profile {
  approvalPolicy: ApprovalPolicy | null;
  chatgptBaseUrl: string | null;
  model: string | null;
  modelProvider: string | null;
  modelReasoningEffort: ReasoningEffort | null;
  modelReasoningSummary: ReasoningSummary | null;
  modelVerbosity: Verbosity | null;
}

/** The user's own config file. */
export interface UserSavedConfig {
  approvalPolicy: ApprovalPolicy | null;
  forcedChatgptWorkspaceId: string | null;
  forcedLoginMethod: ForcedLoginMethod | null;
  model: string | null;
  modelReasoningEffort: ReasoningEffort | null;
  modelReasoningSummary: ReasoningSummary | null;
  modelVerbosity: Verbosity | null;
  profile: string | null;
  profiles: Record<string, Profile>;
  sandboxMode: SandboxMode | null;
  sandboxSettings: SandboxSettings | null;
  tools: Tools | null;
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
  diff: string;
  sha: GitSha;
}

/** Runs a command outside of any conversation. */
export interface ExecOneOffCommandParams {
  command: string[];
  cwd?: string | null;
  sandboxPolicy?: SandboxPolicy | null;
  /** Milliseconds; 10,000 when absent. */
  timeoutMs?: Uint64 | null;
}

/** How the command ended. */
export interface ExecOneOffCommandResponse {
  exitCode: Int32;
  stderr: string;
  stdout: string;
}
