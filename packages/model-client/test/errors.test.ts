import { httpReply, startFakeModel } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { usageLimitMessage } from "../src/errors/usage-limit.js";
import { attempt, testClient } from "./requests.js";

describe("answers that are not 2xx", () => {
  const url = (server: { url: string }): string => `${server.url}/responses`;

  it.each([
    {
      status: 400,
      body: '{"error":{"message":"bad thing"}}',
      message: '{"error":{"message":"bad thing"}}',
      kind: "badRequest",
      info: "other",
      retryable: false,
    },
    {
      status: 400,
      body: "The image data you provided does not represent a valid image. Please check",
      message: "Invalid image in your last message. Please remove it and try again.",
      kind: "invalidImage",
      info: "bad_request",
      retryable: false,
    },
    {
      status: 401,
      body: "no key",
      message: "unexpected status 401 Unauthorized: no key, url: URL",
      kind: "httpStatus",
      info: "other",
      retryable: false,
    },
    {
      status: 403,
      body: "no",
      message: "unexpected status 403 Forbidden: no, url: URL",
      kind: "httpStatus",
      info: "other",
      retryable: false,
    },
    {
      status: 403,
      body: "<html>Cloudflare: you have been blocked</html>",
      message:
        "Access blocked by Cloudflare. This usually happens when connecting from a restricted region (status 403 Forbidden), url: URL",
      kind: "httpStatus",
      info: "other",
      retryable: false,
    },
    {
      status: 404,
      body: "nf",
      headers: { "x-request-id": "rid" },
      message: "unexpected status 404 Not Found: nf, url: URL, request id: rid",
      kind: "httpStatus",
      info: "other",
      retryable: false,
    },
    {
      status: 404,
      body: "",
      headers: { "cf-ray": "ray", "x-request-id": "rid" },
      message: "unexpected status 404 Not Found: , url: URL, request id: ray",
      kind: "httpStatus",
      info: "other",
      retryable: false,
    },
    {
      status: 404,
      body: "",
      headers: { "x-oai-request-id": "oai" },
      message: "unexpected status 404 Not Found: , url: URL, request id: oai",
      kind: "httpStatus",
      info: "other",
      retryable: false,
    },
    {
      status: 408,
      body: "",
      message: "unexpected status 408 Request Timeout: , url: URL",
      kind: "httpStatus",
      info: "other",
      retryable: true,
    },
    {
      status: 409,
      body: "",
      message: "unexpected status 409 Conflict: , url: URL",
      kind: "httpStatus",
      info: "other",
      retryable: true,
    },
    {
      status: 425,
      body: "",
      message: "unexpected status 425 Too Early: , url: URL",
      kind: "httpStatus",
      info: "other",
      retryable: true,
    },
    {
      status: 422,
      body: "",
      message: "unexpected status 422 Unprocessable Entity: , url: URL",
      kind: "httpStatus",
      info: "other",
      retryable: false,
    },
    {
      status: 429,
      body: "slow",
      headers: { "x-request-id": "rid" },
      message: "exceeded retry limit, last status: 429 Too Many Requests, request id: rid",
      kind: "tooManyRequests",
      info: { response_too_many_failed_attempts: { http_status_code: 429 } },
      retryable: true,
    },
    {
      status: 429,
      body: '{"error":{"type":"usage_not_included"}}',
      message: "To use Codex with your ChatGPT plan, upgrade to Plus: https://openai.com/chatgpt/pricing.",
      kind: "plan",
      info: "usage_limit_exceeded",
      retryable: false,
    },
    {
      status: 500,
      body: "boom",
      message: "We're currently experiencing high demand, which may cause temporary errors.",
      kind: "serverError",
      info: "internal_server_error",
      retryable: true,
    },
    {
      status: 503,
      body: "down",
      headers: { "x-request-id": "rid" },
      message: "unexpected status 503 Service Unavailable: down, url: URL, request id: rid",
      kind: "httpStatus",
      info: "other",
      retryable: true,
    },
    {
      status: 599,
      body: "odd",
      message: "unexpected status 599 <unknown status code>: odd, url: URL",
      kind: "httpStatus",
      info: "other",
      retryable: true,
    },
  ])("$status $body", async ({ status, body, headers = {}, message, kind, info, retryable }) => {
    await using server = await startFakeModel([httpReply(status, body, headers)]);
    const { client } = testClient(server, { provider: { requestMaxRetries: 0 } });
    const { error, events } = await attempt(client);
    expect(events).toEqual([]);
    expect(error).toMatchObject({ message: message.replace("URL", url(server)), kind, info, retryable });
  });

  it("say when a plan's limit ends, and bring the limits along", async () => {
    const body = { error: { type: "usage_limit_reached", plan_type: "pro", resets_at: 1_700_000_000 } };
    const headers = { "x-codex-primary-used-percent": "100", "x-codex-primary-window-minutes": "300" };
    await using server = await startFakeModel([httpReply(429, body, headers)]);
    const { error } = await attempt(testClient(server).client);
    expect(error).toMatchObject({
      kind: "usageLimit",
      info: "usage_limit_exceeded",
      retryable: false,
      rateLimits: { primary: { used_percent: 100, window_minutes: 300, resets_at: null }, secondary: null },
    });
    expect(error?.message).toMatch(/^You've hit your usage limit\. Visit .* or try again at Nov 1\dth, 2023 .*M\.$/);
    expect(server.requests).toHaveLength(1);
  });

  it("names the URL when nobody listens", async () => {
    const { client } = testClient({ url: "http://127.0.0.1:9/v1" }, { provider: { requestMaxRetries: 0 } });
    const { error } = await attempt(client);
    expect(error).toMatchObject({
      kind: "connection",
      retryable: true,
      message: "stream disconnected before completion: error sending request for url (http://127.0.0.1:9/v1/responses)",
    });
  });
});

describe("the usage limit's sentence", () => {
  const at = (text: string): number => new Date(text).getTime();
  const now = at("2026-12-03T09:00:00");
  const today = at("2026-12-03T16:43:00") / 1000;
  const start = "You've hit your usage limit.";

  it.each([
    [
      "plus",
      today,
      `${start} Upgrade to Pro (https://openai.com/chatgpt/pricing), visit https://chatgpt.com/codex/settings/usage to purchase more credits or try again at 4:43 PM.`,
    ],
    [
      "plus",
      null,
      `${start} Upgrade to Pro (https://openai.com/chatgpt/pricing), visit https://chatgpt.com/codex/settings/usage to purchase more credits or try again later.`,
    ],
    ["team", null, `${start} To get more access now, send a request to your admin or try again later.`],
    ["business", today, `${start} To get more access now, send a request to your admin or try again at 4:43 PM.`],
    [
      "pro",
      null,
      `${start} Visit https://chatgpt.com/codex/settings/usage to purchase more credits or try again later.`,
    ],
    ["free", today, `${start} Upgrade to Plus to continue using Codex (https://openai.com/chatgpt/pricing).`],
    ["enterprise", today, `${start} Try again at 4:43 PM.`],
    ["edu", null, `${start} Try again later.`],
    ["dance", null, `${start} Try again later.`],
    ["constructor", null, `${start} Try again later.`],
    [null, today, `${start} Try again at 4:43 PM.`],
    [null, null, `${start} Try again later.`],
    [null, at("2026-12-03T00:05:00") / 1000, `${start} Try again at 12:05 AM.`],
    [null, at("2026-12-03T12:05:00") / 1000, `${start} Try again at 12:05 PM.`],
    [null, at("2026-12-04T16:43:00") / 1000, `${start} Try again at Dec 4th, 2026 4:43 PM.`],
    [null, at("2027-01-01T01:00:00") / 1000, `${start} Try again at Jan 1st, 2027 1:00 AM.`],
    [null, at("2027-01-02T01:00:00") / 1000, `${start} Try again at Jan 2nd, 2027 1:00 AM.`],
    [null, at("2027-01-03T01:00:00") / 1000, `${start} Try again at Jan 3rd, 2027 1:00 AM.`],
    [null, at("2027-01-11T01:00:00") / 1000, `${start} Try again at Jan 11th, 2027 1:00 AM.`],
    [null, at("2027-01-12T01:00:00") / 1000, `${start} Try again at Jan 12th, 2027 1:00 AM.`],
    [null, at("2027-01-13T01:00:00") / 1000, `${start} Try again at Jan 13th, 2027 1:00 AM.`],
    [null, at("2027-01-21T01:00:00") / 1000, `${start} Try again at Jan 21st, 2027 1:00 AM.`],
  ])("plan %s, until %s", (plan, resetsAt, message) => {
    expect(usageLimitMessage(plan, resetsAt, now)).toBe(message);
  });
});
