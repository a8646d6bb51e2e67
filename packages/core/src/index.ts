/** The agent: threads, turns, tools, approvals and execution. */

export type { CommandFacts } from "./approvals/command-verdict.js";
export type { CommandRules } from "./approvals/command-rules.js";
export { policyRules, type PolicyRulesOptions } from "./approvals/policy-rules.js";
export { commandEnvironment } from "./execution/command-environment.js";
export type { SandboxedRunnerOptions } from "./execution/command-plan.js";
export { sandboxedRunner } from "./execution/sandboxed-runner.js";
export {
  CommandStartError,
  type CommandRunner,
  type LiveCommand,
  type LiveEnd,
  type OpenRequest,
  type RunOutcome,
  type RunRequest,
  type StartRequest,
} from "./execution/command-runner.js";
export { imageLoader } from "./context/load-image.js";
export type { LoadImage } from "./context/user-input.js";
export { collaborationModes } from "./instructions/collaboration-modes.js";
export { skillCatalogue, type SkillCatalogue, type SkillPlaces } from "./instructions/skills/skill-catalogue.js";
export type { OpenCheckpoints } from "./session/session-checkpoints.js";
export { reviewHint } from "./review/review-request.js";
export type { EventListener } from "./session/event-log.js";
export {
  modelProfiles,
  type Catalogue,
  type ModelProfile,
  type ModelProfiles,
  type ModelSettings,
} from "./session/models.js";
export type { Services, ThreadConfig, UserShell } from "./session/services.js";
export type { SessionSettings } from "./session/settings.js";
export { ThreadClosedError } from "./threads/submission-queue.js";
export { Thread } from "./threads/thread.js";
export { ThreadManager, ThreadNotFoundError, type ThreadManagerOptions } from "./threads/thread-manager.js";
export type { ThreadStart } from "./threads/start-session.js";
export { JsonSyntaxError, readJson } from "./tools/json-reader.js";
export { ClientToolError, type ClientToolSpec } from "./tools/client-tools.js";
export { noMcpConnections } from "./tools/mcp/connections.js";
export { uuidV7 } from "./threads/uuid.js";
