/** Where the machine's administrator puts configuration. */

import { join } from "node:path";

/** Files outside the user's reach, and how to read macOS preferences. */
export interface AdminLocations {
  /** `config.toml` below the user's; null where the platform has none. */
  readonly systemConfig: string | null;
  /** `requirements.toml`; null where the platform has none. */
  readonly requirements: string | null;
  /** The older `managed_config.toml`, above everything else. */
  readonly managedConfig: string;
  /** Reads a key of the preference domain `com.openai.codex`; null when it is not set. Absent: no preferences. */
  readonly readPreference?: (key: string) => Promise<string | null>;
}

/** The preference domain of managed settings on macOS. */
export const PREFERENCE_DOMAIN = "com.openai.codex";

/** The places of a platform. */
export function adminLocations(codexHome: string, platform: NodeJS.Platform = process.platform): AdminLocations {
  if (platform === "win32") {
    return { systemConfig: null, requirements: null, managedConfig: join(codexHome, "managed_config.toml") };
  }
  const locations = {
    systemConfig: "/etc/codex/config.toml",
    requirements: "/etc/codex/requirements.toml",
    managedConfig: "/etc/codex/managed_config.toml",
  };
  return platform === "darwin" ? { ...locations, readPreference } : locations;
}

async function readPreference(key: string): Promise<string | null> {
  const { execFile } = await import("node:child_process");
  return new Promise((resolve) => {
    execFile("/usr/bin/defaults", ["read", PREFERENCE_DOMAIN, key], { timeout: 2000 }, (error, stdout) => {
      // `defaults` fails when the key is not set, which is the usual case.
      const value = error === null ? stdout.trim() : "";
      resolve(value === "" ? null : value);
    });
  });
}
