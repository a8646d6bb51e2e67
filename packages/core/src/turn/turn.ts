/** A turn: everything that one task works with, fixed when it begins. */

import type { ModelProfile } from "../session/models.js";
import type { TruncationPolicy, TurnError, TurnId } from "@codex-ts/protocol";
import type { TurnConnection } from "@codex-ts/model-client";
import type { ToolSet } from "../tools/tool-set.js";
import type { Session } from "../session/session.js";
import type { SessionSettings } from "../session/settings.js";
import type { CallLock } from "./call-lock.js";
import type { PendingInputs } from "./pending-inputs.js";
import type { TurnDiff } from "./turn-diff.js";

/** A turn in progress. */
export interface Turn {
  readonly id: TurnId;
  readonly session: Session;
  /** The settings at its start; later changes wait for the next turn. */
  readonly settings: SessionSettings;
  readonly model: ModelProfile;
  readonly truncation: TruncationPolicy;
  /** Chosen anew when the MCP servers have joined. */
  tools: ToolSet;
  /** Aborted when the turn is cut short; the reason is an `AbortReason`. */
  readonly signal: AbortSignal;
  readonly connection: TurnConnection;
  readonly lock: CallLock;
  readonly diff: TurnDiff;
  /** JSON schema that the final answer must follow; undefined: none. */
  readonly outputSchema: unknown;
  /** What arrived while the turn runs and has not been told to the model yet. */
  readonly pending: PendingInputs;
}

/** The turn cannot go on. */
export class TurnFailure extends Error {
  override readonly name = "TurnFailure";
  readonly error: TurnError;

  constructor(error: TurnError, options?: ErrorOptions) {
    super(error.message, options);
    this.error = error;
  }
}

/** The turn was cut short; where work is dropped because of it. */
export class TurnAborted extends Error {
  override readonly name = "TurnAborted";
}

/** @throws {TurnAborted} when the turn was cut short */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new TurnAborted("the turn was cut short");
}
