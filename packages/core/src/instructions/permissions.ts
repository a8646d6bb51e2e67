/** Tells the model what the sandbox allows and how to ask for more. */

import type { ApprovalPolicy, MessageItem, SandboxPolicy } from "@codex-ts/protocol";
import { developerMessage } from "./messages.js";

/** What the permissions message depends on. */
export interface Permissions {
  approvalPolicy: ApprovalPolicy;
  sandboxPolicy: SandboxPolicy;
  /** Configured roots first, then the cwd, then the temporary folders. */
  writableRoots: readonly string[];
}

/** The developer message that opens a conversation, and follows every change of the policies. */
export function permissionsMessage(permissions: Permissions): MessageItem {
  const parts = [
    sandboxText(permissions.sandboxPolicy),
    approvalText(permissions.approvalPolicy),
    writableRootsText(permissions),
  ];
  return developerMessage(`<permissions instructions>${parts.join("")}</permissions instructions>`);
}

// helpers

function sandboxText(policy: SandboxPolicy): string {
  const network = (enabled: boolean): string => `Network access is ${enabled ? "enabled" : "restricted"}.`;
  switch (policy.type) {
    case "read-only":
      return `Commands run in a sandbox; its \`sandbox_mode\` is \`read-only\`: files can be read, and any edit needs approval. ${network(false)}`;
    case "workspace-write":
      return `Commands run in a sandbox; its \`sandbox_mode\` is \`workspace-write\`: files can be read everywhere and edited in \`cwd\` and the \`writable_roots\`. Editing anything else needs approval. ${network(policy.network_access ?? false)}`;
    case "danger-full-access":
      return `\`sandbox_mode\` is \`danger-full-access\`: commands run without a sandbox and may do everything the user may. ${network(true)}`;
    case "external-sandbox":
      return `\`sandbox_mode\` is \`danger-full-access\`: this program adds no sandbox of its own; the environment around it sets the limits. ${network(policy.network_access === "enabled")}`;
  }
}

function approvalText(policy: ApprovalPolicy): string {
  switch (policy) {
    case "never":
      return "\n`approval_policy` is `never`: nobody can be asked. Never request approval or escalation; requests are refused. Work within the limits, find other ways where they are in the way, and finish the task as well as they allow. Since nobody watches, check your work thoroughly with the tests and tools at hand before you end the turn.";
    case "on-failure":
      return "\n`approval_policy` is `on-failure`: every command runs in the sandbox first. If the sandbox makes it fail, the user is asked whether to run it again without the sandbox.";
    case "untrusted":
      return "\n`approval_policy` is `unless-trusted`: the user is asked about nearly every command, except for a small set of commands known to only read.";
    case "on-request":
      return `
\`approval_policy\` is \`on-request\`: commands run in the sandbox, and you may ask to run one outside of it. To ask, give the command's tool call the parameters \`sandbox_permissions: "require_escalated"\` and \`justification\`: one sentence, as a question to the user, that says what the command does and why it needs the right. Do not ask in a message first: the call is the question.
Ask when:
- the command must write outside the writable folders (a tool that keeps its cache elsewhere, a system-wide installation),
- it opens a graphical program or the browser,
- it needs the network (installing packages, fetching, pushing),
- an important command has just failed and the likely cause is the sandbox: call it again with the parameters,
- it is destructive (removing, resetting, overwriting) and the user has not asked for exactly that.
Do not ask for what works in the sandbox, and do not try to get around it.`;
  }
}

function writableRootsText({ sandboxPolicy, writableRoots }: Permissions): string {
  if (sandboxPolicy.type !== "workspace-write" || writableRoots.length === 0) return "";
  const names = writableRoots.map((root) => `\`${root}\``).join(", ");
  return writableRoots.length === 1 ? ` The writable root is ${names}.` : ` The writable roots are ${names}.`;
}
