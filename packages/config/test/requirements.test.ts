import { describe, expect, it } from "vitest";
import { checkApprovalPolicy, checkSandboxMode, ConfigError, type HarnessOverrides } from "../src/index.js";
import { failure, testHome } from "./homes.js";

const load = async (files: Record<string, string>, config = "", harness: HarnessOverrides = {}, cli: string[] = []) => {
  const home = testHome(config, files);
  return home.load({ overrides: { harness, cli } });
};
const problem = async (...args: Parameters<typeof load>): Promise<string> =>
  (await failure(load(...args))).message.replaceAll(/\/[^ ]*\/etc\//g, "/etc/codex/");

const required = (text: string): Record<string, string> => ({ "etc/requirements.toml": text });
const managed = (text: string): Record<string, string> => ({ "etc/managed_config.toml": text });

describe("requirements.toml", () => {
  it.each<[string, string, string, HarnessOverrides, string]>([
    [
      "an approval policy outside the set",
      'allowed_approval_policies = ["on-request", "never"]',
      'approval_policy = "untrusted"',
      {},
      "invalid value for `approval_policy`: `UnlessTrusted` is not in the allowed set [OnRequest, Never] (set by /etc/codex/requirements.toml)",
    ],
    [
      "a policy that a program insists on",
      'allowed_approval_policies = ["on-request"]',
      "",
      { approvalPolicy: "never" },
      "invalid value for `approval_policy`: `Never` is not in the allowed set [OnRequest] (set by /etc/codex/requirements.toml)",
    ],
    [
      "a sandbox mode outside the set",
      'allowed_sandbox_modes = ["read-only", "workspace-write"]',
      "",
      { sandboxMode: "danger-full-access" },
      "invalid value for `sandbox_mode`: `DangerFullAccess` is not in the allowed set [ReadOnly, WorkspaceWrite] (set by /etc/codex/requirements.toml)",
    ],
    [
      "a set without read-only",
      'allowed_sandbox_modes = ["workspace-write"]',
      "",
      {},
      "invalid value for `allowed_sandbox_modes`: `[WorkspaceWrite]` is not in the allowed set must include 'read-only' to allow any SandboxPolicy (set by /etc/codex/requirements.toml)",
    ],
    [
      "an empty set",
      "allowed_approval_policies = []",
      "",
      {},
      "/etc/codex/requirements.toml:1:29: field `allowed_approval_policies` cannot be empty",
    ],
    [
      "broken TOML",
      "allowed_approval_policies = ",
      "",
      {},
      "/etc/codex/requirements.toml:1:29: string values must be quoted, expected literal string",
    ],
    [
      "an unknown word",
      'allowed_sandbox_modes = ["x"]',
      "",
      {},
      "/etc/codex/requirements.toml:1:26: unknown variant `x`, expected one of `read-only`, `workspace-write`, `danger-full-access`, `external-sandbox`",
    ],
  ])("%s is an error", async (_name, requirements, config, harness, message) => {
    expect(await problem(required(requirements), config, harness)).toBe(message);
  });

  it("what it does not know is ignored", async () => {
    const config = await load(required("[rules]\na = 1\n[other]\nb = 2"));
    expect(config.requirements).toEqual({ approvalPolicies: null, sandboxModes: null, mcpServers: null });
  });

  it("switches off servers that are not listed, or are something else than listed", async () => {
    const requirements =
      '[mcp_servers.ok]\nidentity = { command = "c" }\n[mcp_servers.web]\nidentity = { url = "http://w" }\n[mcp_servers.fake]\nidentity = { command = "c" }';
    const config = await load(
      required(requirements),
      '[mcp_servers.ok]\ncommand = "c"\nargs = ["x"]\n[mcp_servers.web]\nurl = "http://w"\n[mcp_servers.fake]\ncommand = "d"\n[mcp_servers.other]\ncommand = "c"',
    );
    const states = [...config.mcpServers].map(([name, server]) => [
      name,
      server.enabled,
      server.disabledReason?.replace(/\(.*\/etc/, "(/etc") ?? null,
    ]);
    expect(states).toEqual([
      ["ok", true, null],
      ["web", true, null],
      ["fake", false, "requirements (/etc/requirements.toml)"],
      ["other", false, "requirements (/etc/requirements.toml)"],
    ]);
  });

  it("an empty list of servers allows none", async () => {
    const config = await load(required("[mcp_servers]"), '[mcp_servers.a]\ncommand = "c"');
    expect(config.mcpServers.get("a")?.enabled).toBe(false);
  });
});

describe("managed configuration as requirement", () => {
  it("a managed value wins over -c without an error", async () => {
    const config = await load(managed('approval_policy = "never"'), "", {}, ["approval_policy=untrusted"]);
    expect(config.approvalPolicy).toBe("never");
  });

  it("a flag against it is an error", async () => {
    expect(await problem(managed('sandbox_mode = "workspace-write"'), "", { sandboxMode: "danger-full-access" })).toBe(
      "invalid value for `sandbox_mode`: `DangerFullAccess` is not in the allowed set [ReadOnly, WorkspaceWrite] (set by /etc/codex/managed_config.toml)",
    );
  });

  it("requirements.toml comes first, field by field", async () => {
    const config = await load({
      ...required('allowed_approval_policies = ["on-request", "never"]'),
      ...managed('approval_policy = "never"\nsandbox_mode = "read-only"'),
    });
    expect(config.requirements.approvalPolicies?.value).toEqual(["on-request", "never"]);
    expect(config.requirements.sandboxModes?.value).toEqual(["read-only"]);
  });

  it("a preference comes before files and is named so", async () => {
    const home = testHome("", required('allowed_approval_policies = ["never"]'));
    const text = 'allowed_approval_policies = ["untrusted"]';
    const readPreference = async (key: string): Promise<string | null> =>
      key === "requirements_toml_base64" ? Buffer.from(text).toString("base64") : null;
    const error = await failure(home.load({ locations: { ...home.locations, readPreference } }));
    expect(error.message).toBe(
      "invalid value for `approval_policy`: `OnRequest` is not in the allowed set [UnlessTrusted] (set by MDM com.openai.codex:requirements_toml_base64)",
    );
  });

  it("a managed preference is named as the original names it", async () => {
    const home = testHome();
    const readPreference = async (key: string): Promise<string | null> =>
      key === "config_toml_base64" ? Buffer.from('approval_policy = "never"').toString("base64") : null;
    const { requirements } = await home.load({ locations: { ...home.locations, readPreference } });
    expect(requirements.approvalPolicies?.source).toBe("MDM managed_config.toml (legacy)");
  });
});

describe("a change in a running session", () => {
  it("is held to the same requirements", async () => {
    const { requirements } = await load(
      required('allowed_approval_policies = ["on-request"]\nallowed_sandbox_modes = ["read-only"]'),
    );
    expect(() => checkApprovalPolicy("on-request", requirements)).not.toThrow();
    expect(() => checkApprovalPolicy("never", requirements)).toThrow(ConfigError);
    expect(() => checkSandboxMode("external-sandbox", requirements)).toThrow(
      "`ExternalSandbox` is not in the allowed set [ReadOnly]",
    );
  });
});
