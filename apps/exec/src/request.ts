/** What the command line of `codex exec` asks for, as one plain object. */

import type { ParsedCommand, ParsedLine } from "@codex-ts/launch";
import type { ReviewTarget, SandboxMode } from "@codex-ts/protocol";

/** A run that is asked for; null: not given. */
export interface ExecRequest {
  line: ParsedLine;
  prompt: string | null;
  images: string[];
  model: string | null;
  oss: boolean;
  localProvider: string | null;
  sandbox: SandboxMode | null;
  profile: string | null;
  /** The bypass flag was given, wherever. */
  bypass: boolean;
  webSearch: boolean;
  /** A policy that was asked for here, and cannot be had: nobody is there to be asked. */
  approvalPolicy: string | null;
  cwd: string | null;
  skipGitCheck: boolean;
  addDirs: string[];
  outputSchemaFile: string | null;
  colour: "always" | "never" | "auto";
  json: boolean;
  lastMessageFile: string | null;
  recordFile: string | null;
  replayFile: string | null;
  resume: ResumeRequest | null;
  review: ReviewChoice | null;
}

/** What to review; a prompt that is `-` is still to be read. */
export type ReviewChoice = Exclude<ReviewTarget, { type: "custom" }> | { type: "custom"; instructions: string | null };

/** The session to go on with. */
export type ResumeRequest = { kind: "word"; word: string } | { kind: "last"; anyFolder: boolean };

/** Reads the whole path of commands: what stands later wins, lists are put together. */
export function readRequest(line: ParsedLine): ExecRequest {
  const { path } = line;
  const last = path.at(-1);
  const own = path.find(({ spec }) => spec.name === "exec");
  const resumed = last?.spec.name === "resume" ? last : null;
  const value = (name: string): string | null =>
    path.map((command) => command.value(name)).findLast((found) => found !== undefined) ?? null;
  const flag = (name: string): boolean => path.some((command) => command.has(name));
  const list = (name: string): string[] => path.flatMap((command) => command.values(name));
  const resume = resumed === null ? null : readResume(resumed);
  return {
    line,
    prompt: resume?.prompt ?? own?.argument("PROMPT") ?? null,
    images: list("image"),
    model: value("model"),
    oss: flag("oss"),
    localProvider: value("local-provider"),
    sandbox: path.map(sandboxOf).findLast((mode) => mode !== null) ?? null,
    profile: value("profile"),
    bypass: flag(BYPASS),
    webSearch: flag("search"),
    approvalPolicy:
      value("ask-for-approval") ??
      list("config")
        .map(policyOf)
        .findLast((policy) => policy !== null) ??
      null,
    cwd: value("cd"),
    skipGitCheck: flag("skip-git-repo-check"),
    addDirs: list("add-dir"),
    outputSchemaFile: value("output-schema"),
    colour: colourOf(value("color")),
    json: flag("json"),
    lastMessageFile: value("output-last-message"),
    recordFile: value("record"),
    replayFile: value("replay"),
    resume: resume?.request ?? null,
    review: last?.spec.name === "review" ? readReview(last) : null,
  };
}

/** With `--last` the only word is the prompt: the session is known. */
function readResume(command: ParsedCommand): { request: ResumeRequest | null; prompt: string | null } {
  const [first, second] = [command.argument("SESSION_ID") ?? null, command.argument("PROMPT") ?? null];
  if (command.has("last")) {
    return { request: { kind: "last", anyFolder: command.has("all") }, prompt: second ?? first };
  }
  return { request: first === null ? null : { kind: "word", word: first }, prompt: second };
}

function readReview(command: ParsedCommand): ReviewChoice {
  const [branch, sha] = [command.value("base"), command.value("commit")];
  if (command.has("uncommitted")) return { type: "uncommittedChanges" };
  if (branch !== undefined) return { type: "baseBranch", branch };
  if (sha !== undefined) return { type: "commit", sha, title: command.value("title") ?? null };
  return { type: "custom", instructions: command.argument("PROMPT") ?? null };
}

const BYPASS = "dangerously-bypass-approvals-and-sandbox";

/** What one command of the line says: `--full-auto` beats the bypass flag, which beats `--sandbox`. */
function sandboxOf(command: ParsedCommand): SandboxMode | null {
  if (command.has("full-auto")) return "workspace-write";
  if (command.has(BYPASS)) return "danger-full-access";
  const text = command.value("sandbox");
  return text === "read-only" || text === "workspace-write" || text === "danger-full-access" ? text : null;
}

/** `-c approval_policy="on-request"`. */
function policyOf(override: string): string | null {
  return /^\s*approval_policy\s*=\s*["']?([\w-]+)/.exec(override)?.[1] ?? null;
}

function colourOf(text: string | null): ExecRequest["colour"] {
  return text === "always" || text === "never" ? text : "auto";
}
