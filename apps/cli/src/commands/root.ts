/** The table of commands: what the executable can be asked for. */

import { acpCommand } from "@codex-ts/acp";
import { appServerCommand } from "@codex-ts/app-server";
import { execCommand, reviewCommand } from "@codex-ts/exec";
import { VERSION, type CommandSpec } from "@codex-ts/launch";
import { mcpServerCommand } from "@codex-ts/mcp-server";
import { completionCommand } from "./completion.js";
import { execpolicyCommand } from "./execpolicy.js";
import { featuresCommand } from "./features.js";
import { loginCommand, logoutCommand } from "./login-command.js";
import { mcpCommand } from "./mcp-command.js";
import { rootOptions } from "./root-options.js";
import { sandboxCommand } from "./sandbox-command.js";

/** `codex`. */
export const rootCommand: CommandSpec = {
  name: "codex",
  about: "Codex: a coding agent in your terminal",
  version: `codex-cli ${VERSION}`,
  examples: ['codex exec "explain this repository"', "codex sandbox linux --full-auto -- npm test"],
  options: rootOptions,
  subcommands: [
    execCommand,
    reviewCommand,
    appServerCommand,
    mcpServerCommand,
    acpCommand,
    loginCommand,
    logoutCommand,
    mcpCommand,
    sandboxCommand,
    completionCommand,
    featuresCommand,
    execpolicyCommand,
  ],
  needsSubcommand: true,
};
