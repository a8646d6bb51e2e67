/** What the machine's administrator requires: which policies are allowed, and which MCP servers. */

import type { ApprovalPolicy, SandboxMode } from "@codex-ts/protocol";
import { ConfigError } from "../errors.js";
import { PREFERENCE_DOMAIN, type AdminLocations } from "../layers/locations.js";
import { readTomlFile } from "../layers/read-file.js";
import { preferenceTable } from "../layers/stack.js";
import type { ConfigLayer } from "../layers/layer.js";
import type { McpServerConfig } from "../schema/mcp-server.js";
import { requirementsToml, type McpIdentity, type RequirementsToml } from "../schema/requirements-toml.js";
import { readTable } from "../schema/read.js";
import type { TomlTable } from "../toml/nodes.js";

/** A sandbox mode that can be allowed; one more than can be asked for. */
export type AllowedSandboxMode = SandboxMode | "external-sandbox";

/** A requirement and who made it. */
export interface Requirement<T> {
  readonly value: T;
  /** As messages name it: a file, or `MDM <domain>:<key>`. */
  readonly source: string;
}

/** All requirements; null where nobody requires anything. */
export interface Requirements {
  readonly approvalPolicies: Requirement<readonly ApprovalPolicy[]> | null;
  readonly sandboxModes: Requirement<readonly AllowedSandboxMode[]> | null;
  readonly mcpServers: Requirement<ReadonlyMap<string, McpIdentity>> | null;
}

/**
 * Reads the requirements; for each field the first source that sets it counts.
 * @param layers the configuration, whose managed layers count as requirements too
 * @throws ConfigError
 */
export async function readRequirements(
  locations: AdminLocations,
  layers: readonly ConfigLayer[],
): Promise<Requirements> {
  const sources = [...(await requirementSources(locations)), ...managedSources(layers)];
  const first = <K extends keyof RequirementsToml>(key: K): Requirement<NonNullable<RequirementsToml[K]>> | null => {
    for (const { value, source } of sources) {
      const found = value[key];
      if (found !== undefined && found !== null) {
        return { value: found, source };
      }
    }
    return null;
  };
  const requirements = {
    approvalPolicies: first("allowed_approval_policies"),
    sandboxModes: first("allowed_sandbox_modes"),
    mcpServers: first("mcp_servers"),
  };
  checkSandboxModes(requirements.sandboxModes);
  return requirements;
}

/**
 * Refuses a policy that is not allowed.
 * @throws ConfigError of kind `requirement`
 */
export function checkApprovalPolicy(policy: ApprovalPolicy, requirements: Requirements): void {
  const allowed = requirements.approvalPolicies;
  if (allowed !== null && !allowed.value.includes(policy)) {
    throw violation(
      "approval_policy",
      APPROVAL_NAMES[policy],
      allowed.value.map((each) => APPROVAL_NAMES[each]),
      allowed.source,
    );
  }
}

/**
 * Refuses a sandbox mode that is not allowed.
 * @throws ConfigError of kind `requirement`
 */
export function checkSandboxMode(mode: AllowedSandboxMode, requirements: Requirements): void {
  const allowed = requirements.sandboxModes;
  if (allowed !== null && !allowed.value.includes(mode)) {
    throw violation(
      "sandbox_mode",
      SANDBOX_NAMES[mode],
      allowed.value.map((each) => SANDBOX_NAMES[each]),
      allowed.source,
    );
  }
}

/** Switches off servers that are not on the list; servers keep their place. */
export function applyMcpRequirement(
  servers: ReadonlyMap<string, McpServerConfig>,
  requirement: Requirements["mcpServers"],
): ReadonlyMap<string, McpServerConfig> {
  if (requirement === null) {
    return servers;
  }
  const disabledReason = `requirements (${requirement.source})`;
  return new Map(
    [...servers].map(([name, server]) =>
      matches(server, requirement.value.get(name))
        ? [name, server]
        : [name, { ...server, enabled: false, disabledReason }],
    ),
  );
}

// reading

interface RequirementSource {
  readonly value: RequirementsToml;
  readonly source: string;
}

async function requirementSources(locations: AdminLocations): Promise<RequirementSource[]> {
  const sources: RequirementSource[] = [];
  const key = "requirements_toml_base64";
  const preference = await preferenceTable(locations, key, null);
  if (preference !== null) {
    sources.push({ value: readRequirementsTable(preference), source: `MDM ${PREFERENCE_DOMAIN}:${key}` });
  }
  if (locations.requirements !== null) {
    const document = readTomlFile(locations.requirements, null, "requirements file");
    if (document !== null) {
      sources.push({ value: readRequirementsTable(document.root), source: locations.requirements });
    }
  }
  return sources;
}

function readRequirementsTable(table: TomlTable): RequirementsToml {
  return readTable(requirementsToml, table, (path) => path).value;
}

/** A managed `approval_policy` or `sandbox_mode` is a requirement as well. Highest layer first. */
function managedSources(layers: readonly ConfigLayer[]): RequirementSource[] {
  return layers
    .filter(({ name }) => name.type.startsWith("legacyManaged"))
    .reverse()
    .map(({ name, table }) => ({ value: readManaged(table), source: managedName(name) }));
}

function readManaged(table: TomlTable): RequirementsToml {
  const policy = APPROVAL_POLICIES.find((each) => each === stringAt(table, "approval_policy"));
  const mode = SANDBOX_MODES.find((each) => each === stringAt(table, "sandbox_mode"));
  return {
    allowed_approval_policies: policy === undefined ? undefined : [policy],
    allowed_sandbox_modes: mode === undefined ? undefined : [...new Set(["read-only" as const, mode])],
    mcp_servers: undefined,
  };
}

function stringAt(table: TomlTable, key: string): string | null {
  const node = table.entries.get(key)?.value;
  return node?.kind === "string" ? node.value : null;
}

function managedName(name: ConfigLayer["name"]): string {
  return name.type === "legacyManagedConfigTomlFromFile" ? name.file : "MDM managed_config.toml (legacy)";
}

// checking

const APPROVAL_NAMES: Readonly<Record<ApprovalPolicy, string>> = {
  untrusted: "UnlessTrusted",
  "on-failure": "OnFailure",
  "on-request": "OnRequest",
  never: "Never",
};
const APPROVAL_POLICIES: readonly ApprovalPolicy[] = ["untrusted", "on-failure", "on-request", "never"];

const SANDBOX_NAMES: Readonly<Record<AllowedSandboxMode, string>> = {
  "read-only": "ReadOnly",
  "workspace-write": "WorkspaceWrite",
  "danger-full-access": "DangerFullAccess",
  "external-sandbox": "ExternalSandbox",
};
const SANDBOX_MODES: readonly SandboxMode[] = ["read-only", "workspace-write", "danger-full-access"];

function checkSandboxModes(modes: Requirements["sandboxModes"]): void {
  if (modes !== null && !modes.value.includes("read-only")) {
    const names = modes.value.map((each) => SANDBOX_NAMES[each]);
    const allowed = "must include 'read-only' to allow any SandboxPolicy";
    throw new ConfigError(
      "requirement",
      `invalid value for \`allowed_sandbox_modes\`: \`[${names.join(", ")}]\` is not in the allowed set ${allowed} (set by ${modes.source})`,
    );
  }
}

function violation(key: string, value: string, allowed: readonly string[], source: string): ConfigError {
  const message = `invalid value for \`${key}\`: \`${value}\` is not in the allowed set [${allowed.join(", ")}] (set by ${source})`;
  return new ConfigError("requirement", message, { key });
}

function matches(server: McpServerConfig, identity: McpIdentity | undefined): boolean {
  if (identity === undefined) {
    return false;
  }
  return server.transport.type === "stdio"
    ? identity.command === server.transport.command
    : identity.url === server.transport.url;
}
