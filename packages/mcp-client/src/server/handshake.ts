/** The greeting: which version both speak, and what the server can do. */

import { COMPATIBLE_VERSION } from "@codex-ts/config";
import { isObject, type JsonObject } from "../rpc/messages.js";
import { objectResult, type Peer } from "../rpc/peer.js";

/** The version of the Model Context Protocol that we ask for. */
export const PROTOCOL_VERSION = "2025-06-18";

/** What a server told of itself. */
export interface Greeting {
  protocolVersion: string;
  capabilities: JsonObject;
}

/**
 * Greets the server. Servers may know the client by its name and version, so these are the original's.
 * @throws what {@link Peer.greet} throws
 */
export async function greet(peer: Peer, timeoutMs: number): Promise<Greeting> {
  const params = {
    protocolVersion: PROTOCOL_VERSION,
    capabilities: { elicitation: {} },
    clientInfo: { name: "codex-mcp-client", title: "Codex", version: COMPATIBLE_VERSION },
  };
  const { protocolVersion, capabilities } = objectResult(await peer.greet("initialize", params, { timeoutMs }));
  return {
    protocolVersion: typeof protocolVersion === "string" ? protocolVersion : PROTOCOL_VERSION,
    capabilities: isObject(capabilities) ? capabilities : {},
  };
}

/** The extension by which a server learns how commands are sandboxed. */
export function wantsSandboxState({ capabilities }: Greeting): boolean {
  const { experimental } = capabilities;
  return isObject(experimental) && SANDBOX_STATE in experimental;
}

/** Name of the extension. */
export const SANDBOX_STATE = "codex/sandbox-state";
