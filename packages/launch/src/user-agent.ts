/** Words who is asking: program, version, system and terminal. */

import { readFileSync } from "node:fs";
import { arch, release, type } from "node:os";
import { isHeaderText, VERSION } from "./product.js";
import { terminalName } from "./terminal-name.js";

type Env = Readonly<Record<string, string | undefined>>;

/** `originator/version (system version; processor) terminal (suffix)`; what cannot stand in a header becomes `_`. */
export function userAgent(originator: string, env: Env, suffix: string | null = null): string {
  const text = `${originator}/${VERSION} (${systemName()}; ${processor()}) ${terminalName(env)}`;
  const whole = suffix === null ? text : `${text} (${suffix})`;
  return isHeaderText(whole) ? whole : whole.replace(/[^\x20-\x7e]/g, "_");
}

function systemName(): string {
  switch (process.platform) {
    case "linux":
      return linuxName();
    case "darwin":
      return `Mac OS ${release()}`;
    case "win32":
      return `Windows ${release()}`;
    default:
      return `${type()} ${release()}`;
  }
}

function linuxName(): string {
  let text: string;
  try {
    text = readFileSync("/etc/os-release", "utf8");
  } catch {
    return `Linux ${release()}`; // a container without the file
  }
  const field = (name: string): string | undefined => new RegExp(`^${name}="?([^"\n]*)"?$`, "m").exec(text)?.[1];
  const name = field("NAME")?.replace(/ GNU\/Linux$| Linux$/, "") ?? "Linux";
  const [major = "0", minor = "0", patch = "0"] = (field("VERSION_ID") ?? release()).split(".");
  return `${name} ${major}.${minor}.${patch}`;
}

function processor(): string {
  const name = arch();
  return name === "x64" ? "x86_64" : name === "ia32" ? "x86" : name;
}
