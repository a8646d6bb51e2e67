// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";

/** Why a sub-agent exists. */
export type SubAgentSource = "review" | "compact" | {
  thread_spawn: {
    parent_thread_id: ThreadId,
    /** 1 for a child, 2 for a child's child. */
    depth: number,
  },
} | {
  other: string,
};
