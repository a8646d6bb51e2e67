/** Turns results into the table of docs/sandbox.md. Pure. */

import type { Difference } from "./differences.js";
import { OWN_ATTEMPTS } from "./own-attempts.js";
import { REFERENCE_ROWS } from "./reference-rows.js";
import { POLICIES, type PolicyName, type Results } from "./world.js";

/** Everything but full access, where nothing is enforced. */
export const COLUMNS = POLICIES.filter((policy) => policy !== "full");

/** What an attempt that nothing stops ends with, on the reference's machine. */
export function unhindered(id: string): string {
  return REFERENCE_ROWS.find((row) => row[0] === id)?.[6] ?? "OK";
}

/** Whether the attempt got as far as without a sandbox. */
export function reached(id: string, said: string): boolean {
  return said === "OK" || said === unhindered(id);
}

/** What the reference did in this column. */
export function referenceReached(id: string, policy: PolicyName): boolean {
  const row = REFERENCE_ROWS.find((candidate) => candidate[0] === id);
  return reached(id, row?.[2 + POLICIES.indexOf(policy)] ?? "");
}

/** Whether a list of differences names this cell. */
export function isListed(
  list: readonly Difference[],
  id: string,
  backend: "bubblewrap" | "landlock",
  policy: PolicyName,
): boolean {
  return list.some((difference) => difference.ids.includes(id) && difference.in[backend]?.includes(policy) === true);
}

/** The two tables: both backends side by side, for a person without and with root's powers. */
export function escapeTables(results: Record<"bubblewrap" | "landlock", Results>): string {
  const rows = [
    ...REFERENCE_ROWS.map(([id, attempt]) => ({ id, attempt })),
    ...OWN_ATTEMPTS.map(({ id, attempt }) => ({ id, attempt })),
  ].filter(({ id }) => results.bubblewrap.has(id));
  const cell = (backend: "bubblewrap" | "landlock", id: string, policy: PolicyName): string => {
    const own = OWN_ATTEMPTS.find((attempt) => attempt.id === id);
    const lucky = own?.luck === true && own.mayReach?.[backend]?.includes(policy) === true;
    return lucky || reached(id, results[backend].get(id)?.get(policy) ?? "") ? "yes" : "–";
  };
  const header = ["#", "attempt", ...COLUMNS.map((column) => `b ${column}`), ...COLUMNS.map((column) => `l ${column}`)];
  const lines = rows.map(({ id, attempt }) => [
    id,
    attempt.replaceAll("|", "\\|"),
    ...COLUMNS.map((column) => cell("bubblewrap", id, column)),
    ...COLUMNS.map((column) => cell("landlock", id, column)),
  ]);
  return [header, header.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
