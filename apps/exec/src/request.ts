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
  fullAuto: boolean;
  bypass: boolean;
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
export type ResumeRequest = { kind: "id"; id: string } | { kind: "last"; anyFolder: boolean };

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
    sandbox: sandboxModeOf(value("sandbox")),
    profile: value("profile"),
    fullAuto: flag("full-auto"),
    bypass: flag("dangerously-bypass-approvals-and-sandbox"),
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
  return { request: first === null ? null : { kind: "id", id: first }, prompt: second };
}

function readReview(command: ParsedCommand): ReviewChoice {
  const [branch, sha] = [command.value("base"), command.value("commit")];
  if (command.has("uncommitted")) return { type: "uncommittedChanges" };
  if (branch !== undefined) return { type: "baseBranch", branch };
  if (sha !== undefined) return { type: "commit", sha, title: command.value("title") ?? null };
  return { type: "custom", instructions: command.argument("PROMPT") ?? null };
}

function sandboxModeOf(text: string | null): SandboxMode | null {
  return text === "read-only" || text === "workspace-write" || text === "danger-full-access" ? text : null;
}

function colourOf(text: string | null): ExecRequest["colour"] {
  return text === "always" || text === "never" ? text : "auto";
}
