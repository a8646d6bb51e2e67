/** Options that every command understands, and what they say about the configuration. */

import type { SessionOverrides } from "@codex-ts/config";
import type { ParsedLine } from "./arguments/parsed.js";
import type { OptionSpec } from "./arguments/spec.js";

/** `-c`, `--enable`, `--disable`. */
export const globalOptions: readonly OptionSpec[] = [
  {
    long: "config",
    short: "c",
    value: { name: "key=value" },
    repeatable: true,
    global: true,
    help: "Override a key of config.toml",
    details:
      'The key is a dotted path, the value is TOML (or else text): -c model="o3" -c sandbox_workspace_write.network_access=true',
  },
  { long: "enable", value: { name: "FEATURE" }, repeatable: true, global: true, help: "Turn a feature on" },
  { long: "disable", value: { name: "FEATURE" }, repeatable: true, global: true, help: "Turn a feature off" },
];

/** The overrides of a whole command line; those of a subcommand come last and win. */
export function cliOverrides({ path }: ParsedLine): SessionOverrides {
  return {
    cli: path.flatMap((command) => command.values("config")),
    features: {
      enable: path.flatMap((command) => command.values("enable")),
      disable: path.flatMap((command) => command.values("disable")),
    },
  };
}
