/** What is wrong with the rules files, told to clients at the start: what such a file forbids may not hold. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ConfigWarningNotification } from "@codex-ts/app-server-protocol";
import type { Config } from "@codex-ts/config";

/** Nothing is loaded where there are no rules. */
export async function ruleWarnings({ layers, features }: Config): Promise<ConfigWarningNotification[]> {
  const withRules = layers.flatMap(({ folder, name, trust }) =>
    folder !== null && existsSync(join(folder, "rules"))
      ? [{ dir: folder, trusted: name.type !== "project" || trust === "trusted", label: name.type }]
      : [],
  );
  if (withRules.length === 0 || !features.enabled("exec_policy")) return [];
  const { loadRules } = await import("@codex-ts/execpolicy");
  const { problems } = await loadRules(withRules);
  return problems.map(({ details, path, range }) => ({
    summary: "Error parsing rules; custom rules not applied.",
    details,
    path,
    ...(range === null ? {} : { range }),
  }));
}
