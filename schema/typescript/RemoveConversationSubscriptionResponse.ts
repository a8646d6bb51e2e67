// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Nothing to say. */
export type RemoveConversationSubscriptionResponse = Record<string, never>;
