/** Codex in this process: the same threads without a child. */

export type { ThreadEvent } from "./events/thread-event.js";
