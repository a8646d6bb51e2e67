/** Finds out which Linux backends really work: by running something in them, not by asking for versions. */

import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import type { AbsolutePath } from "@codex-ts/protocol";
import type { BubblewrapReady, LandlockReady, NotReady } from "../plan/backends.js";
import { MINIMAL_ENVIRONMENT } from "../plan/environment.js";
import { HELPER_NAME } from "./helper-arguments.js";

/** Where distributions put it. Not PATH: a program of that name in the workspace must not become the sandbox. */
const BUBBLEWRAP_PLACES = ["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap", "/run/current-system/sw/bin/bwrap"];

/** Longer than any machine needs for a no-op; a probe that hangs counts as failed. */
const PROBE_TIMEOUT_MS = 5000;

/** Tries bubblewrap with everything, then with the weaker settings that containers sometimes allow. */
export async function probeBubblewrap(root: boolean): Promise<BubblewrapReady | NotReady> {
  const program = BUBBLEWRAP_PLACES.find(isExecutable);
  if (program === undefined) {
    return { ready: false, reason: "bubblewrap is not installed" };
  }
  let reason = "";
  for (const { userNamespace, privateProc } of variants(root)) {
    const failure = await run(program, [
      "--die-with-parent",
      "--unshare-ipc",
      "--unshare-net",
      ...(userNamespace ? ["--unshare-user"] : []),
      ...(privateProc ? ["--unshare-pid"] : []),
      "--ro-bind",
      "/",
      "/",
      "--dev",
      "/dev",
      ...(privateProc ? ["--proc", "/proc"] : []),
      "--",
      "/bin/true",
    ]);
    if (typeof failure.stdout === "string" && failure.reason === undefined) {
      return { ready: true, program, userNamespace, privateProc };
    }
    reason ||= failure.reason ?? "";
  }
  return { ready: false, reason: explained(reason) };
}

/** Asks the helper for the kernel's Landlock version. */
export async function probeLandlock(executable: AbsolutePath | undefined): Promise<LandlockReady | NotReady> {
  if (executable === undefined) {
    return { ready: false, reason: "the helper is part of the standalone executable, which is not what is running" };
  }
  const { stdout, reason } = await run(executable, ["--landlock-abi"], HELPER_NAME);
  const abi = Number.parseInt(stdout, 10);
  return reason === undefined && abi >= 1
    ? { ready: true, executable, abi }
    : { ready: false, reason: reason ?? "the kernel does not offer Landlock" };
}

function variants(root: boolean): { userNamespace: boolean; privateProc: boolean }[] {
  const strongest = { userNamespace: !root, privateProc: true };
  return [
    strongest,
    ...(root ? [{ userNamespace: true, privateProc: true }] : []),
    { userNamespace: true, privateProc: false },
  ];
}

function isExecutable(file: AbsolutePath): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us.
    return false;
  }
}

interface ProbeResult {
  stdout: string;
  /** Undefined when the run succeeded. */
  reason: string | undefined;
}

function run(program: AbsolutePath, args: readonly string[], argv0?: string): Promise<ProbeResult> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args],
      {
        env: { ...MINIMAL_ENVIRONMENT },
        timeout: PROBE_TIMEOUT_MS,
        cwd: "/",
        ...(argv0 === undefined ? {} : { argv0 }),
      },
      (error, stdout, stderr) => {
        const said = stderr.trim().split("\n").at(-1) ?? "";
        resolve({ stdout, reason: error === null ? undefined : said || error.message });
      },
    );
  });
}

/** The usual causes, with what to do about them. */
function explained(reason: string): string {
  if (/uid map|namespace|Operation not permitted/i.test(reason)) {
    return `${reason} (user namespaces are forbidden here: see the AppArmor profile for bwrap, or the sysctls kernel.apparmor_restrict_unprivileged_userns, kernel.unprivileged_userns_clone and user.max_user_namespaces on ${path.basename("/proc/sys")})`;
  }
  return reason;
}
