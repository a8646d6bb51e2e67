/** Says where a chunk could have meant another place: its lines stand in the file again, further down. */

import { firstOccurrence } from "./find-block.js";
import type { LineTable } from "./line-table.js";
import type { Placement } from "./update-text.js";

/** One sentence for each chunk whose lines occur again below the place that was changed. */
export function ambiguities(path: string, table: LineTable, placements: readonly Placement[]): string[] {
  return placements.flatMap((placement) => {
    const again = nextOccurrence(table, placement);
    return again === null
      ? []
      : [
          `${path}: the lines changed at line ${placement.at + 1} stand at line ${again + 1} too; the first was changed`,
        ];
  });
}

function nextOccurrence(table: LineTable, { block, at, strictness }: Placement): number | null {
  if (block.length === 0) return null;
  return firstOccurrence(table, block, strictness, at + 1, table.count - block.length);
}
