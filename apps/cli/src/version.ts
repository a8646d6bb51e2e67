/** The version alone, in a file that imports nothing: `--version` must not load the agent. */

/** Kept equal to launch's by a test. */
export const VERSION = "0.1.0";
