/** A code review: another thread looks at the changes, this one shows its work and keeps its result. */

import type {
  ReviewItem,
  ReviewOutput,
  ReviewRequest,
  ThreadEvent,
  TokenUsageInfo,
  TurnOutcome,
} from "@codex-ts/protocol";
import { renderReview } from "@codex-ts/protocol";
import { review as reviewInstructions } from "../generated/prompts.js";
import { assistantMessage, userMessage } from "../instructions/messages.js";
import { INTERRUPTED_REVIEW, parseReview, reviewRecord } from "../review/review-output.js";
import { reviewHint, reviewPrompt } from "../review/review-request.js";
import type { ThreadConfig } from "../session/services.js";
import type { Thread } from "../threads/thread.js";
import { TurnFailure, type Turn } from "../turn/turn.js";
import type { Task } from "./task.js";

/** The id of the message that shows a review's result; clients know it. */
const RESULT_ID = "review_rollout_assistant";

/** A turn that reviews. */
export function reviewTask(request: ReviewRequest): Task {
  return {
    kind: "review",
    steering: "refuses",
    input: [],
    run: (turn) => review(request, turn),
  };
}

// helpers

async function review({ target, user_facing_hint: givenHint }: ReviewRequest, turn: Turn): Promise<string> {
  const { session } = turn;
  const prompt = await promptOrFail(target, turn);
  const item: ReviewItem = {
    type: "review",
    id: turn.id,
    target,
    hint: givenHint ?? reviewHint(target),
    status: "inProgress",
    output: null,
  };
  session.items.start(item, turn.id);
  session.emit({ type: "turn.started", contextWindow: turn.model.usableWindow }, turn.id);
  const outcome = await runReviewer(prompt, turn);
  const output = outcome.answer === null ? null : parseReview(outcome.answer);
  const text = output === null ? INTERRUPTED_REVIEW : renderReview(output);
  session.items.end({ ...item, status: output === null ? "interrupted" : "completed", output }, turn.id);
  session.items.instant({ type: "agentMessage", id: RESULT_ID, text }, turn.id);
  record(output, text, turn);
  if (outcome.failure !== null) throw outcome.failure;
  return text;
}

async function promptOrFail(target: ReviewRequest["target"], turn: Turn): Promise<string> {
  try {
    return await reviewPrompt(target, turn.settings.cwd, turn.signal);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TurnFailure({ message: error.message, info: "bad_request", additionalDetails: null }, { cause: error });
  }
}

function record(output: ReviewOutput | null, text: string, turn: Turn): void {
  turn.session.record([userMessage(reviewRecord(output)), assistantMessage(text)], turn.id);
}

interface ReviewerOutcome {
  /** What the reviewer said last; null when it was cut short or failed. */
  answer: string | null;
  failure: TurnFailure | null;
}

/** Runs the reviewer in a thread of its own and shows its work in this turn. */
async function runReviewer(prompt: string, turn: Turn): Promise<ReviewerOutcome> {
  const { session, signal } = turn;
  const thread = await session.children.start(reviewerConfig(turn), { subagent: "review" }, session.services.mcp);
  const relay = new Relay(thread, turn);
  const ended = relay.untilTurnEnds();
  const interrupt = (): void => {
    thread.submit({ type: "interrupt" }).catch(() => undefined); // a thread that is closed is interrupted enough
  };
  try {
    await thread.submit({ type: "user_input", items: [{ type: "text", text: prompt, text_elements: [] }] });
    if (signal.aborted) interrupt();
    else signal.addEventListener("abort", interrupt, { once: true });
    const { outcome, lastMessage } = await ended;
    const failure = outcome.kind === "failed" ? new TurnFailure(outcome.error) : null;
    return { answer: outcome.kind === "completed" ? (lastMessage ?? "") : null, failure };
  } finally {
    signal.removeEventListener("abort", interrupt);
    await session.children.close(thread.id);
  }
}

/** The reviewer works like this thread, with instructions of its own, no history and no web. */
function reviewerConfig({ session, settings }: Turn): ThreadConfig {
  return {
    ...session.config,
    cwd: settings.cwd,
    model: session.config.reviewModel ?? settings.model,
    modelReasoningEffort: settings.effort,
    approvalPolicy: settings.approvalPolicy,
    sandboxPolicy: settings.sandboxPolicy,
    baseInstructions: reviewInstructions,
    webSearch: "disabled",
  };
}

/** Shows a reviewer's items and asks its questions as if they were this turn's. Its messages are kept back: the last one is the result. */
class Relay {
  readonly #thread: Thread;
  readonly #turn: Turn;
  readonly #hidden = new Set<string>();
  /** What the reviewer has spent. */
  #used: TokenUsageInfo | null = null;

  constructor(thread: Thread, turn: Turn) {
    this.#thread = thread;
    this.#turn = turn;
  }

  untilTurnEnds(): Promise<{ outcome: TurnOutcome; lastMessage: string | null }> {
    return new Promise((resolve) => {
      this.#thread.subscribe((event) => {
        this.#show(event);
        // It may be closed together with this one, before its turn began.
        if (event.type === "notice" && event.notice.kind === "shutdownComplete") {
          resolve({ outcome: { kind: "interrupted", reason: "interrupted" }, lastMessage: null });
        }
        if (event.type !== "turn.ended") return;
        this.#countTokens();
        resolve({ outcome: event.outcome, lastMessage: event.lastAgentMessage });
      });
    });
  }

  #countTokens(): void {
    const { session, model, id } = this.#turn;
    if (this.#used !== null) session.meter.noteSideUsage(this.#used.total_token_usage, model.usableWindow, id);
  }

  #show(event: ThreadEvent): void {
    const { session, id: turnId, signal } = this.#turn;
    switch (event.type) {
      case "item.started":
        if (event.item.type === "agentMessage") this.#hidden.add(event.item.id);
        else session.items.start(event.item, turnId);
        break;
      case "item.delta":
        if (!this.#hidden.has(event.itemId)) session.items.delta(event.itemId, event.delta);
        break;
      case "item.ended":
        if (!this.#hidden.delete(event.item.id)) session.items.end(event.item, turnId);
        break;
      case "question.asked":
        void session.questions.ask(event.question, turnId, signal).then((answer) => {
          this.#thread.answer(event.question.id, answer);
        });
        break;
      case "turn.plan":
        session.emit({ type: "turn.plan", plan: event.plan }, turnId);
        break;
      case "usage":
        this.#used = event.usage ?? this.#used;
        break;
      case "notice":
        if (event.notice.kind === "retrying" || event.notice.kind === "warning") {
          session.emit({ type: "notice", notice: event.notice }, turnId);
        }
        break;
      default:
        break;
    }
  }
}
