/** The patch tool, in both its forms, and patches that models send through a shell. */

import { isAbsolute, resolve } from "node:path";
import type { FileChangeItem } from "@codex-ts/protocol";
import type { PatchPlan } from "@codex-ts/apply-patch";
import { linkedTargets } from "../approvals/linked-targets.js";
import { decidePatch } from "../approvals/patch-verdict.js";
import type { CommandCall } from "../execution/command-call.js";
import { runPatch, type PatchRun } from "../execution/patch-run.js";
import { refuseEscalation } from "../approvals/command-verdict.js";
import { userMessage } from "../instructions/messages.js";
import { throwIfAborted, type Turn } from "../turn/turn.js";
import { parseArguments, required, string } from "./arguments.js";
import { asJson } from "./output-format.js";
import { ToolError, type Tool, type ToolCall } from "./tool.js";

const PATCH_TIMEOUT_MS = 10_000;

/** What a freeform patch must look like; the parser is more lenient. */
const GRAMMAR = `start: begin_patch hunk+ end_patch
begin_patch: "*** Begin Patch" LF
end_patch: "*** End Patch" LF?

hunk: add_hunk | delete_hunk | update_hunk
add_hunk: "*** Add File: " filename LF add_line+
delete_hunk: "*** Delete File: " filename LF
update_hunk: "*** Update File: " filename LF change_move? change?

filename: /(.+)/
add_line: "+" /(.*)/ LF -> line

change_move: "*** Move to: " filename LF
change: (change_context | change_line)+ eof_line?
change_context: ("@@" | "@@ " /(.+)/) LF
change_line: ("+" | "-" | " ") /(.*)/ LF
eof_line: "*** End of File" LF

%import common.LF
`;

async function run(call: ToolCall, { turn }: { turn: Turn }): Promise<string> {
  const text =
    call.payload.kind === "custom"
      ? call.payload.input
      : call.payload.kind === "function"
        ? parseArguments(call.payload.arguments, { input: required(string) }).input
        : null;
  if (text === null) throw new ToolError("apply_patch takes the patch as its input");
  return await applyPatch(call.callId, text, turn.settings.cwd, PATCH_TIMEOUT_MS, turn);
}

/** The patch tool as free text under a grammar. */
export const freeformPatchTool: Tool = {
  names: ["apply_patch"],
  parallel: false,
  abortStyle: "plain",
  definition: {
    type: "custom",
    name: "apply_patch",
    description: "Edits files by a patch. The input is the patch itself: free text, not JSON.",
    format: { type: "grammar", syntax: "lark", definition: GRAMMAR },
  },
  run,
};

/** The patch tool as a function. */
export const functionPatchTool: Tool = {
  names: ["apply_patch"],
  parallel: false,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "apply_patch",
    description: `Edits files by a patch in this form:

*** Begin Patch
[one or more file sections]
*** End Patch

A section begins with one of
*** Add File: <path>     every following line begins with + and is a line of the new file
*** Delete File: <path>  nothing follows
*** Update File: <path>  optionally followed by *** Move to: <new path>, then hunks

A hunk is a stretch of lines that begin with a space (context), - (removed) or + (added). Give three lines of context before and after each change. Where that does not identify the place, put @@ and the enclosing class or function on a line before the hunk; several such lines may follow each other. *** End of File after a hunk pins it to the end of the file.
Paths are relative, never absolute. New lines begin with + also in new files.`,
    strict: false,
    parameters: {
      type: "object",
      properties: { input: { type: "string", description: "The whole patch." } },
      required: ["input"],
      additionalProperties: false,
    },
  },
  run,
};

/**
 * Applies the patch that a shell call turns out to be.
 * @returns the output for the model; null when the call is an ordinary command
 */
export async function interceptPatch(call: ToolCall, command: CommandCall, turn: Turn): Promise<string | null> {
  // Almost every command is none; telling that must not load the patch engine.
  if (!mayHoldPatch(command.argv)) return null;
  const { recogniseApplyPatch } = await import("@codex-ts/apply-patch");
  const found = recogniseApplyPatch(command.argv, command.cwd);
  switch (found.kind) {
    case "notPatch":
      return null;
    case "implicit":
    case "invalid":
      throw refusal(call.callId, {}, found.message, turn);
    case "patch": {
      // Refused as a command, before anybody looks at what it is.
      if (refuseEscalation(command.permissions, turn.settings.approvalPolicy) !== null) return null;
      const onVerified = (): void => adviseTool(call.name, turn);
      return await applyPatch(call.callId, found.patch, found.workdir, command.timeoutMs, turn, onVerified);
    }
  }
}

// helpers

function mayHoldPatch(argv: readonly string[]): boolean {
  return argv.some((word) => /apply_?patch|\*\*\* Begin Patch/.test(word));
}

/** Tells the model, not the user, that there is a tool for this. */
function adviseTool(toolName: string, turn: Turn): void {
  const text = `Warning: apply_patch was requested via ${toolName}. Use the apply_patch tool instead of exec_command.`;
  // Between a call and its output servers allow nothing, so it follows the output.
  turn.pending.push({ kind: "item", item: userMessage(text) });
}

async function applyPatch(
  callId: string,
  text: string,
  cwd: string,
  timeoutMs: number,
  turn: Turn,
  onVerified: () => void = () => undefined,
): Promise<string> {
  const plan = await verify(callId, text, cwd, turn);
  onVerified();
  const { session, settings } = turn;
  const paths = plan.touched.flatMap(({ path, movePath }) => (movePath === null ? [path] : [path, movePath]));
  // What is written lies elsewhere than what is named when a link is on the way: both must be allowed, and are granted.
  const written = plan.writes.map(({ path }) => path);
  const targets = [...paths, ...written];
  const insideWritableRoots = session.allWritable(targets, settings);
  const verdict = decidePatch(
    {
      empty: paths.length === 0,
      insideWritableRoots,
      enforceable: session.services.runner.enforces(settings.sandboxPolicy),
    },
    settings.approvalPolicy,
    settings.sandboxPolicy,
  );
  if (verdict.kind === "refuse") throw refusal(callId, plan.changes, `patch rejected: ${verdict.reason}`, turn);

  const asks = verdict.kind === "ask" && !session.grants.allowsPaths(targets);
  const item = fileChange(callId, plan.changes, !asks);
  session.items.start(item, turn.id);
  if (asks) await ask(item, targets, throughLinks(linkedTargets(paths, written, cwd)), turn);
  throwIfAborted(turn.signal);
  await session.checkpoints.before("writes", settings.cwd, turn.id, turn.signal);
  throwIfAborted(turn.signal);

  // What a person approved outside of the writable folders cannot be applied under the policy that forbids it.
  const sandboxed = verdict.kind === "apply" ? verdict.sandboxed : insideWritableRoots && isSandboxed(turn);
  turn.diff.before(plan.touched);
  const startedAt = performance.now();
  let result = await runPatch({ text, plan, cwd, timeoutMs, sandboxed }, turn);
  if (result.denied && settings.approvalPolicy !== "never") {
    await ask(item, targets, RETRY_REASON, turn);
    throwIfAborted(turn.signal);
    result = await runPatch({ text, plan, cwd, timeoutMs, sandboxed: false }, turn);
  }
  const durationMs = performance.now() - startedAt;
  tellOutput(item, result, turn);
  session.items.end(endedItem(item, result, turn), turn.id);
  if (result.exitCode === 0) turn.diff.after(plan.touched);
  await turn.diff.announce();
  const output = result.stdout + result.stderr;
  return asJson({ output, exitCode: result.exitCode, durationMs, timedOut: result.timedOut }, turn.truncation);
}

/** Why a patch is asked about that writes what it does not name; null: it names all. */
function throughLinks(targets: readonly string[]): string | null {
  return targets.length === 0 ? null : `it writes through a link: ${targets.join(", ")}`;
}

const RETRY_REASON = "command failed; retry without sandbox?";

function isSandboxed({ settings }: Turn): boolean {
  return settings.sandboxPolicy.type === "workspace-write" || settings.sandboxPolicy.type === "read-only";
}

function fileChange(id: string, changes: FileChangeItem["changes"], autoApproved: boolean): FileChangeItem {
  return { type: "fileChange", id, changes, autoApproved, status: "inProgress", stdout: "", stderr: "" };
}

/** People see that there was a patch and why it was not applied; the model is told the same. */
function refusal(callId: string, changes: FileChangeItem["changes"], message: string, turn: Turn): ToolError {
  const item = fileChange(callId, changes, true);
  turn.session.items.start(item, turn.id);
  turn.session.items.end({ ...item, status: "failed", stderr: message }, turn.id);
  return new ToolError(message);
}

async function verify(callId: string, text: string, cwd: string, turn: Turn): Promise<PatchPlan> {
  const { planPatch, nodePatchFiles, recoverInterrupted, PatchCommitError, PatchParseError, PatchPlanError } =
    await import("@codex-ts/apply-patch");
  try {
    await recoverInterrupted(cwd, { signal: turn.signal });
    return await planPatch(text, { cwd, files: nodePatchFiles, signal: turn.signal });
  } catch (error) {
    const isMisfit = error instanceof PatchParseError || error instanceof PatchPlanError;
    // Another patch is being applied here, or one that was cut off cannot be undone.
    const isBlocked = error instanceof PatchCommitError;
    if (isMisfit || isBlocked) {
      throw refusal(callId, {}, error.forModel, turn);
    }
    throw error;
  }
}

/** @param targets what an approval for the session holds for */
async function ask(item: FileChangeItem, targets: readonly string[], reason: string | null, turn: Turn): Promise<void> {
  const { session } = turn;
  const answer = await session.questions.ask(
    {
      kind: "fileChange",
      id: item.id,
      itemId: item.id,
      changes: absoluteKeys(item.changes, turn.settings.cwd),
      reason,
      grantRoot: null,
    },
    turn.id,
    turn.signal,
  );
  const decision = answer.kind === "fileChange" ? answer.decision : "denied";
  // Nobody refused it: the turn was cut short while the question was open.
  if (decision === "denied") throwIfAborted(turn.signal);
  if (decision === "approved_for_session") session.grants.allowPaths(targets);
  if (decision === "approved" || decision === "approved_for_session") return;
  session.items.end({ ...item, status: "declined", stderr: "patch rejected by user" }, turn.id);
  throw new ToolError("patch rejected by user");
}

function absoluteKeys(changes: FileChangeItem["changes"], cwd: string): FileChangeItem["changes"] {
  return Object.fromEntries(
    Object.entries(changes).map(([path, change]) => [isAbsolute(path) ? path : resolve(cwd, path), change]),
  );
}

/** What the patch program said, as the output of the item. */
function tellOutput({ id }: FileChangeItem, result: PatchRun, { session }: Turn): void {
  for (const stream of ["stdout", "stderr"] as const) {
    if (result[stream] !== "") {
      session.items.delta(id, { kind: "commandOutput", stream, chunk: Buffer.from(result[stream]) });
    }
  }
}

function endedItem(item: FileChangeItem, result: PatchRun, turn: Turn): FileChangeItem {
  const status = turn.signal.aborted ? "interrupted" : result.exitCode === 0 ? "completed" : "failed";
  return { ...item, status, stdout: result.stdout, stderr: result.stderr };
}
