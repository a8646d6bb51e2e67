/** Policies that the machine's administrator forbids. */

import type { Config } from "@codex-ts/config";
import { describe, expect, it } from "vitest";
import { checkPolicies } from "../src/methods/turns.js";

const config = {
  requirements: {
    approvalPolicies: { value: ["untrusted", "on-request"], source: "/etc/codex/requirements.toml" },
    sandboxModes: { value: ["read-only"], source: "/etc/codex/requirements.toml" },
    mcpServers: null,
  },
} satisfies Pick<Config, "requirements">;

describe("a turn's policies", () => {
  it.each([
    [undefined, undefined],
    ["untrusted", { type: "read-only" }],
  ] as const)("%j, %j are allowed", (approval, sandbox) => {
    expect(() => checkPolicies(approval, sandbox, config)).not.toThrow();
  });

  it.each([
    ["never", undefined, "invalid value for `approval_policy`: `Never` is not in the allowed set"],
    [
      undefined,
      { type: "danger-full-access" },
      "invalid value for `sandbox_mode`: `DangerFullAccess` is not in the allowed set",
    ],
  ] as const)("%j, %j are refused", (approval, sandbox, text) => {
    expect(() => checkPolicies(approval, sandbox, config)).toThrow(text);
  });
});
