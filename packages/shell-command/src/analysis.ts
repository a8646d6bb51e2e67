/** The functions that need the shell parser, gathered so that one dynamic import brings them. */

export { commandActions } from "./actions/command-actions.js";
export { plainCommands } from "./script/plain.js";
export { commandsWithin } from "./script/within.js";
export { isDangerous } from "./verdicts/dangerous.js";
export { isDestructive } from "./verdicts/destructive.js";
export { isKnownSafe } from "./verdicts/known-safe.js";
