// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The subscription. */
export type AddConversationSubscriptionResponse = {
  subscriptionId: string,
};
