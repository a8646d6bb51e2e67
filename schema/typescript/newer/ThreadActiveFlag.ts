// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What an active thread waits for. */
export type ThreadActiveFlag = "waitingOnApproval" | "waitingOnUserInput";
