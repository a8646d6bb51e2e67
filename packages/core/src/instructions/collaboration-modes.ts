/** The ways of working together that a person can choose, with what each tells the model. */

import type { CollaborationModeMask } from "@codex-ts/protocol";
import { modeCode, modeExecute, modePairProgramming, modePlan } from "../generated/prompts.js";

/** The presets in the order in which they are shown; null members leave the current setting. */
export function collaborationModes(): CollaborationModeMask[] {
  return [
    { name: "Plan", mode: "plan", model: null, reasoning_effort: "medium", developer_instructions: modePlan },
    { name: "Code", mode: "code", model: null, reasoning_effort: null, developer_instructions: modeCode },
    {
      name: "Pair Programming",
      mode: "pair_programming",
      model: null,
      reasoning_effort: "medium",
      developer_instructions: modePairProgramming,
    },
    { name: "Execute", mode: "execute", model: null, reasoning_effort: "high", developer_instructions: modeExecute },
  ];
}
