/** The files that ssh includes into its system-wide settings. */

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { AbsolutePath } from "@codex-ts/protocol";

/** Where every distribution puts them. */
export const SSH_SETTINGS = "/etc/ssh/ssh_config.d";

/** One file and what it says. */
export interface SshSetting {
  file: AbsolutePath;
  bytes: Uint8Array;
}

/** Usually none or one; empty when there is no such folder. */
export function readSshSettings(): SshSetting[] {
  try {
    return readdirSync(SSH_SETTINGS).map((name) => {
      const file = path.join(SSH_SETTINGS, name);
      return { file, bytes: readFileSync(file) };
    });
  } catch {
    // No ssh here, or settings that this user cannot read and so cannot use.
    return [];
  }
}
