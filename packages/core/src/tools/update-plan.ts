/** The tool by which the model keeps a plan that the user sees. */

import type { StepStatus } from "@codex-ts/protocol";
import { array, object, oneOf, optional, parseArguments, required, string } from "./arguments.js";
import { functionArguments } from "./shell.js";
import type { Tool } from "./tool.js";

const step = object(
  {
    step: required(string),
    status: required(oneOf<StepStatus>(["pending", "in_progress", "completed"])),
  },
  { strict: true },
);

/** Replaces the plan. */
export const updatePlanTool: Tool = {
  names: ["update_plan"],
  parallel: false,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "update_plan",
    description: `Sets the plan of the task, which the user sees. Send the whole plan each time: its steps with their states, and an explanation if it changed.
At most one step may be in_progress.`,
    strict: false,
    parameters: {
      type: "object",
      properties: {
        explanation: { type: "string" },
        plan: {
          type: "array",
          items: {
            type: "object",
            properties: {
              status: { type: "string", description: "pending, in_progress or completed." },
              step: { type: "string" },
            },
            required: ["step", "status"],
            additionalProperties: false,
          },
          description: "The steps, in order.",
        },
      },
      required: ["plan"],
      additionalProperties: false,
    },
  },
  run(call, { turn }) {
    const args = parseArguments(
      functionArguments(call),
      { explanation: optional(string), plan: required(array(step)) },
      { strict: true },
    );
    turn.session.emit({ type: "turn.plan", plan: args }, turn.id);
    return Promise.resolve("Plan updated");
  },
};
