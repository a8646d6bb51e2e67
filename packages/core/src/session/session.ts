/** A thread's state in one place, and the verbs that change it: say, record, replace. */

import type { RolloutWriter } from "@codex-ts/rollout";
import { storedOf, type LegacyOptions } from "@codex-ts/protocol";
import type {
  CompactedLine,
  MessageItem,
  ResponseItem,
  SessionSource,
  ThreadEvent,
  ThreadEventBody,
  ThreadId,
  TokenUsageInfo,
  TruncationPolicy,
  TurnId,
} from "@codex-ts/protocol";
import type { ChildThreads } from "../agents/child-threads.js";
import { SessionGrants } from "../approvals/session-grants.js";
import type { EnabledSkill } from "../context/user-input.js";
import { History } from "../context/history.js";
import { TerminalSessions } from "../execution/sessions/terminal-sessions.js";
import type { ShellSnapshot } from "../execution/shell-snapshot.js";
import { changesBetween, initialContext, type Situation } from "../instructions/initial-context.js";
import { ToldSituations, type ToldSituation } from "../instructions/told-situations.js";
import type { Tool } from "../tools/tool.js";
import { EventLog } from "./event-log.js";
import { OpenItems } from "./open-items.js";
import { Questions } from "./questions.js";
import { SessionCheckpoints } from "./session-checkpoints.js";
import type { Services, ThreadConfig } from "./services.js";
import type { SessionSettings } from "./settings.js";
import { UsageMeter } from "./usage-meter.js";

/** Initial context is recorded before any turn exists, under ids of this form; clients of the older stream know them. */
const CONTEXT_ID_PREFIX = "auto-compact-";

/** What a session begins with. */
export interface SessionStart {
  id: ThreadId;
  source: SessionSource;
  config: ThreadConfig;
  services: Services;
  settings: SessionSettings;
  baseInstructions: string;
  /** AGENTS.md and skills for a folder; null: none. */
  readUserInstructions: (cwd: string) => string | null;
  writableRoots: (settings: SessionSettings) => readonly string[];
  /** Whether commands may write all of these absolute paths. */
  allWritable: (paths: readonly string[], settings: SessionSettings) => boolean;
  skills: () => readonly EnabledSkill[];
  children: ChildThreads;
  shellSnapshot: ShellSnapshot;
  clientTools: readonly Tool[];
  /** null for an ephemeral thread. */
  rollout: RolloutWriter | null;
  /** The conversation so far, on resume and fork. */
  history: readonly ResponseItem[];
  /** The text of its last compaction's summary; null: there was none. */
  summary: string | null;
  usage: TokenUsageInfo | null;
  /** What the conversation so far tells the model of its situation. */
  told: readonly ToldSituation[];
}

/** A thread's session. */
export class Session {
  readonly id: ThreadId;
  readonly source: SessionSource;
  readonly config: ThreadConfig;
  readonly services: Services;
  readonly baseInstructions: string;
  readonly rollout: RolloutWriter | null;
  readonly log: EventLog;
  readonly items: OpenItems;
  readonly questions: Questions;
  readonly meter: UsageMeter;
  readonly history = new History();
  readonly grants = new SessionGrants();
  readonly terminals = new TerminalSessions();
  readonly shellSnapshot: ShellSnapshot;
  /** Tools that the client runs itself. */
  readonly clientTools: readonly Tool[];
  readonly checkpoints: SessionCheckpoints;
  /** Starts and finds other threads. */
  readonly children: ChildThreads;
  settings: SessionSettings;
  /** Its last event was told: what comes late is nothing to tell any more. */
  isOver = false;
  readonly #facts: Pick<SessionStart, "readUserInstructions" | "writableRoots" | "allWritable" | "skills">;
  readonly #legacyOptions: LegacyOptions;
  readonly #told: ToldSituations;
  #userInstructions: { cwd: string; text: string | null } | null = null;
  #contextRecords = 0;

  constructor(start: SessionStart) {
    // Not `start` itself: the conversation it began with may be long gone.
    const { readUserInstructions, writableRoots, allWritable, skills } = start;
    this.#facts = { readUserInstructions, writableRoots, allWritable, skills };
    this.id = start.id;
    this.source = start.source;
    this.config = start.config;
    this.services = start.services;
    this.baseInstructions = start.baseInstructions;
    this.rollout = start.rollout;
    this.settings = start.settings;
    this.#legacyOptions = { showRawReasoning: start.config.showRawAgentReasoning };
    this.#told = new ToldSituations(start.told);
    const { services } = start;
    this.log = new EventLog(
      start.id,
      () => services.now(),
      (error, where) => services.report(error, where),
    );
    const emit = (body: ThreadEventBody, turnId: TurnId | null): void => this.emit(body, turnId);
    this.items = new OpenItems(emit);
    this.questions = new Questions(emit);
    this.meter = new UsageMeter(start.usage, emit);
    this.checkpoints = new SessionCheckpoints(start.id, {
      open: start.services.openCheckpoints,
      always: start.config.features.enabled("undo"),
      warn: (text, turnId) => this.warn(text, turnId),
      report: (error) => services.report(error, "checkpoints"),
    });
    this.children = start.children;
    this.shellSnapshot = start.shellSnapshot;
    this.clientTools = start.clientTools;
    this.history.replace(start.history, start.summary);
  }

  /** Says an event; what a session file keeps of it is written. */
  emit(body: ThreadEventBody, turnId: TurnId | null): void {
    // Deltas are the hot path, and no file keeps them.
    if (this.rollout === null || body.type === "item.delta") this.log.emit(body, turnId);
    else this.log.emit(body, turnId, this.#keep);
  }

  /** Adds items to the conversation, the session file and the events. */
  record(items: readonly ResponseItem[], turnId: TurnId | null): void {
    for (const item of items) {
      const kept = this.history.append(item, this.truncation());
      this.rollout?.append([{ type: "response_item", payload: kept }]);
      this.log.emit({ type: "response.item", item: kept }, turnId);
    }
  }

  /** What is said and recorded in `work` is in the session file as a whole before anybody hears of a part. It must not be nested. */
  together(work: () => void): void {
    this.log.together(work, () => this.rollout?.flush());
  }

  /**
   * Puts a compacted conversation in the place of the old one.
   * @param tells what it tells of the situation; undefined: as much as the old one
   */
  replaceHistory(
    items: readonly ResponseItem[],
    line: CompactedLine,
    turn: { id: TurnId; model: { usableWindow: number | null } },
    tells?: Situation,
  ): void {
    this.history.replace(items, line.message);
    this.rollout?.append([{ type: "compacted", payload: line }]);
    this.meter.noteHistoryChange(this.baseInstructions, items, turn.model.usableWindow, turn.id);
    this.emit({ type: "notice", notice: { kind: "compacted" } }, turn.id);
    this.#told.replace(tells);
  }

  /** Takes back the last `turns` turns of the conversation, and what they told the model of its situation. */
  dropLastTurns(turns: number): void {
    this.history.dropLastTurns(turns);
    this.#told.keepTo(this.history.items);
  }

  /** Tells the model what it does not know of the situation: everything at first, later only what changed. */
  recordSituation(): void {
    const now = this.situation(this.settings);
    const known = this.#told.last;
    const messages = known === null ? initialContext(now) : this.#changes(known, now);
    if (messages.length === 0) return;
    const recordId = `${CONTEXT_ID_PREFIX}${this.#contextRecords}`;
    this.#contextRecords += 1;
    this.record(messages, recordId);
    this.#told.add(now, this.history.items);
  }

  /** What the model should know of where it works and what it may do. */
  situation(settings: SessionSettings): Situation {
    return {
      cwd: settings.cwd,
      shell: this.services.shell.name,
      approvalPolicy: settings.approvalPolicy,
      sandboxPolicy: settings.sandboxPolicy,
      writableRoots: this.#facts.writableRoots(settings),
      developerInstructions: this.config.developerInstructions,
      userInstructions: this.userInstructionsFor(settings.cwd),
      collaborationMode: settings.collaborationMode,
      personality: settings.personality,
    };
  }

  /** AGENTS.md and skills for a folder, read when it becomes the present one; null: none. */
  userInstructionsFor(cwd: string): string | null {
    if (this.#userInstructions?.cwd !== cwd) {
      this.#userInstructions = { cwd, text: this.#facts.readUserInstructions(cwd) };
    }
    return this.#userInstructions.text;
  }

  /** How much of a tool's output is kept under the present model. */
  truncation(): TruncationPolicy {
    return this.services.models.profile(this.settings.model).truncation;
  }

  /** The label of a thread that another one started; null for a person's own. */
  get subAgentLabel(): string | null {
    if (typeof this.source === "string") return null;
    const { subagent } = this.source;
    if (typeof subagent === "string") return subagent;
    return "thread_spawn" in subagent ? "collab_spawn" : subagent.other;
  }

  /** Whether the provider compacts conversations itself. */
  compactsRemotely(): boolean {
    return this.config.modelProvider.name === "OpenAI" && this.config.features.enabled("remote_compaction");
  }

  enabledSkills(): readonly EnabledSkill[] {
    return this.#facts.skills();
  }

  /** Whether the policy of these settings lets all the absolute paths be written. */
  allWritable(paths: readonly string[], settings: SessionSettings): boolean {
    return this.#facts.allWritable(paths, settings);
  }

  /** Says something a person should know that ends nothing. */
  warn(message: string, turnId: TurnId | null): void {
    this.emit({ type: "notice", notice: { kind: "warning", message } }, turnId);
  }

  /** Says something of what goes on in the background. */
  background(message: string, turnId: TurnId | null): void {
    this.emit({ type: "notice", notice: { kind: "background", message } }, turnId);
  }

  /** An end that was heard of is found again, whatever happens to the process in the next moment. */
  readonly #keep = (event: ThreadEvent): void => {
    const kept = storedOf(event, this.#legacyOptions);
    if (kept.length === 0) return;
    this.rollout?.append(kept.map((payload) => ({ type: "event_msg", payload })));
    if (event.type === "item.ended" || event.type === "turn.ended") this.rollout?.flush();
  };

  #changes(known: Situation, now: Situation): MessageItem[] {
    const personality =
      now.personality === null ? null : this.services.models.personalityText(this.settings.model, now.personality);
    return changesBetween(known, now, personality);
  }
}
