/** The lines at the top of a run: what works where, with which rights. */

import type { ReasoningEffort, SandboxPolicy, ThreadId } from "@codex-ts/protocol";
import { sanitise } from "./sanitise.js";
import type { Style } from "./style.js";

/** What the banner tells. */
export interface BannerFacts {
  version: string;
  cwd: string;
  model: string;
  provider: string;
  approval: string;
  sandbox: SandboxPolicy;
  /** null: the provider has no such setting. */
  reasoning: { effort: ReasoningEffort | null; summary: string } | null;
  threadId: ThreadId;
}

/** The banner. */
export function banner(facts: BannerFacts, style: Style): string {
  const rows: [string, string][] = [
    ["workdir", facts.cwd],
    ["model", facts.model],
    ["provider", facts.provider],
    ["approval", facts.approval],
    ["sandbox", sandboxText(facts.sandbox)],
  ];
  if (facts.reasoning !== null) {
    rows.push(["reasoning effort", facts.reasoning.effort ?? "none"], ["reasoning summaries", facts.reasoning.summary]);
  }
  rows.push(["session id", facts.threadId]);
  const lines = rows.map(([key, value]) => `${style.bold(`${key}:`)} ${sanitise(value)}`);
  return [`Codex in TypeScript v${facts.version}`, "--------", ...lines, "--------"].join("\n");
}

/** The sandbox in words: `workspace-write [workdir, /tmp, $TMPDIR]`. */
export function sandboxText(policy: SandboxPolicy): string {
  switch (policy.type) {
    case "danger-full-access":
    case "read-only":
    case "external-sandbox":
      return policy.type;
    case "workspace-write": {
      const places = ["workdir"];
      if (policy.exclude_slash_tmp !== true) places.push("/tmp");
      if (policy.exclude_tmpdir_env_var !== true) places.push("$TMPDIR");
      places.push(...(policy.writable_roots ?? []));
      return `workspace-write [${places.join(", ")}]${policy.network_access === true ? " (network access enabled)" : ""}`;
    }
  }
}
