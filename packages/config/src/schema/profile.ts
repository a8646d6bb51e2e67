/** Keys that stand at the top level and in profiles alike, and the profile table itself. */

import { features } from "./features.js";
import { optional } from "./shape.js";
import { boolean, oneOf, path, string, table } from "./shapes.js";

export const approvalPolicy = oneOf(["untrusted", "on-failure", "on-request", "never"]);
export const sandboxMode = oneOf(["read-only", "workspace-write", "danger-full-access"]);
export const reasoningEffort = oneOf(["none", "minimal", "low", "medium", "high", "xhigh"]);
export const reasoningSummary = oneOf(["auto", "concise", "detailed", "none"]);
export const verbosity = oneOf(["low", "medium", "high"]);
export const personality = oneOf(["friendly", "pragmatic"]);
export const webSearch = oneOf(["disabled", "cached", "live"]);

const analytics = table({
  enabled: optional(boolean, "Accepted; this program collects and sends no usage metrics.", {
    defaultNote: "depends on the program",
  }),
});

/** The keys that a profile can set; the top level has them all too. */
export const sharedFields = {
  model: optional(string, "Model to use.", { defaultNote: "from the model catalogue" }),
  model_provider: optional(string, "Key of the provider in `model_providers`.", { defaultNote: "openai" }),
  approval_policy: optional(approvalPolicy, "When you are asked before something runs.", {
    defaultNote: "`on-request`; `untrusted` in a project marked untrusted",
  }),
  sandbox_mode: optional(sandboxMode, "What commands may touch.", {
    defaultNote: "`workspace-write` once the project has a trust decision, else `read-only`",
  }),
  model_reasoning_effort: optional(reasoningEffort, "How long the model thinks.", { defaultNote: "the model's own" }),
  model_reasoning_summary: optional(reasoningSummary, "How much of its reasoning the model summarises.", {
    defaultNote: "auto",
  }),
  model_verbosity: optional(verbosity, "How long answers are.", { defaultNote: "the model's own" }),
  model_personality: optional(personality, "Tone of the agent's messages."),
  chatgpt_base_url: optional(string, "Address of the ChatGPT backend.", {
    defaultNote: "https://chatgpt.com/backend-api/",
  }),
  model_instructions_file: optional(path, "File whose text replaces the built-in instructions."),
  experimental_compact_prompt_file: optional(
    path,
    "File with the prompt for compaction, used when `compact_prompt` is not set.",
  ),
  experimental_instructions_file: optional(path, "Ignored.", {
    deprecatedFor: "model_instructions_file",
    notApplicable: "ignored by 0.92 too; a deprecation notice tells what replaces it",
  }),
  experimental_use_unified_exec_tool: optional(boolean, "Older spelling of a feature.", {
    deprecatedFor: "features.unified_exec",
  }),
  experimental_use_freeform_apply_patch: optional(boolean, "Older spelling of a feature.", {
    deprecatedFor: "features.apply_patch_freeform",
  }),
  web_search: optional(webSearch, "Whether the model may search the web, live or in a cache.", {
    defaultNote: "from the features `web_search_cached` and `web_search_request`",
  }),
  features: optional(features, "Feature flags; see the list of features."),
  analytics: optional(analytics, "Usage metrics."),
  oss_provider: optional(string, "Provider of local models for `--oss`: `lmstudio`, `ollama` or `ollama-chat`."),
};

/** `profiles.<name>` */
export const profile = table({
  ...sharedFields,
  include_apply_patch_tool: optional(boolean, "Older spelling of a feature.", {
    deprecatedFor: "features.apply_patch_freeform",
  }),
  tools_web_search: optional(boolean, "Older spelling of a feature.", { deprecatedFor: "features.web_search_request" }),
  tools_view_image: optional(boolean, "No effect.", {
    notApplicable: "the `view_image` tool is always there, as in 0.92",
  }),
});
