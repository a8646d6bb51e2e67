/** MCP servers: what they offer, new settings for running threads, and logging in to them. */

import { mcpAuthStatusToV2, type McpServerOauthLoginCompletedNotification } from "@codex-ts/app-server-protocol";
import type { Config } from "@codex-ts/config";
import {
  describeMcpServers,
  mcpRefreshConfig,
  McpLoginRefused,
  type McpServerLogin,
  startMcpServerLogin,
} from "@codex-ts/launch/agent";
import { internalError, invalidRequest, messageOf } from "../router/rpc-error.js";
import type { Call, Methods } from "../router/call.js";
import type { Engine } from "../server/engine.js";
import { pageOf } from "./page.js";
import { submit } from "./turns.js";

export const mcpMethods = {
  "mcpServerStatus/list": async (page, { engine }) => {
    const { program, log } = surroundings(engine);
    const servers = await describeMcpServers({
      config: await engine.configFor({}),
      env: program.env,
      cwd: program.cwd,
      executable: program.self.executable,
      account: () => engine.auth.credentials(),
      log,
    });
    const data = servers.map(({ authStatus, ...offered }) => ({
      ...offered,
      authStatus: mcpAuthStatusToV2(authStatus),
    }));
    return pageOf(data, page, "MCP servers");
  },

  "config/mcpServer/reload": async (_none, call) => {
    const config = mcpRefreshConfig(await reloaded(call));
    for (const loaded of call.engine.threads.all()) submit(loaded, { type: "refresh_mcp_servers", config }, call);
    return {};
  },

  "mcpServer/oauth/login": async ({ name, scopes, timeoutSecs }, { engine, connection }) => {
    const { program, log } = surroundings(engine);
    const login = await startLogin({
      config: await engine.configFor({}),
      env: program.env,
      name,
      ...(scopes ? { scopes } : {}),
      ...(timeoutSecs ? { timeoutMs: timeoutSecs * 1000 } : {}),
      log,
    });
    const told = (params: McpServerOauthLoginCompletedNotification): void =>
      connection.notify({ method: "mcpServer/oauthLogin/completed", params });
    login.done.then(
      () => told({ name, success: true }),
      (error: unknown) => told({ name, success: false, error: messageOf(error) }),
    );
    return { authorizationUrl: login.authorizationUrl };
  },
} satisfies Methods;

// helpers

function surroundings({ server }: Engine): { program: Engine["server"]["program"]; log: McpServerLogin["log"] } {
  return { program: server.program, log: (level, text) => server.log(level, text) };
}

async function reloaded({ engine }: Call): Promise<Config> {
  try {
    return await engine.configFor({});
  } catch (error) {
    throw internalError(messageOf(error).replace(/^error deriving config/, "failed to reload config"), error);
  }
}

async function startLogin(login: McpServerLogin): ReturnType<typeof startMcpServerLogin> {
  try {
    return await startMcpServerLogin(login);
  } catch (error) {
    if (error instanceof McpLoginRefused) throw invalidRequest(error.message);
    throw internalError(`failed to login to MCP server '${login.name}': ${messageOf(error)}`, error);
  }
}
