// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Kinds of sources to list; `appServer` selects what the MCP server started, `subAgent` every sub-agent. */
export type ThreadSourceKind = "cli" | "vscode" | "exec" | "appServer" | "subAgent" | "subAgentReview" | "subAgentCompact" | "subAgentThreadSpawn" | "subAgentOther" | "unknown";
