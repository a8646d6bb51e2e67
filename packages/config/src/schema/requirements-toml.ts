/** requirements.toml: what an administrator allows. */

import { required, optional, type Infer, type Shape } from "./shape.js";
import { convert, list, map, oneOf, string, table } from "./shapes.js";
import { approvalPolicy } from "./profile.js";

/** The one command or address that a server of this name may have. */
export interface McpIdentity {
  readonly command: string | null;
  readonly url: string | null;
}

const identity: Shape<McpIdentity> = convert(
  table({
    command: optional(string, "The program that a stdio server must start."),
    url: optional(string, "The address that an HTTP server must have."),
  }),
  (value, problem) => {
    if (value.command === undefined && value.url === undefined) {
      throw problem("an identity needs `command` or `url`");
    }
    return { command: value.command ?? null, url: value.url ?? null };
  },
);

const approvalPolicies = convert(list(approvalPolicy), (value, problem) => {
  if (value.length === 0) {
    throw problem("field `allowed_approval_policies` cannot be empty");
  }
  return value;
});

const sandboxModes = list(oneOf(["read-only", "workspace-write", "danger-full-access", "external-sandbox"]));

const server = convert(table({ identity: required(identity, "What the server must be.") }), (value) => value.identity);

/** Every key of requirements.toml. */
export const requirementsToml = table({
  allowed_approval_policies: optional(approvalPolicies, "The approval policies that can be chosen."),
  allowed_sandbox_modes: optional(sandboxModes, "The sandbox modes that can be chosen; must contain `read-only`."),
  mcp_servers: optional(map(server), "The only MCP servers that may run."),
});

/** What requirements.toml says. */
export type RequirementsToml = Infer<typeof requirementsToml>;
