/** Modes: what the agent may do without asking, in three steps. Pure. */

import type { SessionModeState } from "@agentclientprotocol/sdk";
import type { ApprovalPolicy, SandboxPolicy } from "@codex-ts/protocol";

/** What a mode sets. */
export interface ModeSettings {
  approvalPolicy: ApprovalPolicy;
  sandboxPolicy: SandboxPolicy;
}

/** A thread that was configured otherwise; it cannot be chosen. */
const CUSTOM = { id: "custom", name: "As configured", description: "What config.toml says" };

const MODES = [
  {
    id: "read-only",
    name: "Read only",
    description: "Reads files; asks before it changes anything or uses the network",
    approvalPolicy: "on-request",
    sandbox: "read-only",
  },
  {
    id: "auto",
    name: "Agent",
    description: "Works in the folder; asks before it leaves it or uses the network",
    approvalPolicy: "on-request",
    sandbox: "workspace-write",
  },
  {
    id: "full-access",
    name: "Full access",
    description: "Never asks and has no sandbox",
    approvalPolicy: "never",
    sandbox: "danger-full-access",
  },
] as const;

/** The mode of a thread with these settings. */
export function modeIdOf({ approvalPolicy, sandboxPolicy }: ModeSettings): string {
  const mode = MODES.find((known) => known.approvalPolicy === approvalPolicy && known.sandbox === sandboxPolicy.type);
  return mode?.id ?? CUSTOM.id;
}

/** The modes, and which one is on. */
export function modesOf(settings: ModeSettings): SessionModeState {
  const currentModeId = modeIdOf(settings);
  const availableModes = MODES.map(({ id, name, description }) => ({ id, name, description }));
  return { currentModeId, availableModes: currentModeId === CUSTOM.id ? [CUSTOM, ...availableModes] : availableModes };
}

/**
 * What a mode sets; null: there is no such mode.
 * @param configured the thread's own settings: its writable roots and network stay when the mode has them
 */
export function settingsOfMode(id: string, configured: ModeSettings): ModeSettings | null {
  if (id === CUSTOM.id) return configured;
  const mode = MODES.find((known) => known.id === id);
  if (mode === undefined) return null;
  const { approvalPolicy, sandbox } = mode;
  const sandboxPolicy = configured.sandboxPolicy.type === sandbox ? configured.sandboxPolicy : plainPolicy(sandbox);
  return { approvalPolicy, sandboxPolicy };
}

function plainPolicy(type: (typeof MODES)[number]["sandbox"]): SandboxPolicy {
  return type === "workspace-write"
    ? { type, network_access: false, exclude_tmpdir_env_var: false, exclude_slash_tmp: false }
    : { type };
}
