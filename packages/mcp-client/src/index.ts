/** Connections to MCP servers: start-up, tools, resources, elicitation, OAuth. */

export { McpCallError } from "./contract/connections.js";
export type {
  AskPerson,
  Elicitation,
  ElicitationAnswer,
  McpCallOptions,
  McpConnections,
  McpHost,
  McpResourcePage,
  McpSandboxState,
  McpTemplatePage,
  McpToolEntry,
} from "./contract/connections.js";
export { authStatus } from "./oauth/auth-status.js";
export { CredentialStore } from "./oauth/credential-store.js";
export type { CredentialStoreMode, CredentialStoreOptions, Deletion } from "./oauth/credential-store.js";
export { storeKey } from "./oauth/credentials.js";
export type { McpCredentials } from "./oauth/credentials.js";
export { discoverAuthorization } from "./oauth/discovery.js";
export { startMcpLogin } from "./oauth/login.js";
export type { McpLogin, McpLoginOptions } from "./oauth/login.js";
export { StoredLogin } from "./oauth/stored-login.js";
export { McpLoginError } from "./oauth/token-request.js";
export { allPages } from "./server/pages.js";
export type { Page } from "./server/pages.js";
export { fixedAuthorization } from "./set/connect.js";
export type { ConnectOptions } from "./set/connect.js";
export { McpServers } from "./set/mcp-servers.js";
export type { McpServersOptions } from "./set/mcp-servers.js";
export { qualifiedName } from "./set/tool-names.js";
export { configuredHeaders } from "./transport/http-headers.js";
export type { Authorization, Fetch } from "./transport/http.js";
export type { Log } from "./transport/transport.js";
