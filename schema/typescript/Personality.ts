// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The tone of the agent's messages. */
export type Personality = "friendly" | "pragmatic";
