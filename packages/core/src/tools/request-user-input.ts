/** The tool by which the model asks the user something and waits for the answer. */

import type { CollaborationMode } from "@codex-ts/protocol";
import { array, boolean, object, optional, parseArguments, required, string, withDefault } from "./arguments.js";
import { functionArguments } from "./shell.js";
import { ToolError, type Tool } from "./tool.js";

const option = object({ label: required(string), description: required(string) });
const question = object({
  id: required(string),
  header: required(string),
  question: required(string),
  isOther: withDefault(boolean, false),
  options: optional(array(option)),
});

/** Asks in the modes that are made for it; elsewhere the user wants the work done, not questions. */
export const requestUserInputTool: Tool = {
  names: ["request_user_input"],
  parallel: false,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "request_user_input",
    description:
      "Asks the user one to three short questions and waits for the answers. Only in Plan and Pair Programming mode.",
    strict: false,
    parameters: {
      type: "object",
      properties: {
        questions: {
          type: "array",
          items: {
            type: "object",
            properties: {
              header: { type: "string", description: "A label of at most 12 characters." },
              id: { type: "string", description: "A name for the answer, in snake_case." },
              isOther: { type: "boolean", description: "Whether the user may also answer in their own words." },
              options: {
                type: "array",
                items: {
                  type: "object",
                  properties: {
                    description: { type: "string", description: "One sentence about what choosing it means." },
                    label: { type: "string", description: "The choice in one to five words." },
                  },
                  required: ["label", "description"],
                  additionalProperties: false,
                },
                description: "Two or three choices that exclude each other, the recommended one first.",
              },
              question: { type: "string", description: "The question, in one sentence." },
            },
            required: ["id", "header", "question", "isOther"],
            additionalProperties: false,
          },
          description: "What to ask.",
        },
      },
      required: ["questions"],
      additionalProperties: false,
    },
  },
  async run(call, { turn, signal }) {
    const { mode } = turn.settings.collaborationMode;
    if (mode !== "plan" && mode !== "pair_programming") {
      throw new ToolError(`request_user_input is unavailable in ${MODE_NAMES[mode]} mode`);
    }
    const { questions } = parseArguments(functionArguments(call), { questions: required(array(question)) });
    const asked = { kind: "userInput" as const, id: call.callId, itemId: call.callId, questions };
    const answer = await turn.session.questions.ask(asked, turn.id, signal);
    if (answer.kind !== "userInput" || answer.response === null) {
      throw new ToolError("request_user_input was cancelled before receiving a response");
    }
    return JSON.stringify(answer.response);
  },
};

const MODE_NAMES: Record<Exclude<CollaborationMode["mode"], "plan" | "pair_programming">, string> = {
  code: "Code",
  execute: "Execute",
  custom: "Custom",
};
