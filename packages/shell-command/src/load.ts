/** Loads the analysis, and the parser under it, when a command is first looked at. */

import type * as analysis from "./analysis.js";

/** The analysis of command lines: synchronous and pure functions, see each. */
export type ShellAnalysis = typeof analysis;

/** Resolves to the analysis; the first call loads it, later ones are immediate. */
export function loadShellAnalysis(): Promise<ShellAnalysis> {
  return import("./analysis.js");
}
