/** Reads a policy from its JSON form, as it travels between processes and stands in session files. Pure. */

import path from "node:path";
import type { SandboxPolicy, WorkspaceWritePolicy } from "@codex-ts/protocol";

/** The text is not a policy; the message says where it stops being one. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}

const TYPES = ["danger-full-access", "read-only", "external-sandbox", "workspace-write"];

/** Unknown members are ignored, unknown types and wrong values are not. Throws {@link PolicyError}. */
export function parsePolicy(text: string): SandboxPolicy {
  const value = parseObject(text);
  switch (value["type"]) {
    case "danger-full-access":
    case "read-only":
      return { type: value["type"] };
    case "external-sandbox":
      return { type: "external-sandbox", network_access: networkAccess(value["network_access"]) };
    case "workspace-write":
      return workspaceWrite(value);
    case undefined:
      throw new PolicyError("missing field `type`");
    default:
      throw unknownVariant(value["type"], TYPES);
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PolicyError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PolicyError("expected an object with the field `type`");
  }
  return { ...value };
}

function networkAccess(value: unknown): "restricted" | "enabled" {
  if (value === undefined || value === "restricted" || value === "enabled") {
    return value ?? "restricted";
  }
  throw unknownVariant(value, ["restricted", "enabled"]);
}

function workspaceWrite(value: Record<string, unknown>): WorkspaceWritePolicy {
  const roots = value["writable_roots"] ?? [];
  if (!isStrings(roots)) {
    throw new PolicyError("`writable_roots` must be a list of paths");
  }
  const relative = roots.find((root) => !path.isAbsolute(root));
  if (relative !== undefined) {
    throw new PolicyError(`\`writable_roots\` must hold absolute paths, and ${relative} is not one`);
  }
  return {
    type: "workspace-write",
    ...(roots.length === 0 ? {} : { writable_roots: roots.map((root) => path.normalize(root)) }),
    network_access: flag(value, "network_access"),
    exclude_tmpdir_env_var: flag(value, "exclude_tmpdir_env_var"),
    exclude_slash_tmp: flag(value, "exclude_slash_tmp"),
  };
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function flag(value: Record<string, unknown>, name: string): boolean {
  const given = value[name] ?? false;
  if (typeof given !== "boolean") {
    throw new PolicyError(`\`${name}\` must be true or false`);
  }
  return given;
}

function unknownVariant(value: unknown, known: readonly string[]): PolicyError {
  return new PolicyError(
    `unknown variant \`${String(value)}\`, expected one of ${known.map((name) => `\`${name}\``).join(", ")}`,
  );
}
