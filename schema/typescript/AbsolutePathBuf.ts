// GENERATED CODE! DO NOT MODIFY BY HAND!

/** An absolute path in the notation of the machine the agent runs on. */
export type AbsolutePathBuf = string;
