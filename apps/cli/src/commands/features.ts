/** `codex features list`: which features there are, how far they are, and whether they are on. */

import { loadConfig, resolveCodexHome } from "@codex-ts/config";
import { cliOverrides, type CommandSpec, type ParsedLine, type Program } from "@codex-ts/launch";

/** `codex features`. */
export const featuresCommand: CommandSpec = {
  name: "features",
  about: "Look at feature flags",
  examples: ["codex features list", "codex --enable unified_exec features list"],
  options: [],
  needsSubcommand: true,
  subcommands: [
    {
      name: "list",
      about: "List the features with their stage and state",
      examples: ["codex features list"],
      options: [
        { long: "profile", short: "p", value: { name: "CONFIG_PROFILE" }, help: "Profile of config.toml to use" },
      ],
    },
  ],
};

/** Prints one line a feature: name, stage, state. */
export async function runFeatures(line: ParsedLine, program: Program): Promise<number> {
  const config = await loadConfig({
    codexHome: resolveCodexHome(program.env),
    cwd: program.cwd,
    env: program.env,
    overrides: { ...cliOverrides(line), profile: profileOf(line) },
  });
  const rows = config.features.list.map(({ spec, enabled }) => [spec.key, spec.stage, String(enabled)] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const [key, stage, state] of rows) {
    program.stdout(`${key.padEnd(widths[0] ?? 0)}  ${stage.padEnd(widths[1] ?? 0)}  ${state}\n`);
  }
  return 0;
}

/** `--profile` of the command, else the one before it. */
function profileOf({ path }: ParsedLine): string | null {
  return path.map((command) => command.value("profile")).findLast((profile) => profile !== undefined) ?? null;
}
