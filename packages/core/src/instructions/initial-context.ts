/** What a conversation begins with, and what it is told when settings change. */

import type { ApprovalPolicy, CollaborationMode, MessageItem, Personality, SandboxPolicy } from "@codex-ts/protocol";
import { environmentMessage } from "./environment.js";
import { developerMessage, userMessage } from "./messages.js";
import { permissionsMessage } from "./permissions.js";

/** Begins the message that carries AGENTS.md; readers of session files tell it from user messages by this. */
const AGENTS_MD_PREFIX = "# AGENTS.md instructions for ";

/** Everything the model is told about its situation. */
export interface Situation {
  cwd: string;
  /** Name of the shell that commands run in. */
  shell: string;
  approvalPolicy: ApprovalPolicy;
  sandboxPolicy: SandboxPolicy;
  writableRoots: readonly string[];
  /** From the config; null: none. */
  developerInstructions: string | null;
  /** AGENTS.md and skills; null: none. */
  userInstructions: string | null;
  collaborationMode: CollaborationMode | null;
  personality: Personality | null;
}

/** The messages that open a conversation, and that a compacted one begins with. */
export function initialContext(situation: Situation): MessageItem[] {
  const mode = modeMessage(situation.collaborationMode);
  return [
    permissionsMessage(situation),
    ...(situation.developerInstructions ? [developerMessage(situation.developerInstructions)] : []),
    ...(mode === null ? [] : [mode]),
    ...(situation.userInstructions ? [instructionsMessage(situation.cwd, situation.userInstructions)] : []),
    environmentMessage(situation.cwd, situation.shell),
  ];
}

/**
 * What the model must be told because settings differ from those it knows, in a fixed order.
 * @param personalityText the model's text for the new personality; null when it has none
 */
export function changesBetween(known: Situation, now: Situation, personalityText: string | null): MessageItem[] {
  const changes: MessageItem[] = [];
  if (now.developerInstructions && now.developerInstructions !== known.developerInstructions) {
    changes.push(developerMessage(now.developerInstructions));
  }
  if (now.userInstructions && now.userInstructions !== known.userInstructions) {
    changes.push(instructionsMessage(now.cwd, now.userInstructions));
  }
  if (known.cwd !== now.cwd) changes.push(environmentMessage(now.cwd, now.shell));
  if (known.approvalPolicy !== now.approvalPolicy || !samePolicy(known.sandboxPolicy, now.sandboxPolicy)) {
    changes.push(permissionsMessage(now));
  }
  const mode = modeMessage(now.collaborationMode);
  if (mode !== null && JSON.stringify(known.collaborationMode) !== JSON.stringify(now.collaborationMode)) {
    changes.push(mode);
  }
  if (now.personality !== null && now.personality !== known.personality && personalityText !== null) {
    changes.push(
      developerMessage(
        `<personality_spec> The user has asked for another style of communication from here on.\n${personalityText} </personality_spec>`,
      ),
    );
  }
  return changes;
}

// helpers

function instructionsMessage(cwd: string, text: string): MessageItem {
  return userMessage(`${AGENTS_MD_PREFIX}${cwd}\n\n<INSTRUCTIONS>\n${text}\n</INSTRUCTIONS>`);
}

function modeMessage(mode: CollaborationMode | null): MessageItem | null {
  const text = mode?.settings.developer_instructions;
  return text ? developerMessage(`<collaboration_mode>${text}</collaboration_mode>`) : null;
}

function samePolicy(a: SandboxPolicy, b: SandboxPolicy): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
