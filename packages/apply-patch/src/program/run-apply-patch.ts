/** The program `apply_patch`: applies one patch, given as the only argument or on stdin, in the current folder. */

import { readFileSync } from "node:fs";
import { recoverInterrupted } from "../commit/journal.js";
import { PatchCommitError } from "../commit/commit-error.js";
import { commitPlan } from "../commit/commit-plan.js";
import { osReason } from "../os-reason.js";
import { PatchParseError } from "../parse/parse-error.js";
import { parsePatch } from "../parse/parse-patch.js";
import type { Patch } from "../parse/patch.js";
import { fileOperationsOver } from "../disk/file-operations.js";
import { patchFilesOver } from "../disk/file-reader.js";
import { blockingCalls } from "../disk/system-calls.js";
import { PatchedTree } from "../plan/patched-tree.js";
import { PatchPlanError } from "../plan/plan-error.js";
import { planSections } from "../plan/plan-sections.js";

/** The first argument with which the main executable acts as this program. */
export const APPLY_PATCH_FLAG = "--codex-run-as-apply-patch";

/** What the program is connected to. */
export interface ProgramIo {
  /** Absolute. */
  readonly cwd: string;
  /** All of standard input; asked only when there is no argument. */
  stdin(): Uint8Array | Promise<Uint8Array>;
  stdout(text: string): void;
  stderr(text: string): void;
}

/**
 * Runs the program.
 * @param args without the program's own name
 * @returns the exit code: 0 applied, 1 not applied (and nothing changed), 2 wrong use
 */
export async function runApplyPatch(args: readonly string[], io: ProgramIo): Promise<number> {
  const given = await patchText(args, io);
  if (given.kind === "refused") {
    io.stderr(`${given.message}\n`);
    return given.exitCode;
  }
  try {
    const patch = parsePatch(given.text);
    if (patch.sections.length === 0) {
      io.stderr("No files were modified.\n");
      return 1;
    }
    io.stdout(await apply(patch, io.cwd));
    return 0;
  } catch (error) {
    io.stderr(`${messageOf(error)}\n`);
    return 1;
  }
}

type Given =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "refused"; readonly message: string; readonly exitCode: 1 | 2 };

async function patchText(args: readonly string[], io: ProgramIo): Promise<Given> {
  if (args[0] === APPLY_PATCH_FLAG) {
    const patch = args[1];
    return patch === undefined || !isArgumentUtf8(patch)
      ? refused(`Error: ${APPLY_PATCH_FLAG} requires a UTF-8 PATCH argument.`, 1)
      : { kind: "text", text: patch };
  }
  const [patch] = args;
  if (patch === undefined) return patchFromStdin(io);
  if (!isArgumentUtf8(patch)) return refused("Error: apply_patch requires a UTF-8 PATCH argument.", 1);
  if (args.length > 1) return refused("Error: apply_patch accepts exactly one argument.", 2);
  return { kind: "text", text: patch };
}

async function patchFromStdin(io: ProgramIo): Promise<Given> {
  try {
    const bytes = await io.stdin();
    if (bytes.byteLength === 0) return refused("Usage: apply_patch 'PATCH'\n       echo 'PATCH' | apply-patch", 2);
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    const reason = error instanceof TypeError ? "stream did not contain valid UTF-8" : osReason(error);
    return refused(`Error: Failed to read PATCH from stdin.\n${reason}`, 1);
  }
}

function refused(message: string, exitCode: 1 | 2): Given {
  return { kind: "refused", message, exitCode };
}

/**
 * The runtime has put U+FFFD for bytes of an argument that are not UTF-8. Whether that happened is to be seen only in
 * the original bytes, where the system shows them.
 */
function isArgumentUtf8(argument: string): boolean {
  if (!argument.includes("\uFFFD")) return true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(readFileSync("/proc/self/cmdline"));
    return true;
  } catch (error) {
    return !(error instanceof TypeError); // without /proc the argument is taken as it is
  }
}

const FILES = patchFilesOver(blockingCalls);
const DISK = fileOperationsOver(blockingCalls);

/** How often a patch is planned anew when another program writes to its files meanwhile. */
const ATTEMPTS = 3;

async function apply(patch: Patch, cwd: string): Promise<string> {
  await recoverInterrupted(cwd, { operations: DISK });
  for (let attempt = 1; ; attempt++) {
    const tree = new PatchedTree(FILES, cwd);
    const plan = await planSections(patch, { cwd, tree, observer: null, signal: undefined });
    try {
      return (await commitPlan(plan, { operations: DISK })).summary;
    } catch (error) {
      const isStale = error instanceof PatchCommitError && error.failure === "stale";
      if (!isStale || attempt === ATTEMPTS) throw error;
    }
  }
}

function messageOf(error: unknown): string {
  if (error instanceof PatchParseError || error instanceof PatchPlanError || error instanceof PatchCommitError) {
    return error.forTerminal;
  }
  return osReason(error);
}
