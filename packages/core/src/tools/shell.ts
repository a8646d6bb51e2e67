/** The tools that run one command to its end: `shell`, `shell_command`, and the model's built-in shell. */

import { resolve } from "node:path";
import type { LocalShellAction } from "@codex-ts/protocol";
import { performCommand, type CommandCall } from "../execution/command-call.js";
import type { RunOutcome } from "../execution/command-runner.js";
import { sandboxPermissions } from "../approvals/command-verdict.js";
import { interceptPatch } from "./apply-patch.js";
import { array, boolean, count, oneOf, optional, parseArguments, required, string, withDefault } from "./arguments.js";
import { asJson, asText } from "./output-format.js";
import type { Turn } from "../turn/turn.js";
import { ToolError, type Tool, type ToolCall, type ToolContext } from "./tool.js";

const DEFAULT_TIMEOUT_MS = 10_000;

/** What every command tool takes besides the command. */
export const permissionArguments = {
  sandbox_permissions: withDefault(oneOf(sandboxPermissions), "use_default"),
  justification: optional(string),
};

/** How the model is told of {@link permissionArguments}. */
export const permissionProperties = {
  justification: {
    type: "string",
    description:
      'Only with sandbox_permissions "require_escalated": one sentence, as a question to the user, saying what the command does and why it must leave the sandbox.',
  },
  sandbox_permissions: {
    type: "string",
    description: 'The command\'s rights: "use_default", or "require_escalated" to ask for a run outside the sandbox.',
  },
};

/** Runs an argv. */
export const shellTool: Tool = {
  names: ["shell", "container.exec"],
  parallel: false,
  abortStyle: "wallTime",
  definition: {
    type: "function",
    name: "shell",
    description: `Runs a command and returns its output.
The command is an argument vector for execvp(): to use shell syntax, begin with ["bash", "-lc"]. Always set workdir; do not use cd unless there is no other way.`,
    strict: false,
    parameters: {
      type: "object",
      properties: {
        command: { type: "array", items: { type: "string" }, description: "The program and its arguments." },
        justification: permissionProperties.justification,
        sandbox_permissions: permissionProperties.sandbox_permissions,
        timeout_ms: { type: "number", description: "Milliseconds after which the command is ended. Default 10000." },
        workdir: { type: "string", description: "The folder to run in. Default: the working directory of the turn." },
      },
      required: ["command"],
      additionalProperties: false,
    },
  },
  async run(call, { turn }) {
    const args = parseArguments(functionArguments(call), {
      command: required(array(string)),
      workdir: optional(string),
      timeout_ms: optional(count, ["timeout"]),
      ...permissionArguments,
    });
    const outcome = await runOrPatch(call, args.command, args, turn);
    return typeof outcome === "string" ? outcome : asJson(outcomeText(outcome), turn.truncation);
  },
};

/** Runs a script in the user's shell. */
export const shellCommandTool: Tool = {
  names: ["shell_command"],
  parallel: false,
  abortStyle: "wallTime",
  definition: {
    type: "function",
    name: "shell_command",
    description: `Runs a shell script in the user's default shell and returns its output.
Always set workdir; do not use cd unless there is no other way.`,
    strict: false,
    parameters: {
      type: "object",
      properties: {
        command: { type: "string", description: "The script." },
        justification: permissionProperties.justification,
        login: { type: "boolean", description: "Whether the shell reads the user's login files. Default true." },
        sandbox_permissions: permissionProperties.sandbox_permissions,
        timeout_ms: { type: "number", description: "Milliseconds after which the command is ended. Default 10000." },
        workdir: { type: "string", description: "The folder to run in. Default: the working directory of the turn." },
      },
      required: ["command"],
      additionalProperties: false,
    },
  },
  async run(call, { turn }) {
    const args = parseArguments(functionArguments(call), {
      command: required(string),
      workdir: optional(string),
      login: withDefault(boolean, true),
      timeout_ms: optional(count, ["timeout"]),
      ...permissionArguments,
    });
    const argv = turn.session.services.shell.argv(args.command, { login: args.login });
    const outcome = await runOrPatch(call, argv, args, turn);
    return typeof outcome === "string" ? outcome : asText(outcomeText(outcome), turn.truncation);
  },
};

/** Answers the calls of the shell that some models have built in. */
export const localShellTool: Tool = {
  names: ["local_shell"],
  parallel: false,
  abortStyle: "wallTime",
  definition: { type: "local_shell" },
  async run(call, context) {
    if (call.payload.kind === "function") return await shellTool.run(call, context);
    return await runLocalShell(call, localAction(call), context);
  },
};

/** The JSON text of a function call. @throws {ToolError} for another kind of payload */
export function functionArguments(call: ToolCall): string {
  if (call.payload.kind === "function") return call.payload.arguments;
  throw new ToolError(`tool ${call.name} takes JSON arguments; it was called with another kind of payload`);
}

// helpers

interface CommonArguments {
  workdir: string | null;
  timeout_ms: number | null;
  sandbox_permissions: CommandCall["permissions"];
  justification: string | null;
}

/** Runs the command, or applies the patch that it turns out to be. @returns the patch's output, or the run's outcome */
async function runOrPatch(
  call: ToolCall,
  argv: readonly string[],
  args: CommonArguments,
  turn: Turn,
): Promise<string | RunOutcome> {
  const command: CommandCall = {
    callId: call.callId,
    argv,
    cwd: resolve(turn.settings.cwd, args.workdir ?? ""),
    timeoutMs: args.timeout_ms ?? DEFAULT_TIMEOUT_MS,
    permissions: args.sandbox_permissions,
    justification: args.justification,
  };
  return (await interceptPatch(call, command, turn)) ?? (await performCommand(command, turn));
}

function localAction(call: ToolCall): LocalShellAction {
  if (call.payload.kind === "localShell") return call.payload.action;
  throw new ToolError(`tool ${call.name} was called with another kind of payload`);
}

async function runLocalShell(call: ToolCall, action: LocalShellAction, { turn }: ToolContext): Promise<string> {
  if (call.callId === "") throw new ToolError("LocalShellCall without call_id or id");
  const args: CommonArguments = {
    workdir: action.working_directory ?? null,
    timeout_ms: action.timeout_ms ?? null,
    sandbox_permissions: "use_default",
    justification: null,
  };
  const outcome = await runOrPatch(call, action.command, args, turn);
  return typeof outcome === "string" ? outcome : asJson(outcomeText(outcome), turn.truncation);
}

function outcomeText(outcome: RunOutcome): Parameters<typeof asText>[0] {
  return { ...outcome, output: outcome.aggregated };
}
