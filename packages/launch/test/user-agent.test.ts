/** How the program names itself to servers. */

import { describe, expect, it } from "vitest";
import { DEFAULT_ORIGINATOR, originatorFrom, userAgent, VERSION } from "../src/index.js";

type Env = Record<string, string>;

describe("the user agent", () => {
  it("has program, version, system, processor and terminal", () => {
    expect(userAgent("codex_exec", { TERM: "xterm" })).toMatch(
      /^codex_exec\/\d+\.\d+\.\d+ \([^;()]+ \d+\.\d+\.\d+; \w+\) xterm$/,
    );
  });

  it("ends with the client's name and version", () => {
    expect(userAgent("t", {}, "t; 1")).toMatch(/\) unknown \(t; 1\)$/);
    expect(userAgent("t", {}).startsWith(`t/${VERSION} (`)).toBe(true);
  });

  it("keeps names of any script; beside what no header may hold it has printable ASCII only", () => {
    expect(userAgent("编辑器", {}, "ü; 1")).toMatch(/^编辑器\/.* \(ü; 1\)$/);
    expect(userAgent("bäd\n", {}, "ü")).toMatch(/^b_d_\/[\x20-\x7e]+ \(_\)$/);
  });

  // Observed at the original, one terminal after the other.
  it.each<[env: Env, terminal: string]>([
    [{}, "unknown"],
    [{ TERM: "" }, "unknown"],
    [{ TERM: "xterm-256color" }, "xterm-256color"],
    [{ TERM: "my term/x" }, "my_term/x"],
    [{ TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.5" }, "iTerm.app/3.5"],
    [{ TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.9é" }, "vscode/1.9_"],
    [{ TERM_PROGRAM: "x", TERM_PROGRAM_VERSION: "" }, "x"],
    [{ TERM_PROGRAM: "  ", TERM: "q" }, "q"],
    [{ TERM_PROGRAM: 'a(b);c,d+e~f:g@h"i/j.k-l_m', TERM_PROGRAM_VERSION: "1 2" }, "a_b__c_d_e_f_g_h_i/j.k-l_m/1_2"],
    [{ TERM_PROGRAM: "WezTerm", WEZTERM_VERSION: "1" }, "WezTerm"],
    [{ WEZTERM_VERSION: "2", ITERM_SESSION_ID: "1" }, "WezTerm/2"],
    [{ WEZTERM_VERSION: "" }, "WezTerm"],
    [{ ITERM_SESSION_ID: "1", TERM_SESSION_ID: "1" }, "iTerm.app"],
    [{ ITERM_PROFILE: "x" }, "iTerm.app"],
    [{ ITERM_PROFILE_NAME: "x" }, "iTerm.app"],
    [{ TERM_SESSION_ID: "1", KITTY_WINDOW_ID: "1" }, "Apple_Terminal"],
    [{ KITTY_WINDOW_ID: "1", ALACRITTY_SOCKET: "1" }, "kitty"],
    [{ TERM: "xterm-kitty", ALACRITTY_SOCKET: "1" }, "kitty"],
    [{ ALACRITTY_SOCKET: "1", KONSOLE_VERSION: "1" }, "Alacritty"],
    [{ TERM: "alacritty" }, "Alacritty"],
    [{ TERM: "alacritty-direct" }, "alacritty-direct"],
    [{ KONSOLE_VERSION: "2212", GNOME_TERMINAL_SCREEN: "1" }, "Konsole/2212"],
    [{ GNOME_TERMINAL_SCREEN: "1", VTE_VERSION: "1" }, "gnome-terminal"],
    [{ VTE_VERSION: "6003", WT_SESSION: "1", TERM: "xterm" }, "VTE/6003"],
    [{ WT_SESSION: "x" }, "WindowsTerminal"],
    [{ TMUX: "/tmp/x,1,0", TERM: "screen" }, "screen"],
  ])("names the terminal of %j", (env, terminal) => {
    expect(userAgent("x", env).replace(/^.*\) /, "")).toBe(terminal);
  });
});

describe("the originator", () => {
  it.each<[env: Env, originator: string]>([
    [{}, "codex_exec"],
    [{ CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "codex_sdk_ts" }, "codex_sdk_ts"],
    [{ CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "my own" }, "my own"],
    [{ CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "two\nlines" }, DEFAULT_ORIGINATOR],
    [{ CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "编辑器" }, "编辑器"],
    [{ CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "" }, ""],
  ])("of %j", (env, originator) => {
    expect(originatorFrom(env, "codex_exec")).toBe(originator);
  });
});
