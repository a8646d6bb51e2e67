/** Transcripts as short texts: what a test compares. */

import type { Params, TestServer } from "./server.js";

/** Notifications and requests of v2 as one line each, without usage and limits. */
export function outline({ received }: TestServer, from = 0): string[] {
  return received.slice(from).flatMap((message) => {
    const { method, params } = message;
    if (method === undefined || method.startsWith("codex/event/") || /tokenUsage|rateLimits/.test(method)) return [];
    return [`${method}${detail(params)}${message.id === undefined ? "" : "?"}`];
  });
}

/** Types of the older stream's events. */
export function legacyOutline({ received }: TestServer, from = 0): string[] {
  return received
    .slice(from)
    .flatMap(({ method, params }) => (method?.startsWith("codex/event/") ? [params.msg.type] : []));
}

function detail(params: Partial<Params>): string {
  if (params.item !== undefined)
    return ` ${params.item.type}${params.item.status === undefined ? "" : ` ${params.item.status}`}`;
  if (params.turn !== undefined) return ` ${params.turn.id} ${params.turn.status}`;
  if (typeof params.delta === "string") return ` ${JSON.stringify(params.delta)}`;
  return "";
}
