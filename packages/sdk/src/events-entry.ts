/** The lines of `codex exec --json` and the fold that makes them: what the program writes and this SDK reads. */

export { ExecProjection } from "./events/exec-projection.js";
export { lineOf, type ThreadEvent } from "./events/thread-event.js";
