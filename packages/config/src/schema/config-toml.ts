/** config.toml as a whole: every key, what it holds, and what it is for. */

import { mcpServer } from "./mcp-server.js";
import { otelField } from "./otel.js";
import { profile, sharedFields } from "./profile.js";
import { optional, required, section, ShapeError, withDefault, type Infer, type Shape } from "./shape.js";
import { boolean, convert, custom, integer, list, map, oneOf, path, string, stringTable, table } from "./shapes.js";

const modelProvider = table({
  name: required(string, "Name shown to people; `OpenAI` and `azure` also switch behaviour."),
  base_url: optional(string, "Address that request paths are appended to.", { defaultNote: "depends on the login" }),
  env_key: optional(string, "Variable that holds the API key."),
  env_key_instructions: optional(string, "What to tell people who have not set that variable."),
  experimental_bearer_token: optional(string, "The token itself; better use `env_key`."),
  wire_api: withDefault(
    oneOf(["responses", "responses_websocket", "chat"]),
    "chat",
    "Protocol that the provider speaks.",
  ),
  query_params: optional(stringTable, "Appended to every address."),
  http_headers: optional(stringTable, "Headers sent with every request."),
  env_http_headers: optional(stringTable, "Headers whose values are taken from variables: header to variable."),
  request_max_retries: withDefault(integer("u64"), 4, "Retries of a failed request; at most 100."),
  stream_max_retries: withDefault(integer("u64"), 5, "Reconnections of a dropped stream; at most 100."),
  stream_idle_timeout_ms: withDefault(integer("u64"), 300_000, "Silence after which a stream counts as dropped."),
  requires_openai_auth: withDefault(boolean, false, "Whether people must log in to use this provider."),
});

const sandboxWorkspaceWrite = table({
  writable_roots: withDefault(list(path), [], "Folders besides the workspace that commands may write to."),
  network_access: withDefault(boolean, false, "Whether commands may use the network."),
  exclude_tmpdir_env_var: withDefault(boolean, false, "Keeps `$TMPDIR` read-only."),
  exclude_slash_tmp: withDefault(boolean, false, "Keeps `/tmp` read-only."),
});

const shellEnvironmentPolicy = table({
  inherit: withDefault(oneOf(["core", "all", "none"]), "all", "Which of our variables commands start with."),
  ignore_default_excludes: withDefault(boolean, true, "If false, names like *KEY*, *SECRET*, *TOKEN* are dropped."),
  exclude: withDefault(list(string), [], "Patterns of names to drop; `*` and `?`, any case."),
  set: withDefault(stringTable, {}, "Variables to add."),
  include_only: withDefault(list(string), [], "If not empty, only names that match one of these patterns stay."),
  experimental_use_profile: withDefault(boolean, false, "Runs commands through the shell's profile."),
});

const history = table({
  persistence: required(oneOf(["save-all", "none"]), "Whether prompts are kept in history.jsonl."),
  max_bytes: optional(integer("usize"), "Size above which the oldest prompts are dropped."),
});

const notifications = custom<boolean | readonly string[]>(
  (node, reader) => {
    if (node.kind === "boolean") {
      return node.value;
    }
    if (node.kind === "array" && node.items.every((item) => item.kind === "string")) {
      return list(string).read(node, reader);
    }
    throw new ShapeError("data did not match any variant of untagged enum Notifications", node, reader.path);
  },
  () => ({ anyOf: [{ type: "boolean" }, { type: "array", items: { type: "string" } }] }),
);

const tui = table({
  notifications: withDefault(notifications, true, "Desktop notifications: all, none, or a list of types."),
  animations: withDefault(boolean, true, "Shimmer and spinners."),
  show_tooltips: withDefault(boolean, true, "Tips on the welcome screen."),
  alternate_screen: withDefault(
    oneOf(["auto", "always", "never"]),
    "auto",
    "Whether overlays use the alternate screen.",
  ),
  experimental_mode: optional(oneOf(["plan", "code", "pair_programming", "execute", "custom"]), "Mode to start in."),
});

const notice = table({
  hide_full_access_warning: optional(boolean, "Set once the warning was seen."),
  hide_world_writable_warning: optional(boolean, "Set once the warning was seen (Windows)."),
  hide_rate_limit_model_nudge: optional(boolean, "Set once the hint was declined."),
  hide_gpt5_1_migration_prompt: optional(boolean, "Set once the prompt was seen."),
  "hide_gpt-5.1-codex-max_migration_prompt": optional(boolean, "Set once the prompt was seen."),
  model_migrations: withDefault(stringTable, {}, "Migration prompts already shown: old model to new model."),
});

const tools = table({
  web_search: optional(boolean, "Older spelling of a feature.", {
    aliases: ["web_search_request"],
    deprecatedFor: "features.web_search_request",
  }),
  view_image: optional(boolean, "No effect.", {
    notApplicable: "the `view_image` tool is always there, as in 0.92",
  }),
});

const skillsEntry = table({
  path: required(path, "The skill's SKILL.md."),
  enabled: required(boolean, "Whether the skill is offered."),
});

/** A number of which zero and less mean "no limit". */
const limit: Shape<number | null> = convert(integer("i64"), (value) => (value > 0 ? value : null));

const ghostSnapshot = table({
  ignore_large_untracked_files: withDefault(
    limit,
    10_485_760,
    "Untracked files above this many bytes are left out; 0: none.",
    {
      aliases: ["ignore_untracked_files_over_bytes"],
    },
  ),
  ignore_large_untracked_dirs: withDefault(limit, 200, "Untracked folders with more files are left out; 0: none.", {
    aliases: ["large_untracked_dir_warning_threshold"],
  }),
  disable_warnings: withDefault(boolean, false, "Says nothing about what is left out."),
});

/** Every key of config.toml. */
export const configToml = table({
  ...sharedFields,
  review_model: optional(string, "Model for `/review`.", { defaultNote: "the session's model" }),
  model_context_window: optional(integer("i64"), "Size of the model's context in tokens."),
  model_auto_compact_token_limit: optional(integer("i64"), "Token count at which the conversation is compacted."),
  model_supports_reasoning_summaries: optional(
    boolean,
    "True: the model can summarise its reasoning, whatever the catalogue says.",
  ),
  instructions: optional(string, "No effect.", { notApplicable: "has no effect in 0.92 either" }),
  developer_instructions: optional(string, "Text added as a developer message."),
  compact_prompt: optional(string, "Prompt for compaction."),
  sandbox_workspace_write: section(sandboxWorkspaceWrite, "Details of the sandbox mode `workspace-write`."),
  shell_environment_policy: section(shellEnvironmentPolicy, "Variables that commands see."),
  notify: optional(list(string), "Program and arguments to run after each turn; a JSON text is appended."),
  file_opener: withDefault(
    oneOf(["vscode", "vscode-insiders", "windsurf", "cursor", "none"]),
    "vscode",
    "Program that links to files open in.",
  ),
  user_shell_in_context: withDefault(
    boolean,
    false,
    "Whether the model is told of commands that you run yourself with `!`; the original always tells it.",
  ),
  openai_base_url: optional(
    string,
    "Address of the provider `openai`, instead of the variable OPENAI_BASE_URL: what newer SDKs send.",
  ),
  hide_agent_reasoning: withDefault(boolean, false, "Hides the model's reasoning."),
  show_raw_agent_reasoning: optional(boolean, "Shows reasoning that is not summarised.", { defaultNote: "false" }),
  project_doc_max_bytes: withDefault(integer("usize"), 32_768, "How much text of AGENTS.md files is read."),
  project_doc_fallback_filenames: withDefault(list(string), [], "Names tried in folders without AGENTS.md."),
  project_root_markers: optional(list(string), "Names whose presence makes a folder the project root.", {
    defaultNote: '[".git"]',
  }),
  tool_output_token_limit: optional(integer("usize"), "How much of a tool's output the model sees, in tokens."),
  forced_login_method: optional(oneOf(["chatgpt", "api"]), "The only way to log in."),
  forced_chatgpt_workspace_id: optional(string, "The only ChatGPT workspace to log in to."),
  cli_auth_credentials_store: withDefault(oneOf(["file", "keyring", "auto"]), "file", "Where the login is kept."),
  mcp_oauth_credentials_store: withDefault(
    oneOf(["auto", "file", "keyring"]),
    "auto",
    "Where logins to MCP servers are kept.",
  ),
  mcp_oauth_callback_port: optional(integer("u16"), "Local port for logins to MCP servers.", {
    defaultNote: "any free port",
  }),
  profile: optional(string, "Profile to use."),
  profiles: optional(map(profile), "Named sets of settings."),
  model_providers: optional(map(modelProvider), "Providers besides the built-in ones."),
  mcp_servers: optional(map(mcpServer), "MCP servers."),
  projects: optional(
    map(table({ trust_level: optional(oneOf(["trusted", "untrusted"]), "Your decision about the project.") })),
    "Decisions about projects, by absolute path.",
  ),
  check_for_update_on_startup: withDefault(boolean, true, "Looks for a newer version now and then."),
  disable_paste_burst: withDefault(boolean, false, "Turns off the detection of pasted text by speed."),
  suppress_unstable_features_warning: withDefault(boolean, false, "Says nothing about features under development."),
  windows_wsl_setup_acknowledged: withDefault(boolean, false, "Set once the hint about WSL was seen."),
  history: optional(history, "The history of prompts."),
  tui: section(tui, "The terminal interface."),
  notice: section(notice, "What you have already been told."),
  tools: optional(tools, "Older switches for tools."),
  agents: section(
    table({ max_threads: withDefault(integer("usize"), 6, "How many sub-agents may live at once.") }),
    "Sub-agents.",
  ),
  skills: section(
    table({ config: withDefault(list(skillsEntry), [], "Skills that are switched off or on.") }),
    "Skills.",
  ),
  ghost_snapshot: section(ghostSnapshot, "What checkpoints leave out."),
  feedback: section(table({ enabled: withDefault(boolean, true, "Whether feedback can be sent.") }), "Feedback."),
  otel: otelField,
  experimental_sandbox_command_assessment: optional(boolean, "Same as the feature of that name.", {
    defaultNote: "false",
  }),
});

/** What config.toml says, with the defaults of keys that have a fixed one. */
export type ConfigToml = Infer<typeof configToml>;

/** What a profile says. */
export type ProfileToml = Infer<typeof profile>;

/** What `model_providers.<id>` says. */
export type ModelProviderToml = Infer<typeof modelProvider>;
