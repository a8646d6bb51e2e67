/** The environment that a stdio server starts with: what a program needs to run, and what the config names. Pure. */

import type { McpStdioTransport } from "@codex-ts/config";

/** Names and values; a variable that is not set may be undefined. */
export type Environment = Readonly<Record<string, string | undefined>>;

const UNIX = words("HOME LOGNAME PATH SHELL USER __CF_USER_TEXT_ENCODING LANG LC_ALL TERM TMPDIR TZ");
const WINDOWS = words(
  `PATH PATHEXT COMSPEC SYSTEMROOT SYSTEMDRIVE USERNAME USERDOMAIN USERPROFILE HOMEDRIVE HOMEPATH PROGRAMFILES
   PROGRAMFILES(X86) PROGRAMW6432 PROGRAMDATA LOCALAPPDATA APPDATA TEMP TMP POWERSHELL PWSH`,
);

/** The whitelist, then the variables to copy, then those with values of their own. */
export function serverEnvironment(
  { env, envVars }: Pick<McpStdioTransport, "env" | "envVars">,
  own: Environment,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const windows = platform === "win32";
  // Windows does not tell `Path` from `PATH`.
  const lookup = windows ? new Map(Object.entries(own).map(([name, value]) => [name.toUpperCase(), value])) : null;
  const valueOf = (name: string): string | undefined => (lookup === null ? own[name] : lookup.get(name.toUpperCase()));
  const copied = [...(windows ? WINDOWS : UNIX), ...envVars].flatMap((name) => {
    const value = valueOf(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(copied), ...env };
}

function words(text: string): string[] {
  return text.split(/\s+/);
}
