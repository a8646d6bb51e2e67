/** What a person allowed for the rest of the session. Lives in memory only. */

import type { SandboxPermissions } from "./command-verdict.js";

/** What makes two command requests the same. */
export interface CommandGrantKey {
  /** Tools never share grants: a shell command and a terminal session differ in what they can do. */
  tool: "shell" | "exec_command";
  argv: readonly string[];
  cwd: string;
  permissions: SandboxPermissions;
  tty: boolean;
}

/** Grants of one session. */
export class SessionGrants {
  readonly #commands = new Set<string>();
  readonly #paths = new Set<string>();

  allowCommand(key: CommandGrantKey): void {
    this.#commands.add(JSON.stringify(key));
  }

  allowsCommand(key: CommandGrantKey): boolean {
    return this.#commands.has(JSON.stringify(key));
  }

  /**
   * @param paths absolute paths that a patch touches, both ends of moves included: as named, and where the writes go. A
   *   link that is planted later leads to another place, which nobody has allowed
   */
  allowPaths(paths: readonly string[]): void {
    for (const path of paths) this.#paths.add(path);
  }

  /** Whether every one of the paths was allowed before. */
  allowsPaths(paths: readonly string[]): boolean {
    return paths.length > 0 && paths.every((path) => this.#paths.has(path));
  }
}
