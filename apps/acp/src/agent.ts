/** The methods that an editor calls. */

import { agent, methods, PROTOCOL_VERSION, type AgentApp, type InitializeResponse } from "@agentclientprotocol/sdk";
import { VERSION } from "@codex-ts/launch";
import type { Sessions } from "./sessions/sessions.js";

/** An agent whose sessions these are; it still has to be connected. */
export function acpAgent(sessions: Sessions): AgentApp {
  const { session } = methods.agent;
  return agent({ name: "codex" })
    .onConnect(({ client }) => sessions.attach(client))
    .onRequest(methods.agent.initialize, ({ params }) => capabilities(params.protocolVersion))
    .onRequest(session.new, async ({ params }) => await sessions.open(params))
    .onRequest(session.load, async ({ params }) => await sessions.load(params))
    .onRequest(session.resume, async ({ params }) => await sessions.resume(params))
    .onRequest(session.list, async ({ params }) => await sessions.list(params))
    .onRequest(session.close, async ({ params }) => await sessions.end(params.sessionId))
    .onRequest(session.setMode, async ({ params }) => await sessions.get(params.sessionId).setMode(params.modeId))
    .onRequest(session.prompt, async ({ params }) => await sessions.get(params.sessionId).prompt(params.prompt))
    .onNotification(session.cancel, ({ params }) => sessions.cancel(params.sessionId));
}

function capabilities(clientVersion: number): InitializeResponse {
  return {
    protocolVersion: Math.min(clientVersion, PROTOCOL_VERSION),
    agentInfo: { name: "codex", title: "Codex", version: VERSION },
    agentCapabilities: {
      loadSession: true,
      promptCapabilities: { image: true, embeddedContext: true },
      mcpCapabilities: { http: true },
      sessionCapabilities: { additionalDirectories: {}, close: {}, list: {}, resume: {} },
    },
    authMethods: [],
  };
}
