/** The MCP server behind the apps of a ChatGPT account (feature `connectors`). Pure but for the login that is passed in. */

import type { Credentials } from "@codex-ts/auth";
import { PLAIN_MCP_SERVER, type McpServerConfig } from "@codex-ts/config";
import type { ThreadConfig } from "@codex-ts/core";

/** Its name. */
export const APPS_SERVER = "codex_apps_mcp";

/** The server, where the feature is on; else null. */
export function appsServer({
  features,
  chatgptBaseUrl,
}: Pick<ThreadConfig, "features" | "chatgptBaseUrl">): McpServerConfig | null {
  if (!features.enabled("connectors")) return null;
  return {
    transport: {
      type: "streamable_http",
      url: appsUrl(chatgptBaseUrl),
      bearerTokenEnvVar: null,
      httpHeaders: null,
      envHttpHeaders: null,
    },
    ...PLAIN_MCP_SERVER,
  };
}

/** Who we are to it: a token of one's own, or the account. */
export async function appsHeaders(
  env: Readonly<Record<string, string | undefined>>,
  account: () => Promise<Credentials | null>,
): Promise<Record<string, string>> {
  const token = env["CODEX_CONNECTORS_TOKEN"]?.trim() ?? "";
  if (token !== "") return { authorization: `Bearer ${token}` };
  const login = await account();
  if (login === null) return {};
  const { accountId } = login;
  return {
    authorization: `Bearer ${login.token}`,
    ...(accountId === null ? {} : { "chatgpt-account-id": accountId }),
  };
}

function appsUrl(baseUrl: string): string {
  const base = baseUrl.replace(/\/+$/, "");
  if (base.includes("/backend-api")) return `${base}/wham/apps`;
  return base.includes("/api/codex") ? `${base}/apps` : `${base}/api/codex/apps`;
}
