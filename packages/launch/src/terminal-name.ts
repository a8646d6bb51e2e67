/** Names the terminal that a program runs in, as the user agent tells it. Pure. */

type Env = Readonly<Record<string, string | undefined>>;

/** Variables by which terminals that do not set TERM_PROGRAM can be told; the first that fits wins. */
const SIGNS: readonly { name: string; fits: (env: Env) => boolean; version?: string }[] = [
  { name: "WezTerm", fits: (env) => "WEZTERM_VERSION" in env, version: "WEZTERM_VERSION" },
  {
    name: "iTerm.app",
    fits: (env) => ["ITERM_SESSION_ID", "ITERM_PROFILE", "ITERM_PROFILE_NAME"].some((name) => name in env),
  },
  { name: "Apple_Terminal", fits: (env) => "TERM_SESSION_ID" in env },
  { name: "kitty", fits: (env) => "KITTY_WINDOW_ID" in env || (env["TERM"] ?? "").includes("kitty") },
  { name: "Alacritty", fits: (env) => "ALACRITTY_SOCKET" in env || env["TERM"] === "alacritty" },
  { name: "Konsole", fits: (env) => "KONSOLE_VERSION" in env, version: "KONSOLE_VERSION" },
  { name: "gnome-terminal", fits: (env) => "GNOME_TERMINAL_SCREEN" in env },
  { name: "VTE", fits: (env) => "VTE_VERSION" in env, version: "VTE_VERSION" },
  { name: "WindowsTerminal", fits: (env) => "WT_SESSION" in env },
];

/** `iTerm.app/3.5`, `kitty`, `xterm-256color`, or `unknown`. */
export function terminalName(env: Env): string {
  const program = env["TERM_PROGRAM"]?.trim();
  if (program) return named(program, env["TERM_PROGRAM_VERSION"]);
  const sign = SIGNS.find(({ fits }) => fits(env));
  if (sign !== undefined) return named(sign.name, sign.version === undefined ? undefined : env[sign.version]);
  return named(env["TERM"] || "unknown", undefined);
}

function named(name: string, version: string | undefined): string {
  return (version ? `${name}/${version}` : name).replace(/[^A-Za-z0-9\-_./]/g, "_");
}
