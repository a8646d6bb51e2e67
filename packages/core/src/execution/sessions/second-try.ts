/** The second try of a command whose sandbox could not be made at the first. */

import type { LiveCommand, LiveEnd } from "../command-runner.js";

/**
 * Opens once more where the sandbox could not be set up: a file the plan covers was gone before its mount was made.
 * The command has not run then, so a fresh plan is safe, unless somebody has typed into it or told it to end.
 * @param open makes a fresh plan and starts it; null: nobody wanted it any more by then
 */
export function withSecondTry(
  first: LiveCommand,
  open: (unwanted: AbortSignal) => Promise<LiveCommand | null>,
): LiveCommand {
  let current = first;
  let touched = false;
  const toldToEnd = new AbortController();
  const again = async (end: LiveEnd): Promise<LiveEnd> => {
    if (touched || end.kind !== "notStarted" || !end.setup) return end;
    try {
      const second = await open(toldToEnd.signal);
      if (second === null) return end;
      current = second;
    } catch (error) {
      return { ...end, reason: error instanceof Error ? error.message : String(error) };
    }
    if (toldToEnd.signal.aborted) current.end(); // while it was opened, when only the first could hear it
    return await current.ended;
  };
  return {
    write: (text) => {
      touched = true;
      current.write(text);
    },
    end: () => {
      touched = true;
      toldToEnd.abort();
      current.end();
    },
    ended: first.ended.then(again),
  };
}
