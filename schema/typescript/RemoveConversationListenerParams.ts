// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Ends a subscription. */
export type RemoveConversationListenerParams = {
  subscriptionId: string,
};
