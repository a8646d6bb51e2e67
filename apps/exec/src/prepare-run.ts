/** Everything that can go wrong before a session exists: arguments, configuration, prompt, session to go on with. */

import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError, loadConfig, resolveCodexHome, type Config } from "@codex-ts/config";
import { reviewHint } from "@codex-ts/core";
import { cliOverrides, type Program } from "@codex-ts/launch";
import type { Op, UserInput } from "@codex-ts/protocol";
import { findSession, SessionNotFoundError, type SessionChoice } from "./find-session.js";
import { sanitise } from "./human/sanitise.js";
import { isInsideRepository } from "./input/git-check.js";
import { OutputSchemaError, readOutputSchema } from "./input/output-schema.js";
import { PromptError, resolvePrompt } from "./input/prompt.js";
import type { ExecRequest, ReviewChoice } from "./request.js";

/** A run cannot begin; the message is for stderr. */
export class ExecError extends Error {
  override readonly name = "ExecError";
}

/** Errors whose text is complete; the others get the program's usual `Error: ` in front. */
export function isOurs(error: unknown): error is Error {
  return [ExecError, PromptError, OutputSchemaError, SessionNotFoundError].some((kind) => error instanceof kind);
}

/** A run that can begin. */
export interface PreparedRun {
  config: Config;
  /** What the thread is asked to do. */
  op: Op;
  /** What is shown as the user's words. */
  shown: string;
  /** The session file to go on in; null: a new session. */
  resumePath: string | null;
}

/** @throws {ConfigError} and what {@link isOurs} names */
export async function prepare(request: ExecRequest, program: Program): Promise<PreparedRun> {
  const { env } = program;
  const cwd = existingFolder(request.cwd === null ? program.cwd : resolve(program.cwd, request.cwd), request.cwd);
  const codexHome = resolveCodexHome(env);
  const config = await load(request, { codexHome, cwd }, program);
  tellWarnings(config, program);
  if (request.approvalPolicy !== null && request.approvalPolicy !== "never") {
    program.stderr(
      `warning: approval policy \`${request.approvalPolicy}\` has no effect here: nobody can be asked, so it is \`never\`\n`,
    );
  }
  if (!request.skipGitCheck && !request.bypass && !isInsideRepository(cwd)) {
    throw new ExecError("Not inside a trusted directory and --skip-git-repo-check was not specified.");
  }
  const outputSchema =
    request.outputSchemaFile === null ? undefined : readOutputSchema(request.outputSchemaFile, program.cwd);
  const asked =
    request.review === null ? await turnOp(request, outputSchema, program) : await reviewOp(request.review, program);
  const choice = sessionChoice(request, config);
  const resumePath = choice === null ? null : await findSession(codexHome, choice);
  if (request.oss) await readyLocalModel(config, program);
  return { config, ...asked, resumePath };
}

async function load(
  request: ExecRequest,
  { codexHome, cwd }: { codexHome: string; cwd: string },
  program: Program,
): Promise<Config> {
  const options = (oss: boolean): Parameters<typeof loadConfig>[0] => ({
    codexHome,
    cwd,
    env: program.env,
    overrides: {
      ...cliOverrides(request.line),
      profile: request.profile,
      harness: {
        model: request.model,
        approvalPolicy: "never",
        sandboxMode: request.sandbox,
        webSearch: request.webSearch ? "live" : null,
        additionalWritableRoots: request.addDirs.map((dir) => resolve(program.cwd, dir)),
        ...(oss ? { oss: { localProvider: request.localProvider } } : {}),
      },
    },
  });
  try {
    return await loadConfig(options(request.oss));
  } catch (error) {
    if (!(error instanceof ConfigError) || error.key !== "oss_provider") throw error;
    const { missingProvider } = await import("./local-model.js");
    throw await missingProvider(await loadConfig(options(false)));
  }
}

/** What the thread itself tells is left to it: it has a place among the run's events. */
function tellWarnings(config: Config, program: Program): void {
  for (const { kind, message, important } of config.warnings) {
    if (important && kind !== "unstableFeatures") program.stderr(`warning: ${sanitise(message)}\n`);
  }
}

async function readyLocalModel(config: Config, program: Program): Promise<void> {
  const { prepareLocal } = await import("./local-model.js");
  await prepareLocal(config, program);
}

async function turnOp(
  request: ExecRequest,
  outputSchema: unknown,
  program: Program,
): Promise<{ op: Op; shown: string }> {
  const prompt = await promptFrom(request.prompt ?? undefined, program);
  const items: UserInput[] = [
    ...request.images.map((path): UserInput => ({ type: "local_image", path: resolve(program.cwd, path) })),
    { type: "text", text: prompt, text_elements: [] },
  ];
  return { op: { type: "user_input", items, final_output_json_schema: outputSchema }, shown: prompt };
}

async function reviewOp(choice: ReviewChoice, program: Program): Promise<{ op: Op; shown: string }> {
  const target =
    choice.type === "custom"
      ? { type: "custom" as const, instructions: await reviewInstructions(choice.instructions, program) }
      : choice;
  return { op: { type: "review", review_request: { target } }, shown: reviewHint(target) };
}

async function reviewInstructions(given: string | null, program: Program): Promise<string> {
  if (given === null) {
    throw new ExecError("Error: Specify --uncommitted, --base, --commit, or provide custom review instructions");
  }
  const text = given === "-" ? await promptFrom(given, program) : given;
  if (text.trim() === "") throw new ExecError("Error: Review prompt cannot be empty");
  return text;
}

async function promptFrom(argument: string | undefined, program: Program): Promise<string> {
  return await resolvePrompt({
    argument,
    stdinIsTerminal: program.stdinIsTerminal(),
    readStdin: program.readStdin,
    announce: (text) => program.stderr(`${text}\n`),
  });
}

function existingFolder(path: string, given: string | null): string {
  try {
    const real = realpathSync(path);
    if (statSync(real).isDirectory()) return real;
  } catch {
    // told below: missing and not a folder have the same way out
  }
  throw new ExecError(`Error: ${given ?? path} is not a folder that exists (--cd)`);
}

function sessionChoice({ resume }: ExecRequest, config: Config): SessionChoice | null {
  if (resume === null) return null;
  if (resume.kind === "word") return resume;
  return { kind: "last", cwd: resume.anyFolder ? null : config.cwd, provider: config.modelProviderId };
}
