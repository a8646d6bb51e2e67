/** The two tools as clients see them. */

const text = (description: string): object => ({ type: "string", description });
const choice = (description: string, words: readonly string[]): object => ({
  type: "string",
  enum: words,
  description,
});

/** What both give back besides the text. */
const outputSchema = {
  type: "object",
  properties: { threadId: { type: "string" }, content: { type: "string" } },
  required: ["threadId", "content"],
};

/** Words for when a person is asked. */
export const approvalPolicies = ["untrusted", "on-failure", "on-request", "never"] as const;

/** Words for what commands may do. */
export const sandboxModes = ["read-only", "workspace-write", "danger-full-access"] as const;

/** The answer to `tools/list`. */
export const toolDefinitions: readonly object[] = [
  {
    name: "codex",
    title: "Codex",
    description: "Runs a Codex session on a task. The parameters are those of Codex's configuration.",
    inputSchema: {
      type: "object",
      properties: {
        prompt: text("The task: the first thing that is said to Codex."),
        model: text("The model to use, for example `gpt-5.2-codex`."),
        profile: text("Profile of config.toml that sets the defaults."),
        cwd: text("Folder to work in. A relative path starts from the server's own folder."),
        "approval-policy": choice("When commands of the model need somebody's yes.", approvalPolicies),
        sandbox: choice("What commands of the model may do.", sandboxModes),
        config: {
          type: "object",
          additionalProperties: true,
          description: "Settings on top of CODEX_HOME/config.toml; keys may be dotted paths.",
        },
        "base-instructions": text("Instructions in place of the built-in ones."),
        "developer-instructions": text("More instructions, as a message of the developer."),
        "compact-prompt": text("The prompt with which a long conversation is summarised."),
      },
      required: ["prompt"],
    },
    outputSchema,
  },
  {
    name: "codex-reply",
    title: "Codex Reply",
    description: "Goes on with a Codex conversation: needs its thread id and what to say.",
    inputSchema: {
      type: "object",
      properties: {
        prompt: text("What is said next."),
        threadId: text("The conversation, as the first call named it."),
        conversationId: text("Deprecated: use threadId."),
      },
      required: ["prompt"],
    },
    outputSchema,
  },
];
