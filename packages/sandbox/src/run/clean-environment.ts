/** The environment for children of ours that are our own program or run outside every sandbox. Pure. */

import type { Environment } from "../plan/request.js";

/** Variables by which somebody else's code gets into a program at its start. */
const FOREIGN_CODE = /^(?:BUN_.*|NODE_OPTIONS|LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES)$/;

/** The environment without what would make bun, Node or the dynamic linker run code of the environment's choice. */
export function cleanEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !FOREIGN_CODE.test(name)) {
      kept[name] = value;
    }
  }
  return kept;
}
