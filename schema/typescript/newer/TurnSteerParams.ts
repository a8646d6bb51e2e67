// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { UserInput } from "../v2/UserInput";

/** Adds input to the running turn. */
export type TurnSteerParams = {
  threadId: string,
  /** The turn that must be running; otherwise the request fails. */
  expectedTurnId: string,
  input: Array<UserInput>,
  /** The client's own name for the message. */
  clientUserMessageId?: string | null,
};
