/** Makes a session: a new one, or one that goes on from a session file. */

import { isAbsolute } from "node:path";
import type { McpConnections } from "@codex-ts/mcp-client";
import {
  createRollout,
  openRollout,
  promptHistory,
  type PromptHistoryInfo,
  type RecordingProblem,
  type RolloutWriter,
} from "@codex-ts/rollout";
import { isWritable, writableRoots as sandboxRoots } from "@codex-ts/sandbox";
import type { Notice, SessionSource, SkillMetadata, ThreadId } from "@codex-ts/protocol";
import type { ChildThreads } from "../agents/child-threads.js";
import { commandEnvironment } from "../execution/command-environment.js";
import { noShellSnapshot, takeShellSnapshot, type ShellSnapshot } from "../execution/shell-snapshot.js";
import { childAgents } from "../generated/prompts.js";
import { skillsSection } from "../instructions/skills/skills-section.js";
import { readAgentsMd } from "../instructions/agents-md.js";
import { Session } from "../session/session.js";
import type { Services, ThreadConfig } from "../session/services.js";
import { startMcpServers } from "../tools/mcp/host.js";
import { customMode, type SessionSettings } from "../session/settings.js";
import type { Tool } from "../tools/tool.js";
import { clientTools, type ClientToolSpec } from "../tools/client-tools.js";
import { noPast, pastOf, type Continuation, type Past } from "./continuation.js";

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
  /** Starts other threads for this one, and finds them. */
  children: (parent: ThreadId) => ChildThreads;
  /** The MCP servers of the thread that starts this one; without it the thread has its own. */
  mcpOwner?: McpConnections;
  /** Tools that the client runs itself. */
  clientTools?: readonly ClientToolSpec[];
  /** Makes the services of the thread. */
  services: (thread: { id: ThreadId; config: ThreadConfig; source: SessionSource }) => Services;
}

/** A fresh thread. @throws {SessionStorageError} when its file cannot be made; {ClientToolError} */
export async function startSession(id: ThreadId, start: ThreadStart): Promise<Session> {
  return await makeSession(id, start, null);
}

/** A thread that goes on. @throws {RolloutLockedError} when another process has it */
export async function continueSession(start: ThreadStart, from: Continuation): Promise<Session> {
  return await makeSession(from.id, start, from);
}

// helpers

async function makeSession(id: ThreadId, start: ThreadStart, from: Continuation | null): Promise<Session> {
  const { config } = start;
  if (!isAbsolute(config.cwd)) throw new RangeError(`cwd is not absolute: ${config.cwd}`);
  const services = servicesOf(id, start);
  const offered = clientTools(start.clientTools ?? []);
  const settings = settingsOf(start);
  const { skills } = await services.skills.list(config.cwd);
  const baseInstructions =
    config.baseInstructions ??
    from?.baseInstructions ??
    services.models.instructions(settings.model, settings.personality);
  const past =
    from === null
      ? noPast
      : pastOf(from, {
          services,
          model: settings.model,
          writableRoots: (then) => writableRootsOf(then, config).map(({ root }) => root),
        });
  const problems = new RecordingProblems();
  const rollout = config.ephemeral ? null : openFile(id, start, from, settings, baseInstructions, services, problems);
  try {
    const session = newSession(id, start, past, { services, skills, offered, settings, baseInstructions, rollout });
    announce(session, past);
    problems.tell(session);
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

/** Apart from where the file's items are at hand: what the session's functions close over lives as long as the session. */
function newSession(id: ThreadId, start: ThreadStart, past: Past, parts: SessionParts): Session {
  const { config, source } = start;
  const { services, skills, offered, settings, baseInstructions, rollout } = parts;
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
    children: start.children(id),
    shellSnapshot: shellSnapshotFor(id, config, services),
    clientTools: offered,
    rollout,
    history: past.history,
    summary: past.summary,
    usage: past.usage,
    told: past.told,
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
  problems: RecordingProblems,
): RolloutWriter {
  const report = (problem: RecordingProblem): void => problems.note(problem);
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

/** Tells the user of a session file that cannot be written; what happens before there is a session is told when there is one. */
class RecordingProblems {
  #session: Session | null = null;
  #early: RecordingProblem[] = [];

  note(problem: RecordingProblem): void {
    if (this.#session === null) this.#early.push(problem);
    else this.#say(problem, this.#session);
  }

  tell(session: Session): void {
    this.#session = session;
    for (const problem of this.#early.splice(0)) this.#say(problem, session);
  }

  #say(problem: RecordingProblem, session: Session): void {
    const text =
      problem.kind === "failing" ? problem.error.message : `The session file ${problem.path} is being written again.`;
    session.warn(text, null);
  }
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

function writableRootsOf(
  settings: Pick<SessionSettings, "cwd" | "sandboxPolicy">,
  config: ThreadConfig,
): ReturnType<typeof sandboxRoots> {
  return sandboxRoots({
    policy: settings.sandboxPolicy,
    policyCwd: settings.cwd,
    codexHome: config.codexHome,
    tmpdir: process.env["TMPDIR"],
  });
}

/** The thread's first event, and what the user should know before the first turn. */
function announce(session: Session, past: Past): void {
  const { settings, config } = session;
  const prompts = promptsSoFar(session);
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
        forkedFromId: past.forkedFrom,
        historyLogId: prompts.logId,
        historyEntryCount: prompts.entryCount,
        rolloutPath: session.rollout?.path ?? null,
      },
    },
    null,
  );
  for (const notice of onceNotices(config, session.services.told)) session.emit({ type: "notice", notice }, null);
  if (past.forkedFrom === null && past.model !== null && past.model !== settings.model) {
    session.warn(
      `This session was recorded with model \`${past.model}\` but is resuming with \`${settings.model}\`. Consider switching back to \`${past.model}\` as it may affect Codex performance.`,
      null,
    );
  }
}

/** Which prompts of earlier sessions a client can ask for; without them a thread begins all the same. */
function promptsSoFar({ config, services }: Session): PromptHistoryInfo {
  try {
    return promptHistory(config.codexHome).info();
  } catch (error) {
    services.report(error, "prompt history");
    return { logId: 0, entryCount: 0 };
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
