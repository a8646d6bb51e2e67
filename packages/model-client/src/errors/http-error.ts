/** Turns an HTTP answer that is not 2xx into an error. Pure: status, headers and body in, error out. */

import { readRateLimits } from "../responses/rate-limits.js";
import { isRecord, stringMember } from "../json.js";
import { mayPass, planRequired } from "./failed-event.js";
import { ModelError } from "./model-error.js";
import { usageLimitMessage } from "./usage-limit.js";

/** An answer that refused the request. */
export interface HttpFailure {
  url: string;
  status: number;
  /** The status's standard words; empty when it has none. */
  statusText: string;
  headers: Headers;
  body: string;
}

const INVALID_IMAGE = "The image data you provided does not represent a valid image";

/** @param now milliseconds since 1970 */
export function httpError(failure: HttpFailure, now: number): ModelError {
  const { status, body } = failure;
  const details = { httpStatus: status, retryAfterMs: retryAfter(failure.headers, now) };
  switch (true) {
    case status === 400 && body.includes(INVALID_IMAGE):
      return new ModelError(
        "invalidImage",
        "Invalid image in your last message. Please remove it and try again.",
        details,
      );
    case status === 400:
      return new ModelError("badRequest", body, details);
    case status === 429:
      return tooManyRequests(failure, details, now);
    case status === 500:
      return new ModelError(
        "serverError",
        "We're currently experiencing high demand, which may cause temporary errors.",
        details,
      );
    case status === 403 && body.includes("Cloudflare") && body.includes("blocked"):
      return new ModelError("httpStatus", blockedByCloudflare(failure), details);
    default:
      return new ModelError("httpStatus", unexpectedStatus(failure), {
        ...details,
        retryable: mayPass(status),
      });
  }
}

/** The id under which the server logged the request, if it names one. */
export function requestId(headers: Headers): string | null {
  return headers.get("cf-ray") ?? headers.get("x-request-id") ?? headers.get("x-oai-request-id");
}

function tooManyRequests(
  failure: HttpFailure,
  details: { httpStatus: number; retryAfterMs: number | null },
  now: number,
): ModelError {
  const error = errorMember(failure.body);
  switch (error === null ? null : stringMember(error, "type")) {
    case "usage_limit_reached": {
      const plan = stringMember(error ?? {}, "plan_type");
      const resetsAt = error?.["resets_at"];
      const message = usageLimitMessage(plan, typeof resetsAt === "number" ? resetsAt : null, now);
      return new ModelError("usageLimit", message, { ...details, rateLimits: readRateLimits(failure.headers) });
    }
    case "usage_not_included":
      return planRequired();
    default: {
      const id = requestId(failure.headers);
      const suffix = id === null ? "" : `, request id: ${id}`;
      return new ModelError(
        "tooManyRequests",
        `exceeded retry limit, last status: ${named(failure)}${suffix}`,
        details,
      );
    }
  }
}

function errorMember(body: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) && isRecord(parsed["error"]) ? parsed["error"] : null;
  } catch {
    // The body is not JSON, so it has no error object.
    return null;
  }
}

function unexpectedStatus(failure: HttpFailure): string {
  return `unexpected status ${named(failure)}: ${failure.body}${whereabouts(failure)}`;
}

function blockedByCloudflare(failure: HttpFailure): string {
  return `Access blocked by Cloudflare. This usually happens when connecting from a restricted region (status ${named(failure)})${whereabouts(failure)}`;
}

function named(failure: HttpFailure): string {
  return `${failure.status} ${failure.statusText === "" ? "<unknown status code>" : failure.statusText}`;
}

function whereabouts(failure: HttpFailure): string {
  const id = requestId(failure.headers);
  return `, url: ${failure.url}${id === null ? "" : `, request id: ${id}`}`;
}

/** Milliseconds of a `Retry-After` header, given as seconds or as a date; null when absent or unreadable. */
export function retryAfter(headers: Headers, now: number): number | null {
  const milliseconds = headers.get("retry-after-ms");
  if (milliseconds !== null && /^\d+(\.\d+)?$/.test(milliseconds.trim())) return Math.trunc(Number(milliseconds));
  const value = headers.get("retry-after")?.trim();
  if (value === undefined) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.trunc(Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
