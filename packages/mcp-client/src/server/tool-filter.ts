/** Which of a server's tools may be used: `enabled_tools`, then `disabled_tools`. Pure. */

import type { McpServerConfig } from "@codex-ts/config";

/** The filter of a server; names are the server's own. */
export class ToolFilter {
  readonly #enabled: ReadonlySet<string> | null;
  readonly #disabled: ReadonlySet<string>;

  constructor({ enabledTools, disabledTools }: Pick<McpServerConfig, "enabledTools" | "disabledTools">) {
    this.#enabled = enabledTools === null ? null : new Set(enabledTools);
    this.#disabled = new Set(disabledTools ?? []);
  }

  allows(tool: string): boolean {
    return (this.#enabled === null || this.#enabled.has(tool)) && !this.#disabled.has(tool);
  }
}
