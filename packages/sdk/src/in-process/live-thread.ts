/** A thread of core, and the turn that listens to it. */

import type { Config } from "@codex-ts/config";
import type { Thread } from "@codex-ts/core";
import type { ThreadEvent as CoreEvent } from "@codex-ts/protocol";
import { ThreadBusyError } from "./errors.js";

type Listener = (event: CoreEvent) => void;

/** Hands the events of a thread to one turn at a time. What is asked between turns is refused. */
export class LiveThread {
  readonly core: Thread;
  #listener: Listener | null = null;
  /** Events from before the first turn; null once they are told, and for agents of threads, which run turns of their own. */
  #early: CoreEvent[] | null;

  constructor(core: Thread, onCoreEvent: Listener | undefined) {
    this.core = core;
    this.#early = typeof core.source === "string" ? [] : null;
    core.subscribe((event) => {
      onCoreEvent?.(event);
      if (this.#listener !== null) this.#listener(event);
      else this.#early?.push(event);
      if (this.#listener === null && event.type === "question.asked") core.refuseQuestions("policy");
    });
  }

  /** Hears the thread until the returned function is called. @throws {ThreadBusyError} */
  attach(listener: Listener): () => void {
    if (this.#listener !== null) throw new ThreadBusyError(this.core.id);
    this.#listener = listener;
    for (const event of this.#early ?? []) listener(event);
    this.#early = null;
    return () => {
      this.#listener = null;
    };
  }

  /** Sets what a configuration says about turns; for the turn that is attached. */
  async configure(config: Config): Promise<void> {
    await this.core.submit({
      type: "override_turn_context",
      cwd: config.cwd,
      approval_policy: config.approvalPolicy,
      sandbox_policy: config.sandboxPolicy,
      effort: config.modelReasoningEffort,
      summary: config.modelReasoningSummary,
      ...(config.model === null ? {} : { model: config.model }),
    });
  }
}
