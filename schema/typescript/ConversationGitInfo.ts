// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The repository a conversation began in. */
export type ConversationGitInfo = {
  sha: string | null,
  branch: string | null,
  origin_url: string | null,
};
