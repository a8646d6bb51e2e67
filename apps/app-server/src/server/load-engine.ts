/** Brings the agent up. */

import type { ConfigWarningNotification } from "@codex-ts/app-server-protocol";
import { type Config, ConfigError, loadConfig, resolveCodexHome } from "@codex-ts/config";
import { assembleAgent } from "@codex-ts/launch/agent";
import { cliOverrides } from "@codex-ts/launch";
import { deriveConfig } from "../threads/derive-config.js";
import { LoadedThreads } from "../threads/loaded-threads.js";
import type { AppServer } from "./app-server.js";
import type { Engine } from "./engine.js";
import { LoginAttempts } from "./login-attempt.js";

/** @throws {ConfigError} when the command line itself cannot be used */
export async function loadEngine(server: AppServer, identity: { originator: string; suffix: string }): Promise<Engine> {
  const { config, warnings } = await startConfig(server);
  const { program } = server;
  const {
    threads: agent,
    models,
    auth,
  } = assembleAgent({
    config,
    originator: identity.originator,
    userAgentSuffix: identity.suffix,
    env: program.env,
    program: program.self,
    congestion: () => server.congestion(),
    log: (level, text) => server.log(level, text),
    report: (error, where) => server.report(error, where),
  });
  return {
    server,
    originator: identity.originator,
    config,
    warnings,
    agent,
    models,
    auth,
    threads: new LoadedThreads(agent, server),
    logins: new LoginAttempts(),
    configFor: (given) => deriveConfig(server, config.codexHome, given),
    close: () => agent.closeAll(),
  };
}

// helpers

interface StartConfig {
  config: Config;
  warnings: ConfigWarningNotification[];
}

/** With a broken config.toml the server goes on with the defaults, and says so; threads cannot begin until it is mended. */
async function startConfig({ program, line }: AppServer): Promise<StartConfig> {
  const options = {
    codexHome: resolveCodexHome(program.env),
    cwd: program.cwd,
    env: program.env,
    overrides: cliOverrides(line),
  };
  try {
    const config = await loadConfig(options);
    return { config, warnings: config.warnings.filter(({ important }) => important).map(warningOf) };
  } catch (error) {
    if (!(error instanceof ConfigError) || error.kind === "override" || error.kind === "home") throw error;
    return { config: await loadConfig({ ...options, files: false }), warnings: [brokenConfig(error)] };
  }
}

function brokenConfig({ message, file, range }: ConfigError): ConfigWarningNotification {
  return {
    summary: "Invalid configuration; using defaults.",
    details: message,
    ...(file === null ? {} : { path: file }),
    ...(range === null ? {} : { range }),
  };
}

function warningOf({ message, file, range }: Config["warnings"][number]): ConfigWarningNotification {
  return {
    summary: message,
    details: null,
    ...(file === null ? {} : { path: file }),
    ...(range === null ? {} : { range }),
  };
}
