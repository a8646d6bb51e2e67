/** Methods that work on a loaded thread's turns: start, steer, interrupt, roll back, compact, and the user's own command. */

import {
  emptyTurn,
  sandboxPolicyFromV2,
  type TurnStartParams,
  type TurnStartResponse,
  userInputFromV2,
} from "@codex-ts/app-server-protocol";
import { checkApprovalPolicy, checkSandboxMode, type Config, ConfigError } from "@codex-ts/config";
import type { ApprovalPolicy, Op, SandboxPolicy } from "@codex-ts/protocol";
import { readRollout } from "@codex-ts/rollout";
import { isAbsolute, resolve } from "node:path";
import { invalidRequest } from "../router/rpc-error.js";
import type { Call, Methods } from "../router/call.js";
import type { LoadedThread } from "../threads/loaded-thread.js";
import { rollBack } from "../threads/roll-back.js";
import { storedThread, storedTurns } from "../threads/thread-view.js";
import { viewFacts } from "./threads.js";

export const turnMethods = {
  "turn/start": (params, call) => startTurn(params, call),

  "turn/steer": ({ threadId, expectedTurnId, input }, call) => {
    const loaded = call.engine.threads.get(threadId);
    const { turn } = loaded;
    if (turn === null) throw invalidRequest("no active turn to steer");
    if (turn.id !== expectedTurnId) {
      throw invalidRequest(`expected active turn id \`${expectedTurnId}\` but found \`${turn.id}\``);
    }
    if (!turn.steers) throw invalidRequest("the active turn takes no input");
    call.afterReply(() => submit(loaded, { type: "user_input", items: input.map(userInputFromV2) }, call));
    return { turnId: turn.id };
  },

  "turn/interrupt": async ({ threadId, turnId }, call) => {
    const loaded = call.engine.threads.get(threadId);
    const { turn } = loaded;
    if (turn === null) return {};
    if (turn.id !== turnId) {
      throw invalidRequest(`turn ${turnId} is not running; the running turn is ${turn.id}`);
    }
    await interrupt(loaded, call, () => call.reply({}));
    return {};
  },

  "thread/rollback": async ({ threadId, numTurns }, call) => {
    if (numTurns < 1) throw invalidRequest("numTurns must be >= 1");
    const loaded = call.engine.threads.get(threadId);
    if (loaded.rollingBack) throw invalidRequest("rollback already in progress for this thread");
    const path = loaded.thread.rolloutPath;
    if (path === null) throw invalidRequest("thread has no persisted rollout");
    await rollBack(loaded, numTurns);
    const rollout = await readRollout(path);
    return { thread: storedThread(rollout, viewFacts(call), await storedTurns(rollout.items)) };
  },

  "thread/compact/start": ({ threadId }, call) => {
    const loaded = call.engine.threads.get(threadId);
    if (loaded.turn !== null) throw invalidRequest("Cannot compact while a turn is in progress.");
    const id = loaded.thread.reserveId();
    call.afterReply(() => begin(loaded, { type: "compact" }, { id, steers: false }, call));
    return {};
  },

  "thread/shellCommand": ({ threadId, command }, call) => {
    const loaded = call.engine.threads.get(threadId);
    if (command.trim() === "") throw invalidRequest("command must not be empty");
    if (loaded.turn !== null) throw invalidRequest("Cannot run a command while a turn is in progress.");
    const id = loaded.thread.reserveId();
    call.afterReply(() => begin(loaded, { type: "run_user_shell_command", command }, { id, steers: false }, call));
    return {};
  },
} satisfies Methods;

/** Stops the running turn. @param onEnd called before anybody hears of the end. Resolves with the end */
export function interrupt(
  loaded: LoadedThread,
  call: Call,
  onEnd: Parameters<LoadedThread["onTurnEnd"]>[0],
): Promise<void> {
  return new Promise((done) => {
    loaded.onTurnEnd((outcome) => {
      onEnd(outcome);
      done();
    });
    loaded.interrupting();
    submit(loaded, { type: "interrupt" }, call);
  });
}

/** Hands an operation to a thread; a thread that is closing takes no more. */
export function submit(loaded: LoadedThread, op: Op, { engine }: Call, id?: string): void {
  loaded.thread.submit(op, id).catch((error: unknown) => engine.server.report(error, op.type));
}

/** Submits an operation that begins a turn whose listeners have been told of it, or will be when it begins. */
export function begin(
  loaded: LoadedThread,
  op: Op,
  { id, steers, announced = false }: { id: string; steers: boolean; announced?: boolean },
  call: Call,
): void {
  loaded.turnSubmitted(id, { steers, announced });
  call.connection.push();
  submit(loaded, op, call, id);
}

/** @throws {RpcError} the administrator forbids a policy: the turn must not run under another one */
export function checkPolicies(
  approval: ApprovalPolicy | undefined,
  sandbox: SandboxPolicy | undefined,
  { requirements }: Pick<Config, "requirements">,
): void {
  try {
    if (approval !== undefined) checkApprovalPolicy(approval, requirements);
    if (sandbox !== undefined) checkSandboxMode(sandbox.type, requirements);
  } catch (error) {
    if (error instanceof ConfigError) throw invalidRequest(error.message);
    throw error;
  }
  if (sandbox !== undefined) checkWritableRoots(sandbox);
}

/** A relative root could mean a folder that nobody meant. @throws {RpcError} in the words that clients know */
export function checkWritableRoots(sandbox: SandboxPolicy): void {
  const roots = sandbox.type === "workspace-write" ? (sandbox.writable_roots ?? []) : [];
  if (roots.every((root) => isAbsolute(root))) return;
  throw invalidRequest("Invalid request: AbsolutePathBuf deserialized without a base path");
}

// helpers

function startTurn(params: TurnStartParams, call: Call): TurnStartResponse {
  const { connection } = call;
  const { threadId } = params;
  const loaded = call.engine.threads.get(threadId);
  const items = params.input.map(userInputFromV2);
  const outputSchema = params.outputSchema === null ? undefined : params.outputSchema;
  const change = settingsChange(params, loaded.thread.config, loaded.thread.settings.cwd);
  if (change !== null) submit(loaded, change, call);
  const op: Op = { type: "user_input", items, final_output_json_schema: outputSchema };
  const { turn: running, inputTurn } = loaded;
  if (inputTurn !== null) {
    // The input goes into that turn, so that is the turn to watch.
    call.afterReply(() => submit(loaded, op, call));
    return { turn: emptyTurn(inputTurn.id, "inProgress") };
  }
  const id = loaded.thread.reserveId();
  const turn = emptyTurn(id, "inProgress");
  call.afterReply(() => {
    if (running === null) connection.notify({ method: "turn/started", params: { threadId: loaded.thread.id, turn } });
    begin(loaded, op, { id, steers: true, announced: running === null }, call);
  });
  return { turn };
}

/**
 * The operation that changes the thread's settings as the turn's parameters say; null when they say nothing.
 * @throws {RpcError} a policy is forbidden
 */
function settingsChange(params: TurnStartParams, config: Config, cwd: string): Op | null {
  const { approvalPolicy, sandboxPolicy, model, effort, summary, personality, collaborationMode } = params;
  const change = {
    ...(params.cwd ? { cwd: resolve(cwd, params.cwd) } : {}),
    ...(approvalPolicy ? { approval_policy: approvalPolicy } : {}),
    ...(sandboxPolicy ? { sandbox_policy: sandboxPolicyFromV2(sandboxPolicy) } : {}),
    ...(model ? { model } : {}),
    ...(effort ? { effort } : {}),
    ...(summary ? { summary } : {}),
    ...(personality ? { personality } : {}),
    ...(collaborationMode ? { collaboration_mode: collaborationMode } : {}),
  };
  if (Object.keys(change).length === 0) return null;
  checkPolicies(change.approval_policy, change.sandbox_policy, config);
  return { type: "override_turn_context", ...change };
}
