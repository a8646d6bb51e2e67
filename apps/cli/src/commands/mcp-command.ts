/** The command line of `codex mcp`. */

import type { ArgumentSpec, CommandSpec, OptionSpec } from "@codex-ts/launch";

const name: ArgumentSpec = { name: "NAME", required: true, help: "Name of the server in config.toml" };
const json: OptionSpec = { long: "json", help: "Print JSON" };

/** `codex mcp`. */
export const mcpCommand: CommandSpec = {
  name: "mcp",
  about: "Manage the MCP servers that the agent uses",
  examples: ["codex mcp add docs -- npx -y docs-server", "codex mcp list", "codex mcp login secure"],
  options: [],
  needsSubcommand: true,
  subcommands: [
    {
      name: "list",
      about: "List the configured servers",
      examples: ["codex mcp list", "codex mcp list --json"],
      options: [json],
    },
    {
      name: "get",
      about: "Show one server",
      examples: ["codex mcp get docs", "codex mcp get docs --json"],
      options: [json],
      arguments: [name],
    },
    {
      name: "add",
      about: "Add a server to config.toml",
      examples: [
        "codex mcp add docs -- npx -y docs-server",
        "codex mcp add docs --env TOKEN=secret -- npx -y docs-server",
        "codex mcp add remote --url https://example.com/mcp --bearer-token-env-var REMOTE_TOKEN",
      ],
      options: [
        {
          long: "env",
          value: { name: "KEY=VALUE", check: checkPair },
          repeatable: true,
          help: "Variable to set for the server; only for servers that are started",
        },
        { long: "url", value: { name: "URL" }, help: "Address of a streamable HTTP server" },
        {
          long: "bearer-token-env-var",
          value: { name: "ENV_VAR" },
          requires: ["url"],
          help: "Variable that holds the bearer token; only with --url",
        },
        { long: "force", help: "Replace a server of that name that is configured differently" },
      ],
      arguments: [name, { name: "COMMAND", rest: true, help: "The program to start and its arguments" }],
    },
    {
      name: "remove",
      about: "Remove a server from config.toml",
      examples: ["codex mcp remove docs"],
      options: [],
      arguments: [name],
    },
    {
      name: "login",
      about: "Log in at a server through the browser",
      examples: ["codex mcp login secure", "codex mcp login secure --scopes read,write"],
      options: [
        {
          long: "scopes",
          value: { name: "SCOPE,SCOPE", commas: true },
          help: "OAuth scopes to ask for, separated by commas",
        },
      ],
      arguments: [name],
    },
    {
      name: "logout",
      about: "Forget the login at a server",
      examples: ["codex mcp logout secure"],
      options: [],
      arguments: [name],
    },
  ],
};

function checkPair(value: string): string | null {
  const at = value.indexOf("=");
  return at > 0 && value.slice(0, at).trim() !== "" ? null : "environment entries must be in KEY=VALUE form";
}
