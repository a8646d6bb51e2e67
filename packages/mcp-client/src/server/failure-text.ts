/** Why a server did not start, in the words that people and programs know. Pure. */

import { RequestTimeout } from "../rpc/peer.js";
import { UnauthorizedError } from "../transport/http.js";

/** A server's start failed at a known step. */
export class StartupError extends Error {
  override readonly name = "StartupError";
  readonly step: "greeting" | "tools" | "other";

  constructor(step: StartupError["step"], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.step = step;
  }
}

/** @param seconds the limit that the config sets for the start, or the default */
export function startupFailure(name: string, error: unknown, seconds: number): string {
  const step = error instanceof StartupError ? error.step : "other";
  const cause = error instanceof StartupError ? error.cause : error;
  if (cause instanceof UnauthorizedError)
    return `The ${name} MCP server is not logged in. Run \`codex mcp login ${name}\`.`;
  if (cause instanceof RequestTimeout && step === "greeting") {
    return `MCP client for \`${name}\` timed out after ${Math.floor(seconds)} seconds. Add or adjust \`startup_timeout_sec\` in your config.toml:\n[mcp_servers.${name}]\nstartup_timeout_sec = XX`;
  }
  return `MCP client for \`${name}\` failed to start: MCP startup failed: ${reason(step, cause)}`;
}

/** The server whose login works with a token of one's own only. */
export const GITHUB_MCP_URL = "https://api.githubcopilot.com/mcp/";

/** What to do about {@link GITHUB_MCP_URL} without a token. */
export function githubAdvice(name: string): string {
  return `GitHub MCP does not support OAuth. Log in by adding a personal access token (https://github.com/settings/personal-access-tokens) to your environment and config.toml:\n[mcp_servers.${name}]\nbearer_token_env_var = CODEX_GITHUB_PERSONAL_ACCESS_TOKEN`;
}

/** A span of time as it stands in errors: `3s`, `1.5s`, `250ms`. */
export function spanText(milliseconds: number): string {
  return milliseconds >= 1_000
    ? `${Number((milliseconds / 1_000).toFixed(3))}s`
    : `${Number(milliseconds.toFixed(3))}ms`;
}

// helpers

function reason(step: StartupError["step"], cause: unknown): string {
  if (cause instanceof RequestTimeout) return `timed out awaiting tools/list after ${spanText(cause.timeoutMs)}`;
  const text = cause instanceof Error ? cause.message : String(cause);
  switch (step) {
    case "greeting":
      return `handshaking with MCP server failed: ${text}`;
    case "tools":
      return `tools/list failed: ${text}`;
    case "other":
      return text;
  }
}
