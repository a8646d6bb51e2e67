/** Options of `codex` itself. Before `exec` and `review` they count, too; what stands behind the command wins. */

import { globalOptions, type OptionSpec } from "@codex-ts/launch";

const BYPASS = "dangerously-bypass-approvals-and-sandbox";

/** In the order in which help shows them. */
export const rootOptions: readonly OptionSpec[] = [
  ...globalOptions,
  {
    long: "image",
    short: "i",
    value: { name: "FILE", greedy: true, commas: true, hint: "file" },
    repeatable: true,
    help: "Image(s) to attach to the prompt",
  },
  { long: "model", short: "m", value: { name: "MODEL" }, help: "Model to use" },
  { long: "oss", help: "Use a local model server" },
  {
    long: "local-provider",
    value: { name: "OSS_PROVIDER" },
    help: "Which local server: lmstudio, ollama or ollama-chat",
  },
  { long: "profile", short: "p", value: { name: "CONFIG_PROFILE" }, help: "Profile of config.toml to use" },
  {
    long: "sandbox",
    short: "s",
    value: { name: "SANDBOX_MODE", choices: ["read-only", "workspace-write", "danger-full-access"] },
    help: "What commands may do",
  },
  {
    long: "ask-for-approval",
    short: "a",
    value: { name: "APPROVAL_POLICY", choices: ["untrusted", "on-failure", "on-request", "never"] },
    conflicts: [BYPASS],
    help: "When you are asked",
  },
  { long: "full-auto", conflicts: [BYPASS], help: "Work in the sandbox, and be asked when the agent wants more" },
  {
    long: BYPASS,
    hiddenAliases: ["yolo"],
    conflicts: ["ask-for-approval", "full-auto"],
    help: "No questions and no sandbox: only for machines that are sandboxed from outside",
  },
  { long: "cd", short: "C", value: { name: "DIR", hint: "folder" }, help: "Folder to work in" },
  { long: "search", help: "Let the model search the web" },
  {
    long: "add-dir",
    value: { name: "DIR", hint: "folder" },
    repeatable: true,
    help: "Another folder that may be written to",
  },
];
