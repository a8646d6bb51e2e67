/** Shows how two texts differ, for a person. Pure. */

const CONTEXT_LINES = 2;
const MOST_LINES = 24;

/** The lines between the common start and the common end: `-` is what was recorded, `+` what came now. */
export function describeDifference(recorded: string, now: string): string {
  const before = recorded.split("\n");
  const after = now.split("\n");
  const start = sharedLength(before, after);
  const end = sharedLength(before.slice(start).reverse(), after.slice(start).reverse());
  return [
    ...before.slice(Math.max(0, start - CONTEXT_LINES), start).map((line) => `  ${line}`),
    ...shortened(before.slice(start, before.length - end).map((line) => `- ${line}`)),
    ...shortened(after.slice(start, after.length - end).map((line) => `+ ${line}`)),
    ...before.slice(before.length - end, before.length - end + CONTEXT_LINES).map((line) => `  ${line}`),
  ].join("\n");
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((line, index) => line !== b[index]);
  return differs === -1 ? a.length : differs;
}

function shortened(lines: readonly string[]): string[] {
  if (lines.length <= MOST_LINES) return [...lines];
  return [...lines.slice(0, MOST_LINES), `  ... ${lines.length - MOST_LINES} more lines`];
}
