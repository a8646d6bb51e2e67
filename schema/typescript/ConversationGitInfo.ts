// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The repository a conversation began in. */
export type ConversationGitInfo = {
  branch: string | null,
  origin_url: string | null,
  sha: string | null,
};
