/** A home and a workspace of a test's own, removed afterwards. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Folders of one test. */
export interface TempHome extends Disposable {
  root: string;
  /** HOME. */
  home: string;
  /** CODEX_HOME. */
  codexHome: string;
  /** The folder the agent works in. */
  workspace: string;
  /** An environment in which the program sees only these folders. */
  env: Record<string, string>;
  /** Replaces config.toml. */
  writeConfig(text: string): void;
}

/** What a test may ask for. */
export interface TempHomeOptions {
  /** Text of config.toml. */
  config?: string;
  /** Files of the workspace by relative path. */
  files?: Record<string, string>;
  /** Whether the workspace is the root of a (bare-bones) repository; true unless told otherwise. */
  git?: boolean;
}

/**
 * Makes the folders below the user's cache folder and not below `/tmp`, because `/tmp` is writable in the default
 * sandbox and would hide what the tests want to see.
 */
export function tempHome({ config = "", files = {}, git = true }: TempHomeOptions = {}): TempHome {
  const base = join(homedir().startsWith("/tmp/") ? "/var/tmp" : join(homedir(), ".cache"), "codex-ts-tests");
  mkdirSync(base, { recursive: true });
  const root = realpathSync(mkdtempSync(join(base, "t-")));
  const home = join(root, "home");
  const codexHome = join(home, ".codex");
  const workspace = join(root, "workspace");
  mkdirSync(codexHome, { recursive: true });
  mkdirSync(workspace);
  if (git) mkdirSync(join(workspace, ".git"));
  writeFileSync(join(codexHome, "config.toml"), config);
  for (const [name, text] of Object.entries(files)) {
    const path = join(workspace, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return {
    root,
    home,
    codexHome,
    workspace,
    env: {
      PATH: process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
      HOME: home,
      CODEX_HOME: codexHome,
      LANG: "C.UTF-8",
      SHELL: "/bin/bash",
      TERM: "xterm",
    },
    writeConfig: (text) => writeFileSync(join(codexHome, "config.toml"), text),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** config.toml for a provider that is the fake server. `extra` goes to the top level, before the tables. */
export function fakeProviderConfig(url: string, extra = "", provider = ""): string {
  return `model = "gpt-5.1-codex"
model_provider = "fake"
${extra}
[features]
remote_models = false

[model_providers.fake]
name = "fake"
base_url = "${url}"
wire_api = "responses"
request_max_retries = 1
stream_max_retries = 1
${provider}
`;
}
