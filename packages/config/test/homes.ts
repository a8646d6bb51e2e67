/** Temporary homes for tests: CODEX_HOME, a project folder, and an administrator's folder. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import { loadConfig, type AdminLocations, type Config, type LoadOptions } from "../src/index.js";

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Folders of one imaginary user. */
export interface TestHome {
  readonly root: string;
  readonly codexHome: string;
  readonly cwd: string;
  readonly locations: AdminLocations;
  /** Writes a file under the root. */
  write(path: string, text: string): string;
  load(options?: Partial<LoadOptions>): Promise<Config>;
}

/** A user whose config.toml holds `config`; `files` are written under the root as well. */
export function testHome(config = "", files: Readonly<Record<string, string>> = {}): TestHome {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "codex-config-")));
  made.push(root);
  const codexHome = join(root, "home");
  const cwd = join(root, "work");
  mkdirSync(codexHome);
  // A repository of its own, so that no folder above has a say.
  mkdirSync(join(cwd, ".git"), { recursive: true });
  const locations: AdminLocations = {
    systemConfig: join(root, "etc/config.toml"),
    requirements: join(root, "etc/requirements.toml"),
    managedConfig: join(root, "etc/managed_config.toml"),
  };
  const write = (path: string, text: string): string => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  if (config !== "") {
    write("home/config.toml", config);
  }
  for (const [path, text] of Object.entries(files)) {
    write(path, text);
  }
  const load = (options: Partial<LoadOptions> = {}): Promise<Config> =>
    loadConfig({ codexHome, cwd, env: { HOME: root }, locations, platform: "linux", ...options });
  return { root, codexHome, cwd, locations, write, load };
}

/** The error that a promise ends with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) {
      return error;
    }
  }
  throw new Error("expected a failure");
}
