/** What a streamed response's headers say, as events. Pure. */

import type { ModelEvent } from "../contract/events.js";
import { readRateLimits } from "./rate-limits.js";

/** In the order in which they are to be handled: limits first. */
export function headerEvents(headers: Headers): ModelEvent[] {
  const events: ModelEvent[] = [{ type: "rateLimits", snapshot: readRateLimits(headers) }];
  const etag = headers.get("x-models-etag");
  if (etag !== null) events.push({ type: "modelsEtag", etag });
  if (headers.has("x-reasoning-included")) events.push({ type: "reasoningIncluded" });
  return events;
}
