/** Words what ended a command: `Error: ...`, and for the configuration what it is about. */

import { ConfigError } from "@codex-ts/config";

/** @param command the command that failed, which decides how errors of the configuration begin */
export function errorText(error: unknown, command: string | undefined): string {
  if (!(error instanceof Error)) return `Error: ${String(error)}\n`;
  const opening = error instanceof ConfigError ? configOpening(error, command) : "Error";
  return `${opening}: ${error.message.trimEnd()}\n`;
}

function configOpening({ kind, message }: ConfigError, command: string | undefined): string {
  const isLogin = command === "login" || command === "logout";
  const isExec = command === "exec" || command === "review";
  switch (kind) {
    case "override":
      return (isExec || isLogin) && !message.startsWith("Unknown feature") ? "Error parsing -c overrides" : "Error";
    case "syntax":
    case "schema":
      return isLogin ? "Error loading configuration" : "Error loading config.toml";
    case "home":
    case "read":
    case "requirement":
    case "value":
    case "write":
      return isLogin ? "Error loading configuration" : "Error";
  }
}
