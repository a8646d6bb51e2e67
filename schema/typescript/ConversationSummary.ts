// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ConversationGitInfo } from "./ConversationGitInfo";
import type { SessionSource } from "./SessionSource";
import type { ThreadId } from "./ThreadId";

/** A stored conversation. */
export type ConversationSummary = {
  conversationId: ThreadId,
  cliVersion: string,
  cwd: string,
  gitInfo: ConversationGitInfo | null,
  modelProvider: string,
  path: string,
  preview: string,
  source: SessionSource,
  /** When it began, RFC 3339. */
  timestamp: string | null,
  /** When its file last changed, RFC 3339. */
  updatedAt: string | null,
};
