/** Many turns with everything that can happen in them, and what must hold after each. Run by `pnpm soak`; a short one by the tests. */

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, unlinkSync } from "node:fs";
import type { ThreadEvent } from "@codex-ts/protocol";
import type { Thread } from "@codex-ts/core";
import { readRollout } from "@codex-ts/rollout";
import {
  answer,
  drop,
  functionCall,
  httpReply,
  message,
  patch,
  raw,
  reasoning,
  shell,
  stream,
  type Answer,
  type RecordedRequest,
} from "@codex-ts/test-support";
import { say, testThread, type TestThread } from "../support/test-thread.js";

/** What a soak found. */
export interface SoakReport {
  turns: number;
  outcomes: Record<string, number>;
  /** How often a thread was brought back: in order, and from what a kill in the middle of a turn would have left. */
  resumes: { orderly: number; fromCrash: number };
  /** Megabytes in use without any thread, after a tenth of the turns and at the end. */
  memory: { early: number; late: number };
}

/** How long and with which dice. */
export interface SoakOptions {
  turns: number;
  seed: number;
  /** Milliseconds since 1970; no turn begins after it. */
  stopAt?: number;
}

/** Runs random turns. @throws {Error} that names the turn and the invariant that broke */
export async function soak({ turns, seed, stopAt = Number.POSITIVE_INFINITY }: SoakOptions): Promise<SoakReport> {
  const random = generator(seed);
  const model = new RandomModel(random);
  await using test = await testThread((request) => model.answer(request), {
    config: 'sandbox_mode = "workspace-write"\napproval_policy = "on-failure"',
    features: ["undo", "collab"],
    tables: "[agents]\nmax_threads = 3\n",
    files: { "a.txt": "one\n" },
  });
  execFileSync("git", ["init", "-q"], { cwd: test.home.workspace });
  test.manager.onCreated(refuseQuestions);
  test.events.length = 0;
  const report: SoakReport = {
    turns: 0,
    outcomes: {},
    resumes: { orderly: 0, fromCrash: 0 },
    memory: { early: 0, late: 0 },
  };
  let current = { thread: test.thread, watch: new Watch(test.thread) };
  const restart = async (): Promise<number> => {
    const path = current.thread.rolloutPath ?? "";
    await test.manager.closeAll();
    // Whoever holds the old thread holds its conversation.
    current = nothing;
    const inUse = await memory();
    const thread = await test.manager.resume(test.config, "exec", path);
    current = { thread, watch: new Watch(thread) };
    report.resumes.orderly += 1;
    return inUse;
  };
  const nothing = current;
  await restart();
  for (; report.turns < turns && Date.now() < stopAt; report.turns += 1) {
    const { thread, watch } = current;
    const crash = random() < 0.05 ? new CrashImage(thread, Math.floor(random() * 15)) : null;
    const outcome = await oneTurn(thread, watch, random);
    report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
    await childrenAreDone(test, thread);
    await checkAfterTurn(report.turns, watch, test, thread);
    model.forget();
    if (crash !== null && (await goOnFrom(crash, report.turns, test))) report.resumes.fromCrash += 1;
    if (random() < 0.3) for (const id of test.manager.ids()) if (id !== thread.id) await test.manager.close(id);
    if (random() < 0.05) await restart();
    if (report.turns === Math.floor(turns / 10)) report.memory.early = await restart();
  }
  report.memory.late = await restart();
  return report;
}

/** A turn, or something else that a person does with a thread. */
async function oneTurn(thread: Thread, watch: Watch, random: () => number): Promise<string> {
  const dice = random();
  const ended = watch.nextEnd();
  if (dice < 0.04) await thread.submit({ type: "compact" });
  else if (dice < 0.06) await thread.submit({ type: "run_user_shell_command", command: "echo mine" });
  else if (dice < 0.08) await thread.submit({ type: "undo" });
  else await thread.submit(say(`request ${Math.floor(random() * 1_000_000)}`));
  const steers = random() < 0.3;
  const interrupts = random() < 0.15;
  if (steers) watch.onceAfter(Math.floor(random() * 12), () => void thread.submit(say("steer")));
  if (interrupts) watch.onceAfter(Math.floor(random() * 12), () => void thread.submit({ type: "interrupt" }));
  const outcome = await ended;
  // A steering message that came too late begins a turn of its own.
  await watch.quiet();
  if (random() < 0.02) await thread.submit({ type: "thread_rollback", num_turns: 1 });
  return outcome;
}

function refuseQuestions(thread: Thread): void {
  thread.subscribe((event) => {
    if (event.type === "question.asked") setImmediate(() => thread.refuseQuestions("policy"));
  });
}

/** Agents work on after the turn that started them. */
async function childrenAreDone(test: TestThread, thread: Thread): Promise<void> {
  const children = test.manager.ids().filter((id) => id !== thread.id);
  const never = new AbortController().signal;
  await Promise.all(children.map((id) => test.manager.get(id).whenFinal(never)));
}

/** What the session file holds at some moment of a turn: all that a killed process would leave. */
class CrashImage {
  readonly #path: string;
  readonly #copy: string;
  readonly stop: () => void;

  constructor(thread: Thread, events: number) {
    this.#path = thread.rolloutPath ?? "";
    this.#copy = `${this.#path}.crash`;
    let left = events;
    this.stop = thread.subscribe(() => {
      left -= 1;
      if (left === 0) copyFileSync(this.#path, this.#copy);
    });
  }

  /** null when the turn was over before the moment came. */
  take(): string | null {
    this.stop();
    return existsSync(this.#copy) ? this.#copy : null;
  }
}

/** Goes on from a crash with one turn. @returns false when there was none */
async function goOnFrom(crash: CrashImage, turn: number, test: TestThread): Promise<boolean> {
  const path = crash.take();
  if (path === null) return false;
  const thread = await test.manager.fork(test.config, "exec", path, null);
  const watch = new Watch(thread);
  const ended = watch.nextEnd();
  await thread.submit(say("go on"));
  await ended;
  await watch.quiet();
  await childrenAreDone(test, thread);
  await checkAfterTurn(turn, watch, test, thread);
  await test.manager.close(thread.id);
  unlinkSync(path);
  return true;
}

async function checkAfterTurn(turn: number, watch: Watch, test: TestThread, thread: Thread): Promise<void> {
  const broken = (what: string): Error => new Error(`turn ${turn}: ${what}`);
  if (watch.open.size > 0) throw broken(`items without an end: ${[...watch.open].join(", ")}`);
  if (watch.questions.size > 0) throw broken("a question is open");
  if (test.reports.length > 0) throw broken(`a defect was reported: ${String(test.reports[0])}`);
  const { skipped } = await readRollout(thread.rolloutPath ?? "");
  if (skipped.length > 0) throw broken(`the session file has lines that cannot be read: ${JSON.stringify(skipped[0])}`);
  const invalid = test.model.requests.map(unpaired).find((problem) => problem !== null);
  if (invalid !== undefined) throw broken(`the model was sent ${invalid}`);
  const children = execFileSync("ps", ["-o", "args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  const left = children.split("\n").filter((line) => line !== "" && !line.startsWith("ps ") && /bwrap|bash/.test(line));
  if (left.length > 0) throw broken(`processes are left: ${left[0]}`);
  test.model.requests.length = 0;
}

/** A call without its output or an output without its call, in words; null when all is well. */
function unpaired(request: RecordedRequest): string | null {
  const input = (request.body["input"] ?? []) as { type: string; call_id?: string }[];
  const ids = (suffix: RegExp): string[] =>
    input.flatMap(({ type, call_id: id }) => (suffix.test(type) && id ? [id] : [])).sort();
  const calls = ids(/_call$/);
  const outputs = ids(/_call_output$/);
  return calls.join() === outputs.join() ? null : `calls ${calls.join()} with outputs ${outputs.join()}`;
}

/** Follows one thread. */
class Watch {
  readonly open = new Set<string>();
  readonly questions = new Set<string>();
  readonly #thread: Thread;
  #ends: ((outcome: string) => void)[] = [];
  #countdowns: { left: number; act: () => void }[] = [];

  constructor(thread: Thread) {
    this.#thread = thread;
    thread.subscribe((event) => this.#hear(event));
  }

  nextEnd(): Promise<string> {
    return new Promise((resolve) => this.#ends.push(resolve));
  }

  /** Does something after a number of events. */
  onceAfter(events: number, act: () => void): void {
    this.#countdowns.push({ left: events, act });
  }

  /** Waits until nothing runs and nothing is queued. */
  async quiet(): Promise<void> {
    this.#countdowns = [];
    for (;;) {
      await this.#thread.submit({ type: "list_custom_prompts" });
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#thread.activeTurnId === null) return;
      await this.nextEnd();
    }
  }

  #hear(event: ThreadEvent): void {
    if (event.type === "item.started") this.open.add(event.item.id);
    if (event.type === "item.ended" && !this.open.delete(event.item.id))
      throw new Error(`${event.item.id} ended twice`);
    if (event.type === "question.asked") {
      this.questions.add(event.question.id);
      setImmediate(() => this.#thread.answer(event.question.id, { kind: "command", decision: "denied" }));
    }
    if (event.type === "question.answered") this.questions.delete(event.questionId);
    if (event.type === "turn.ended") for (const resolve of this.#ends.splice(0)) resolve(event.outcome.kind);
    if (event.turnId === null) return;
    for (const countdown of this.#countdowns) countdown.left -= 1;
    const due = this.#countdowns.filter(({ left }) => left <= 0);
    this.#countdowns = this.#countdowns.filter(({ left }) => left > 0);
    for (const { act } of due) act();
  }
}

/** A model that does anything, but not for ever. */
class RandomModel {
  readonly #random: () => number;
  #calls = 0;
  #id = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A new turn may call tools again. */
  forget(): void {
    this.#calls = 0;
  }

  answer(request: RecordedRequest): Answer {
    const summarises = Array.isArray(request.body["tools"]) && request.body["tools"].length === 0;
    if (summarises) return answer(message("a summary"));
    const dice = this.#random();
    if (dice < 0.03) return httpReply(500, "boom");
    if (dice < 0.05) return httpReply(400, "bad");
    if (dice < 0.08) return stream(message("cut"), drop());
    if (dice < 0.1) return stream(raw("data: nonsense\n\n"));
    this.#calls += 1;
    if (dice < 0.6 && this.#calls < 6) {
      const count = 1 + Math.floor(this.#random() * 3);
      return answer(reasoning("hm"), ...Array.from({ length: count }, () => this.#call()));
    }
    return answer(message("done. ".repeat(1 + Math.floor(this.#random() * 20)), { deltas: 5 }));
  }

  #call() {
    this.#id += 1;
    const id = `call_${this.#id}`;
    const calls = [
      () => shell("echo hi", {}, id),
      () => shell("exit 7", {}, id),
      () => shell("seq 1 20000", {}, id),
      () => shell("sleep 100", { timeout_ms: 100 }, id),
      () => shell("echo out > ../outside.txt", {}, id),
      () => shell("(sleep 100 &) ; echo survivor", {}, id),
      () => patch(`*** Add File: new-${this.#id}.txt\n+x\n`, id),
      () => patch("*** Update File: a.txt\n@@\n-nope\n+x\n", id),
      () => functionCall("update_plan", { plan: [{ step: "s", status: "in_progress" }] }, id),
      () => functionCall("no_such_tool", {}, id),
      () => functionCall("shell_command", "{broken", id),
      () => functionCall("view_image", { path: "nothing.png" }, id),
      () => functionCall("spawn_agent", { message: "a task" }, id),
      () => shell("rm -rf new-*.txt", {}, id),
    ];
    const chosen = calls[Math.floor(this.#random() * calls.length)];
    return chosen === undefined ? [] : chosen();
  }
}

/** Megabytes that are in use after everything that can go is gone. */
async function memory(): Promise<number> {
  for (let pass = 0; pass < 3; pass += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    globalThis.gc?.();
  }
  return Math.round(process.memoryUsage().heapUsed / 1_048_576);
}

/** mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
