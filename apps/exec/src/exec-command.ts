/** The command line of `codex exec`. */

import type { CommandSpec, OptionSpec } from "@codex-ts/launch";
import { VERSION } from "@codex-ts/launch";

const image: OptionSpec = {
  long: "image",
  short: "i",
  value: { name: "FILE", greedy: true, commas: true, hint: "file" },
  repeatable: true,
  help: "Image(s) to attach to the prompt",
};

/** Options that are understood after `resume` and `review`, too. */
const everywhere: readonly OptionSpec[] = [
  { long: "model", short: "m", value: { name: "MODEL" }, global: true, help: "Model to use" },
  {
    long: "full-auto",
    global: true,
    conflicts: ["dangerously-bypass-approvals-and-sandbox"],
    help: "Work in the sandbox workspace-write",
  },
  {
    long: "dangerously-bypass-approvals-and-sandbox",
    hiddenAliases: ["yolo"],
    global: true,
    conflicts: ["full-auto"],
    help: "No questions and no sandbox: only for machines that are sandboxed from outside",
  },
  { long: "skip-git-repo-check", global: true, help: "Run outside of a Git repository, too" },
  {
    long: "json",
    hiddenAliases: ["experimental-json"],
    global: true,
    help: "Print events as JSON Lines on stdout",
  },
];

/** What a review can be about; one excludes the others. */
const targets = ["uncommitted", "base", "commit", "PROMPT"];
const otherTargets = (own: string): string[] => targets.filter((target) => target !== own);

/** `codex exec review`, and without exec's options `codex review`. */
export const reviewCommand: CommandSpec = {
  name: "review",
  about: "Have changes reviewed",
  examples: [
    "codex review --uncommitted",
    "codex review --base main",
    'codex exec --json review "look at error handling"',
  ],
  options: [
    { long: "uncommitted", conflicts: otherTargets("uncommitted"), help: "Staged, unstaged and untracked changes" },
    {
      long: "base",
      value: { name: "BRANCH" },
      conflicts: otherTargets("base"),
      help: "Changes against this branch",
    },
    {
      long: "commit",
      value: { name: "SHA" },
      conflicts: otherTargets("commit"),
      help: "Changes of this commit",
    },
    { long: "title", value: { name: "TITLE" }, requires: ["commit"], help: "Title of the commit, to be shown" },
  ],
  arguments: [{ name: "PROMPT", help: "Instructions for the review instead of a target; - reads them from stdin" }],
};

/** `codex exec`. */
export const execCommand: CommandSpec = {
  name: "exec",
  aliases: ["e"],
  about: "Run one task without a terminal interface",
  version: `codex-cli-exec ${VERSION}`,
  examples: [
    'codex exec "explain what this repository does"',
    "git diff | codex exec -",
    'codex exec --json -s workspace-write "fix the failing tests" > events.jsonl',
    'codex exec resume --last "now add a changelog entry"',
  ],
  options: [
    image,
    { long: "oss", help: "Use a local model server" },
    {
      long: "local-provider",
      value: { name: "OSS_PROVIDER" },
      help: "Which local server: lmstudio, ollama or ollama-chat",
    },
    {
      long: "sandbox",
      short: "s",
      value: { name: "SANDBOX_MODE", choices: ["read-only", "workspace-write", "danger-full-access"] },
      help: "What commands may do",
    },
    { long: "profile", short: "p", value: { name: "CONFIG_PROFILE" }, help: "Profile of config.toml to use" },
    { long: "cd", short: "C", value: { name: "DIR", hint: "folder" }, help: "Folder to work in" },
    {
      long: "add-dir",
      value: { name: "DIR", hint: "folder" },
      repeatable: true,
      help: "Another folder that may be written to",
    },
    {
      long: "output-schema",
      value: { name: "FILE", hint: "file" },
      help: "JSON schema that the final answer must follow",
    },
    {
      long: "color",
      value: { name: "COLOR", choices: ["always", "never", "auto"] },
      help: "Colours in the output",
    },
    {
      long: "output-last-message",
      short: "o",
      value: { name: "FILE", hint: "file" },
      help: "Write the agent's last message to this file",
    },
    {
      long: "record",
      value: { name: "FILE", hint: "file" },
      help: "Record the model's answers to this file, for --replay",
    },
    { long: "replay", value: { name: "FILE", hint: "file" }, help: "Answer from a recording instead of a model" },
    { long: "thread-source", value: { name: "SOURCE" }, hidden: true, help: "Accepted for newer SDKs" },
    { long: "cyber-access-program", value: { name: "PROGRAM" }, hidden: true, help: "Accepted for newer SDKs" },
    ...everywhere,
  ],
  arguments: [{ name: "PROMPT", help: "What to do; - reads it from stdin, and so does leaving it out in a pipe" }],
  subcommands: [
    {
      name: "resume",
      about: "Go on with an earlier session",
      examples: [
        'codex exec resume --last "continue"',
        "codex exec resume 01a1f9d5-2f01-76c3-af40-51ce70dcf175 -",
        'codex exec resume "release notes" "shorter, please"',
      ],
      options: [
        { long: "last", help: "The newest session of this folder" },
        { long: "all", help: "With --last: of any folder" },
        { ...image, value: { name: "FILE", commas: true, hint: "file" } },
      ],
      arguments: [
        { name: "SESSION_ID", help: "The session's id, the beginning of one, or the session's name" },
        { name: "PROMPT", help: "What to do next; - reads it from stdin" },
      ],
    },
    reviewCommand,
  ],
};
