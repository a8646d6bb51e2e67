/** Carries out operations on a session: each kind in one place. */

import { checkApprovalPolicy, checkSandboxMode, ConfigError } from "@codex-ts/config";
import type { Answer, AnsweredBy, QuestionId, Submission, TurnId, UserInput } from "@codex-ts/protocol";
import { compactTask } from "../tasks/compact.js";
import { regularTask } from "../tasks/regular.js";
import { reviewTask } from "../tasks/review.js";
import type { TaskRunner } from "../tasks/task-runner.js";
import { undoTask } from "../tasks/undo.js";
import { userShellTask } from "../tasks/user-shell.js";
import { answerQuery } from "./queries.js";
import { rollBack } from "./rollback.js";
import type { Session } from "./session.js";
import { withOverride, withTurnSettings, type SessionSettings } from "./settings.js";

/** Performs the operations of one thread. */
export class Operations {
  readonly #session: Session;
  readonly #tasks: TaskRunner;
  /** Input that came while a task ran that takes none, in its order. */
  #waitingInput: Promise<void> = Promise.resolve();
  #inputWaits = 0;

  constructor(session: Session, tasks: TaskRunner) {
    this.#session = session;
    this.#tasks = tasks;
  }

  get activeTurnId(): TurnId | null {
    return this.#tasks.turn?.id ?? null;
  }

  /** Carries out one operation; long work goes on after it returns. */
  async perform({ id, op }: Submission): Promise<void> {
    switch (op.type) {
      case "user_input":
        return await this.#input(id, op.items, op.final_output_json_schema);
      case "user_turn":
        if (!this.#changeSettings(id, withTurnSettings(this.#session.settings, op))) return;
        return await this.#input(id, op.items, op.final_output_json_schema);
      case "override_turn_context":
        this.#changeSettings(id, withOverride(this.#session.settings, op));
        return;
      case "interrupt":
        if (!(await this.#tasks.abort("interrupted"))) this.#session.services.mcp.cancelStartup();
        return;
      case "exec_approval":
        return this.#approve(op.id, { kind: "command", decision: op.decision });
      case "patch_approval":
        return this.#approve(op.id, { kind: "fileChange", decision: op.decision });
      case "resolve_elicitation": {
        const content = op.decision === "accept" ? (op.content ?? {}) : null;
        const answer: Answer = { kind: "elicitation", action: op.decision, content };
        this.#session.questions.answerElicitation(op.server_name, op.request_id, answer);
        return;
      }
      case "user_input_answer":
        this.answer(op.id, { kind: "userInput", response: op.response }, "client");
        return;
      case "dynamic_tool_response":
        this.answer(op.id, { kind: "clientTool", output: op.response.output, success: op.response.success }, "client");
        return;
      case "compact":
        return await this.#tasks.start(compactTask(), id);
      case "thread_rollback":
        return rollBack(this.#session, op.num_turns, id, this.#tasks.turn !== null);
      case "shutdown":
        return await this.#shutdown(id);
      case "undo":
        return await this.#tasks.start(undoTask(), id);
      case "review":
        return await this.#tasks.start(reviewTask(op.review_request), id);
      case "run_user_shell_command":
        return await this.#tasks.start(userShellTask(op.command), id);
      case "add_to_history":
      case "get_history_entry_request":
      case "list_mcp_tools":
      case "refresh_mcp_servers":
      case "list_custom_prompts":
      case "list_skills":
      case "list_models":
        return await answerQuery(this.#session, op, id);
    }
  }

  /** Answers a question; "abort" also ends the turn. @returns false when nothing waits for it */
  answer(id: QuestionId | TurnId, answer: Answer, by: AnsweredBy): boolean {
    const known = this.#session.questions.answer(id, answer, by);
    const aborts = (answer.kind === "command" || answer.kind === "fileChange") && answer.decision === "abort";
    if (known && aborts) void this.#tasks.abort("interrupted");
    return known;
  }

  #approve(id: string, answer: Answer): void {
    const known = this.answer(id, answer, "client");
    const aborts = (answer.kind === "command" || answer.kind === "fileChange") && answer.decision === "abort";
    // Older clients also send "abort" when they gave up on a question that is gone.
    if (!known && aborts) void this.#tasks.abort("interrupted");
  }

  /** Starts a turn, or steers the one that runs. */
  async #input(id: string, items: UserInput[], outputSchema: unknown): Promise<void> {
    if (this.#inputWaits === 0 && this.#tasks.steer(items)) return;
    if (this.#inputWaits === 0 && this.#tasks.turn === null) return await this.#beginTurn(id, items, outputSchema);
    // A task that takes no input is not cut short by it: the turn begins when the task is done.
    this.#inputWaits += 1;
    this.#waitingInput = this.#waitingInput
      .then(() => this.#beginOrSteer(id, items, outputSchema))
      .catch((error: unknown) => this.#session.services.report(error, "input that waited"))
      .finally(() => (this.#inputWaits -= 1));
  }

  /** Of several messages that waited, the first begins the turn and the others join it. */
  async #beginOrSteer(id: string, items: UserInput[], outputSchema: unknown): Promise<void> {
    while (this.#tasks.turn !== null) {
      if (this.#tasks.steer(items)) return;
      await this.#tasks.idle();
    }
    await this.#beginTurn(id, items, outputSchema);
  }

  async #beginTurn(id: string, items: UserInput[], outputSchema: unknown): Promise<void> {
    this.#session.recordSituation();
    this.#session.services.mcp.applyRefresh();
    await this.#tasks.start(regularTask(items), id, { outputSchema });
  }

  /** @returns false when the administrator forbids them: that is told, and the old ones stay */
  #changeSettings(id: string, settings: SessionSettings): boolean {
    try {
      const { requirements } = this.#session.config;
      checkApprovalPolicy(settings.approvalPolicy, requirements);
      checkSandboxMode(settings.sandboxPolicy.type, requirements);
      this.#session.settings = settings;
      return true;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const told = { message: error.message, info: "bad_request" as const, additionalDetails: null };
      this.#session.emit({ type: "notice", notice: { kind: "error", error: told } }, id);
      return false;
    }
  }

  /** Gives everything back. A part that fails to end holds up no other. */
  async #shutdown(id: string): Promise<void> {
    const { terminals, shellSnapshot, services, rollout, checkpoints } = this.#session;
    await this.#tasks.close();
    for (const end of [
      () => terminals.close(),
      () => checkpoints.close(),
      () => shellSnapshot.close(),
      () => services.mcp.close(),
      () => rollout?.sync(),
    ]) {
      try {
        await end();
      } catch (error) {
        services.report(error, "shutdown");
      }
    }
    this.#session.emit({ type: "notice", notice: { kind: "shutdownComplete" } }, id);
    this.#session.isOver = true;
    await rollout?.close();
  }
}
