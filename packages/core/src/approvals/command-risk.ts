/** Asks the model in a short call of its own how risky a command looks. Advice for a person; off unless the feature is on. */

import { TurnConnection, type ModelRequest } from "@codex-ts/model-client";
import type { CommandRisk, RiskCategory, RiskLevel } from "@codex-ts/protocol";
import { riskAssessment } from "../generated/prompts.js";
import { userMessage } from "../instructions/messages.js";
import type { Turn } from "../turn/turn.js";

/** The question is asked without the advice when it is not there by then. */
const LIMIT_MS = 5_000;

/** What is told of the command. */
export interface CommandToAssess {
  argv: readonly string[];
  cwd: string;
  reason: string | null;
}

/** The model's view; null when the feature is off, or when there is none in time. Never rejects. */
export async function assessRisk(command: CommandToAssess, turn: Turn): Promise<CommandRisk | null> {
  const { session } = turn;
  if (!session.config.features.enabled("experimental_sandbox_command_assessment")) return null;
  const done = new AbortController();
  const signal = AbortSignal.any([turn.signal, done.signal]);
  const late = session.services.sleep(LIMIT_MS, signal).then(() => null);
  try {
    return await Promise.race([late, askModel(command, turn, signal)]);
  } catch (error) {
    if (!turn.signal.aborted) session.services.report(error, "risk assessment");
    return null;
  } finally {
    done.abort();
  }
}

/** The advice in an answer; null when it does not have the asked form. */
export function riskIn(text: string): CommandRisk | null {
  const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null; // an answer in prose is no advice that could be shown as one
  }
  if (typeof value !== "object" || value === null) return null;
  const { level, category, description } = value as Partial<Record<keyof CommandRisk, unknown>>;
  const knownLevel = LEVELS.find((known) => known === level);
  if (knownLevel === undefined || typeof description !== "string") return null;
  return { level: knownLevel, category: CATEGORIES.find((known) => known === category) ?? null, description };
}

// helpers

const LEVELS: readonly RiskLevel[] = ["low", "medium", "high"];
const CATEGORIES: readonly RiskCategory[] = [
  "data_deletion",
  "data_exfiltration",
  "privilege_escalation",
  "system_modification",
  "network_access",
  "resource_exhaustion",
  "compliance",
];

async function askModel(command: CommandToAssess, turn: Turn, signal: AbortSignal): Promise<CommandRisk | null> {
  const { model } = turn.session.services;
  const connection = new TurnConnection();
  let text = "";
  try {
    const retries = model.newRetryBudget();
    for await (const batch of model.stream(riskRequest(command, turn), { signal, turn: connection, retries })) {
      for (const event of batch) {
        if (event.type !== "itemDone" || event.item.type !== "message") continue;
        text = event.item.content.map((part) => ("text" in part ? part.text : "")).join("");
      }
    }
  } finally {
    connection.close();
  }
  return riskIn(text);
}

function riskRequest({ argv, cwd, reason }: CommandToAssess, turn: Turn): ModelRequest {
  const { session, settings, model } = turn;
  return {
    model: settings.model,
    instructions: riskAssessment,
    input: [userMessage(JSON.stringify({ command: argv, cwd, reason }))],
    tools: [],
    parallelToolCalls: false,
    reasoning: model.supportsReasoningSummaries ? { effort: "low", summary: "none" } : null,
    text: undefined,
    promptCacheKey: `${session.id}-risk`,
    threadId: session.id,
    subAgent: session.subAgentLabel ?? undefined,
    webSearchEligible: false,
  };
}
