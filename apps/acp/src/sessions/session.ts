/** One session: a thread that the editor prompts, watches and answers. */

import {
  methods,
  RequestError,
  type AgentContext,
  type ContentBlock,
  type PromptResponse,
  type SessionModeState,
  type SessionUpdate,
} from "@agentclientprotocol/sdk";
import { checkApprovalPolicy, checkSandboxMode, type Config } from "@codex-ts/config";
import type { Thread } from "@codex-ts/core";
import type { Answer, Question, ThreadEvent, ThreadItem } from "@codex-ts/protocol";
import { userInputOf } from "../prompt/user-input.js";
import { storedUpdates, UpdateProjection } from "../updates/updates-of.js";
import { modeIdOf, modesOf, settingsOfMode, type ModeSettings } from "./modes.js";
import { answerOf, permissionOf } from "./permission.js";

/** What a prompt waits for. */
interface OpenPrompt {
  resolve: (response: PromptResponse) => void;
  reject: (error: RequestError) => void;
}

/** Code of the protocol for an agent that needs a login. */
const AUTH_REQUIRED = -32000;

/** A thread of core and its editor. */
export class Session {
  readonly #thread: Thread;
  readonly #config: Config;
  readonly #editor: AgentContext;
  readonly #updates = new UpdateProjection();
  readonly #log: (text: string) => void;
  #prompt: OpenPrompt | null = null;
  #mode: string;
  /** The last thing that was sent: answers come after it. */
  #sent: Promise<void> = Promise.resolve();

  constructor(thread: Thread, config: Config, editor: AgentContext, log: (text: string) => void) {
    this.#thread = thread;
    this.#config = config;
    this.#editor = editor;
    this.#log = log;
    this.#mode = modeIdOf(thread.settings);
    thread.subscribe((event) => this.#hear(event));
  }

  get id(): string {
    return this.#thread.id;
  }

  get modes(): SessionModeState {
    return modesOf(this.#thread.settings);
  }

  /** Runs a turn. @throws {RequestError} when one runs already, or when it fails */
  async prompt(content: readonly ContentBlock[]): Promise<PromptResponse> {
    if (this.#prompt !== null) throw RequestError.invalidRequest(undefined, "a prompt of this session is running");
    const items = userInputOf(content);
    const ended = new Promise<PromptResponse>((resolve, reject) => {
      this.#prompt = { resolve, reject };
    });
    try {
      await this.#thread.submit({ type: "user_input", items });
      return await ended;
    } finally {
      this.#prompt = null;
      await this.#sent;
    }
  }

  /** Cuts the turn short; its prompt is answered with `cancelled`. */
  async cancel(): Promise<void> {
    if (this.#prompt !== null) await this.#thread.submit({ type: "interrupt" });
  }

  /** @throws {RequestError} for a mode that there is not, or that an administrator forbids */
  async setMode(id: string): Promise<Record<string, never>> {
    const { approvalPolicy, sandboxPolicy, requirements } = this.#config;
    const settings = settingsOfMode(id, { approvalPolicy, sandboxPolicy });
    if (settings === null) throw RequestError.invalidParams(undefined, `there is no mode ${id}`);
    try {
      checkApprovalPolicy(settings.approvalPolicy, requirements);
      checkSandboxMode(settings.sandboxPolicy.type, requirements);
    } catch (error) {
      throw RequestError.invalidParams(undefined, error instanceof Error ? error.message : String(error));
    }
    this.#mode = id;
    await this.#thread.submit({
      type: "override_turn_context",
      approval_policy: settings.approvalPolicy,
      sandbox_policy: settings.sandboxPolicy,
    });
    return {};
  }

  /** Tells what a loaded session is made of. */
  async replay(items: readonly ThreadItem[]): Promise<void> {
    for (const item of items) for (const update of storedUpdates(item)) this.#send(update);
    await this.#sent;
  }

  #hear(event: ThreadEvent): void {
    for (const update of this.#updates.take(event)) this.#send(update);
    if (event.type === "thread.configured") this.#tellMode(event.settings);
    if (event.type === "question.asked") void this.#ask(event.question);
    if (event.type === "turn.ended") this.#end(event);
  }

  #tellMode(settings: ModeSettings): void {
    const currentModeId = modeIdOf(settings);
    if (currentModeId === this.#mode) return;
    this.#mode = currentModeId;
    this.#send({ sessionUpdate: "current_mode_update", currentModeId });
  }

  async #ask(question: Question): Promise<void> {
    this.#thread.answer(question.id, await this.#answerTo(question));
  }

  async #answerTo(question: Question): Promise<Answer> {
    switch (question.kind) {
      case "command":
      case "fileChange": {
        const asked = this.#editor.request(methods.client.session.requestPermission, permissionOf(this.id, question));
        const response = await asked.catch((error: unknown) => {
          this.#log(`the editor could not ask for permission: ${String(error)}`);
          return null;
        });
        return answerOf(question, response);
      }
      case "elicitation":
        return { kind: "elicitation", action: "cancel", content: null };
      case "userInput":
        return { kind: "userInput", response: null };
      case "clientTool":
        return { kind: "clientTool", output: "editors run no tools", success: false };
    }
  }

  #end({ outcome }: Extract<ThreadEvent, { type: "turn.ended" }>): void {
    switch (outcome.kind) {
      case "completed":
        return this.#prompt?.resolve({ stopReason: "end_turn" });
      case "interrupted":
        return this.#prompt?.resolve({ stopReason: "cancelled" });
      case "failed": {
        const { message, info } = outcome.error;
        const code = info === "unauthorized" ? AUTH_REQUIRED : RequestError.internalError().code;
        return this.#prompt?.reject(new RequestError(code, message));
      }
    }
  }

  #send(update: SessionUpdate): void {
    const sent = this.#editor.notify(methods.client.session.update, { sessionId: this.id, update });
    this.#sent = sent.catch((error: unknown) => this.#log(`the editor did not take an update: ${String(error)}`));
  }
}
