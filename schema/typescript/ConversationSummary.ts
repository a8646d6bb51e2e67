// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ConversationGitInfo } from "./ConversationGitInfo";
import type { SessionSource } from "./SessionSource";
import type { ThreadId } from "./ThreadId";

/** A stored conversation. */
export type ConversationSummary = {
  conversationId: ThreadId,
  path: string,
  preview: string,
  /** When it began, RFC 3339. */
  timestamp: string | null,
  /** When its file last changed, RFC 3339. */
  updatedAt: string | null,
  modelProvider: string,
  cwd: string,
  cliVersion: string,
  source: SessionSource,
  gitInfo: ConversationGitInfo | null,
};
