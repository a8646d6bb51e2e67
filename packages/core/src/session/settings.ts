/** What a thread is set to, and how operations change it. Pure. */

import type {
  ApprovalPolicy,
  CollaborationMode,
  Op,
  Personality,
  ReasoningEffort,
  ReasoningSummary,
  SandboxPolicy,
} from "@codex-ts/protocol";

/** Settings that turns are made from; they stay until an operation changes them. */
export interface SessionSettings {
  /** Absolute. */
  cwd: string;
  approvalPolicy: ApprovalPolicy;
  sandboxPolicy: SandboxPolicy;
  model: string;
  /** null: the model's default. */
  effort: ReasoningEffort | null;
  summary: ReasoningSummary;
  personality: Personality | null;
  collaborationMode: CollaborationMode;
}

/** The settings after a turn that brings its own. */
export function withTurnSettings(settings: SessionSettings, op: Extract<Op, { type: "user_turn" }>): SessionSettings {
  const mode = op.collaboration_mode ?? customMode(op.model, op.effort ?? null);
  return {
    ...settings,
    cwd: op.cwd,
    approvalPolicy: op.approval_policy,
    sandboxPolicy: op.sandbox_policy,
    model: mode.settings.model,
    effort: mode.settings.reasoning_effort,
    summary: op.summary,
    personality: op.personality ?? settings.personality,
    collaborationMode: mode,
  };
}

/** The settings after an override; what it leaves out stays. */
export function withOverride(
  settings: SessionSettings,
  op: Omit<Extract<Op, { type: "override_turn_context" }>, "type">,
): SessionSettings {
  const base = op.collaboration_mode ?? settings.collaborationMode;
  const model = op.collaboration_mode?.settings.model ?? op.model ?? settings.model;
  const effort =
    op.collaboration_mode?.settings.reasoning_effort ?? (op.effort === undefined ? settings.effort : op.effort);
  return {
    cwd: op.cwd ?? settings.cwd,
    approvalPolicy: op.approval_policy ?? settings.approvalPolicy,
    sandboxPolicy: op.sandbox_policy ?? settings.sandboxPolicy,
    model,
    effort,
    summary: op.summary ?? settings.summary,
    personality: op.personality ?? settings.personality,
    collaborationMode: { ...base, settings: { ...base.settings, model, reasoning_effort: effort } },
  };
}

/** The mode of a thread that chose none. */
export function customMode(model: string, effort: ReasoningEffort | null): CollaborationMode {
  return { mode: "custom", settings: { model, reasoning_effort: effort, developer_instructions: null } };
}
