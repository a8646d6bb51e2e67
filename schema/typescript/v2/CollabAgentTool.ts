// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What an agent asks of another. */
export type CollabAgentTool = "spawnAgent" | "sendInput" | "wait" | "closeAgent";
