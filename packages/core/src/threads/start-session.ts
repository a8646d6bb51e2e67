/** Makes a session: a new one, or one that goes on from a session file. */

import { isAbsolute } from "node:path";
import type { McpConnections } from "@codex-ts/mcp-client";
import {
  createRollout,
  lastTokenInfo,
  lastTurnContext,
  openRollout,
  readRollout,
  rebuildHistory,
  type RecordingProblem,
  type Rollout,
  type RolloutWriter,
} from "@codex-ts/rollout";
import { isWritable, writableRoots as sandboxRoots } from "@codex-ts/sandbox";
import type {
  Notice,
  ResponseItem,
  RolloutItem,
  SessionSource,
  SkillMetadata,
  ThreadId,
  TurnContextLine,
} from "@codex-ts/protocol";
import { compactedHistory } from "../context/compaction.js";
import { cutOutput } from "../context/history.js";
import type { ChildThreads } from "../agents/child-threads.js";
import { commandEnvironment } from "../execution/command-environment.js";
import { noShellSnapshot, takeShellSnapshot, type ShellSnapshot } from "../execution/shell-snapshot.js";
import { childAgents } from "../generated/prompts.js";
import { skillsSection } from "../instructions/skills/skills-section.js";
import { readAgentsMd } from "../instructions/agents-md.js";
import { initialContext, type Situation } from "../instructions/initial-context.js";
import { Session } from "../session/session.js";
import type { Services, ThreadConfig } from "../session/services.js";
import { startMcpServers } from "../tools/mcp/host.js";
import { customMode, type SessionSettings } from "../session/settings.js";
import type { Tool } from "../tools/tool.js";
import { clientTools, type ClientToolSpec } from "../tools/client-tools.js";

/** How a thread begins. */
export interface ThreadStart {
  config: ThreadConfig;
  source: SessionSource;
  /** Who started the program: kept in the session file. */
  originator: string;
  /** Our version, kept in the session file. */
  cliVersion: string;
  /** The model to use when the config names none. */
  defaultModel: string;
  /** Starts and finds other threads. */
  children: ChildThreads;
  /** The MCP servers of the thread that starts this one; without it the thread has its own. */
  mcpOwner?: McpConnections;
  /** Tools that the client runs itself. */
  clientTools?: readonly ClientToolSpec[];
  /** Makes the services of the thread. */
  services: (thread: { id: ThreadId; config: ThreadConfig; source: SessionSource }) => Services;
}

/** Where a thread goes on from. */
export interface Continuation {
  id: ThreadId;
  /** The thread it was forked from; null when it goes on itself. */
  forkedFrom: ThreadId | null;
  /** The file to go on in; null for a fork, which gets one of its own. */
  path: string | null;
  items: readonly RolloutItem[];
  /** Kept with the session; null: an old file that does not say. */
  baseInstructions: string | null;
}

/** A fresh thread. @throws {SessionStorageError} when its file cannot be made; {ClientToolError} */
export async function startSession(id: ThreadId, start: ThreadStart): Promise<Session> {
  return await makeSession(id, start, null);
}

/** A thread that goes on. @throws {RolloutLockedError} when another process has it */
export async function continueSession(start: ThreadStart, from: Continuation): Promise<Session> {
  return await makeSession(from.id, start, from);
}

/** Reads what a thread goes on from, unless it was read already. @throws {RolloutReadError} */
export async function readContinuation(file: string | Rollout): Promise<Continuation> {
  const rollout = typeof file === "string" ? await readRollout(file) : file;
  return {
    id: rollout.meta.id,
    forkedFrom: null,
    path: rollout.path,
    items: rollout.items,
    baseInstructions: rollout.meta.base_instructions?.text ?? null,
  };
}

// helpers

async function makeSession(id: ThreadId, start: ThreadStart, from: Continuation | null): Promise<Session> {
  const { config, source } = start;
  if (!isAbsolute(config.cwd)) throw new RangeError(`cwd is not absolute: ${config.cwd}`);
  const services = servicesOf(id, start);
  const offered = clientTools(start.clientTools ?? []);
  const settings = settingsOf(start);
  const { skills } = await services.skills.list(config.cwd);
  const baseInstructions =
    config.baseInstructions ??
    from?.baseInstructions ??
    services.models.instructions(settings.model, settings.personality);
  let session: Session | null = null;
  const early: RecordingProblem[] = [];
  const report = (problem: RecordingProblem): void => {
    if (session === null) early.push(problem);
    else tellRecording(session, problem);
  };
  const rollout = config.ephemeral ? null : openFile(id, start, from, settings, baseInstructions, services, report);
  try {
    session = newSession(id, start, from, { services, skills, offered, settings, baseInstructions, rollout });
    announce(session, from);
    for (const problem of early) tellRecording(session, problem);
    session.recordSituation();
    session.rollout?.flush();
    startMcpServers(session);
    return session;
  } catch (error) {
    await rollout?.close();
    throw error;
  }
}

/** What a session is made of, besides how it starts and where from. */
interface SessionParts {
  services: Services;
  skills: readonly SkillMetadata[];
  offered: readonly Tool[];
  settings: SessionSettings;
  baseInstructions: string;
  rollout: RolloutWriter | null;
}

function newSession(id: ThreadId, start: ThreadStart, from: Continuation | null, parts: SessionParts): Session {
  const { config, source } = start;
  const { services, skills, offered, settings, baseInstructions, rollout } = parts;
  const known = from === null ? null : lastTurnContext(from.items);
  const session: Session = new Session({
    id,
    source,
    config,
    services,
    settings,
    baseInstructions,
    readUserInstructions: (cwd) => userInstructions(cwd, config, skills, (text) => session.warn(text, null)),
    writableRoots: (now) => writableRootsOf(now, config).map(({ root }) => root),
    allWritable: (paths, now) => {
      const roots = writableRootsOf(now, config);
      return paths.every((path) => isWritable(path, roots));
    },
    skills: () => skills.filter(({ enabled }) => enabled),
    children: start.children,
    shellSnapshot: shellSnapshotFor(id, config, services),
    clientTools: offered,
    rollout,
    history: from === null ? [] : historyOf(from, settings, services),
    usage: from === null ? null : lastTokenInfo(from.items),
    known: known === null ? null : situationOf(known, services),
  });
  return session;
}

/** A thread that another one started works with the servers of that one: one process each, however many agents. */
function servicesOf(id: ThreadId, { config, source, services, mcpOwner }: ThreadStart): Services {
  const own = services({ id, config, source });
  return mcpOwner === undefined ? own : { ...own, mcp: mcpOwner.share() };
}

function shellSnapshotFor(id: ThreadId, config: ThreadConfig, services: Services): ShellSnapshot {
  const [shell] = services.shell.argv("", { login: true });
  if (shell === undefined || !config.features.enabled("shell_snapshot")) return noShellSnapshot;
  const environment = commandEnvironment(services.environment(), config.shellEnvironmentPolicy, config.sandboxPolicy);
  return takeShellSnapshot({
    shell,
    kind: services.shell.name,
    codexHome: config.codexHome,
    threadId: id,
    environment,
  });
}

function settingsOf({ config, defaultModel }: ThreadStart): SessionSettings {
  const model = config.model ?? defaultModel;
  return {
    cwd: config.cwd,
    approvalPolicy: config.approvalPolicy,
    sandboxPolicy: config.sandboxPolicy,
    model,
    effort: config.modelReasoningEffort,
    summary: config.modelReasoningSummary,
    personality: config.modelPersonality,
    collaborationMode: customMode(model, config.modelReasoningEffort),
  };
}

function openFile(
  id: ThreadId,
  { config, originator, cliVersion, source }: ThreadStart,
  from: Continuation | null,
  settings: SessionSettings,
  baseInstructions: string,
  services: Services,
  report: (problem: RecordingProblem) => void,
): RolloutWriter {
  const now = (): Date => services.now();
  const { codexHome } = config;
  if (from !== null && from.path !== null) return openRollout({ codexHome, id, path: from.path, now, report });
  return createRollout({
    codexHome,
    now,
    report,
    meta: {
      id,
      ...(from?.forkedFrom ? { forked_from_id: from.forkedFrom } : {}),
      timestamp: now().toISOString(),
      cwd: settings.cwd,
      originator,
      cli_version: cliVersion,
      source,
      model_provider: config.modelProviderId,
      base_instructions: { text: baseInstructions },
    },
    ...(from === null ? {} : { source: from.items }),
  });
}

function tellRecording(session: Session, problem: RecordingProblem): void {
  const { path } = problem.kind === "failing" ? problem.error : problem;
  session.warn(
    problem.kind === "failing" ? problem.error.message : `The session file ${path} is being written again.`,
    null,
  );
}

function userInstructions(
  cwd: string,
  config: ThreadConfig,
  skills: readonly SkillMetadata[],
  warn: (text: string) => void,
): string | null {
  const documents = readAgentsMd({
    cwd,
    codexHome: config.codexHome,
    maxBytes: config.projectDocMaxBytes,
    fallbackFilenames: config.projectDocFallbackFilenames,
  });
  for (const warning of documents.warnings) warn(warning);
  const parts = [
    documents.text,
    skillsSection(skills),
    config.features.enabled("child_agents_md") ? childAgents : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join("\n\n");
}

function writableRootsOf(settings: SessionSettings, config: ThreadConfig): ReturnType<typeof sandboxRoots> {
  return sandboxRoots({
    policy: settings.sandboxPolicy,
    policyCwd: settings.cwd,
    codexHome: config.codexHome,
    tmpdir: process.env["TMPDIR"],
  });
}

function historyOf(from: Continuation, settings: SessionSettings, services: Services): ResponseItem[] {
  const { truncation } = services.models.profile(settings.model);
  const known = lastTurnContext(from.items);
  return rebuildHistory(from.items, {
    truncate: (item) => cutOutput(item, truncation),
    compacted: (history, line) =>
      compactedHistory(known === null ? [] : initialContext(situationOf(known, services)), history, line.message),
  });
}

/** What the model was last told, as the session file has it. */
function situationOf(line: TurnContextLine, services: Services): Situation {
  return {
    cwd: line.cwd,
    shell: services.shell.name,
    approvalPolicy: line.approval_policy,
    sandboxPolicy: line.sandbox_policy,
    writableRoots: [],
    developerInstructions: line.developer_instructions ?? null,
    userInstructions: line.user_instructions ?? null,
    collaborationMode: line.collaboration_mode ?? null,
    personality: line.personality ?? null,
  };
}

/** The thread's first event, and what the user should know before the first turn. */
function announce(session: Session, from: Continuation | null): void {
  const { settings, config } = session;
  session.emit(
    {
      type: "thread.configured",
      settings: {
        model: settings.model,
        modelProviderId: config.modelProviderId,
        approvalPolicy: settings.approvalPolicy,
        sandboxPolicy: settings.sandboxPolicy,
        cwd: settings.cwd,
        reasoningEffort: settings.effort,
      },
      origin: {
        forkedFromId: from?.forkedFrom ?? null,
        historyLogId: 0,
        historyEntryCount: 0,
        rolloutPath: session.rollout?.path ?? null,
      },
    },
    null,
  );
  for (const notice of onceNotices(config, session.services.told)) session.emit({ type: "notice", notice }, null);
  const recorded = from === null ? null : lastTurnContext(from.items);
  if (recorded !== null && recorded.model !== settings.model) {
    session.warn(
      `This session was recorded with model \`${recorded.model}\` but is resuming with \`${settings.model}\`. Consider switching back to \`${recorded.model}\` as it may affect Codex performance.`,
      null,
    );
  }
}

/** What is said at the first thread of a process that it concerns. */
function onceNotices(config: ThreadConfig, told: Set<string>): Notice[] {
  const isNew = (text: string): boolean => !told.has(text) && told.add(text).has(text);
  const deprecations = [...config.deprecations, ...(config.modelProvider.wireApi === "chat" ? [CHAT_WIRE] : [])];
  const unstable = config.warnings.filter(({ kind }) => kind === "unstableFeatures");
  return [
    ...deprecations
      .filter(({ summary }) => isNew(summary))
      .map(({ summary, details }): Notice => ({ kind: "deprecation", summary, details })),
    ...unstable.filter(({ message }) => isNew(message)).map(({ message }): Notice => ({ kind: "warning", message })),
  ];
}

const CHAT_WIRE = {
  summary:
    'Support for the "chat" wire API is deprecated and will soon be removed. Update your model provider definition in config.toml to use wire_api = "responses".',
  details: null,
};
