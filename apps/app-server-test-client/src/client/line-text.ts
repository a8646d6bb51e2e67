/** How a line of the wire is printed: indented JSON, every line marked with its direction. Pure. */

import type { Direction } from "./app-server-client.js";

const MARKS: Readonly<Record<Direction, string>> = { sent: "> ", received: "< " };

/** @returns lines for a person */
export function lineText(direction: Direction, line: string): string {
  return indented(line)
    .split("\n")
    .map((row) => `${MARKS[direction]}${row}\n`)
    .join("");
}

function indented(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line), null, 2);
  } catch {
    return line; // not JSON: shown as it came
  }
}
