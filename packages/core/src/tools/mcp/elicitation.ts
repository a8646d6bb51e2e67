/** Asks a person what an MCP server wants to know. */

import type { AskPerson, ElicitationAnswer } from "@codex-ts/mcp-client";
import type { Session } from "../../session/session.js";
import type { Turn } from "../../turn/turn.js";

/** Questions of a server that asks while no call runs belong to no turn; clients know them by this id. */
const NO_TURN = "mcp_elicitation_request";

/** Asks during a call. */
export function askDuring(turn: Turn, callId: string): AskPerson {
  return (question, signal) =>
    ask(turn.session, question, { turnId: turn.id, itemId: callId, signal: AbortSignal.any([turn.signal, signal]) });
}

/** Asks at any other time. */
export function askAnytime(session: Session): AskPerson {
  return (question, signal) => ask(session, question, { turnId: NO_TURN, itemId: null, signal });
}

async function ask(
  session: Session,
  question: Parameters<AskPerson>[0],
  place: { turnId: string; itemId: string | null; signal: AbortSignal },
): Promise<ElicitationAnswer> {
  const { server, requestId, message, requestedSchema } = question;
  const id = session.services.newId();
  const answer = await session.questions.ask(
    { kind: "elicitation", id, itemId: place.itemId, server, requestId, message, requestedSchema },
    place.turnId,
    place.signal,
  );
  return answer.kind === "elicitation" ? answer : { action: "cancel", content: null };
}
