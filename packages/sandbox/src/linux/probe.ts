/** Finds out which Linux backends really work: by running something in them, not by asking for versions. */

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { text } from "node:stream/consumers";
import type { AbsolutePath } from "@codex-ts/protocol";
import type { BubblewrapReady, LandlockReady, NotReady } from "../plan/backends.js";
import { MINIMAL_ENVIRONMENT } from "../plan/environment.js";
import type { SandboxPlan } from "../plan/plan.js";
import type { SandboxRequest } from "../plan/request.js";
import { spawnSandboxed } from "../run/spawn.js";
import { HELPER_NAME } from "./helper-arguments.js";
import { recallBubblewrap, rememberBubblewrap } from "./probe-cache.js";
import { bubblewrapPlan } from "./bubblewrap-plan.js";
import { landlockPlan } from "./landlock-plan.js";
import type { ProtectionSurvey } from "./protection-survey.js";

/** Where distributions put it. Not PATH: a program of that name in the workspace must not become the sandbox. */
const BUBBLEWRAP_PLACES = ["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap", "/run/current-system/sw/bin/bwrap"];

/** Longer than any machine needs for a no-op; a probe that hangs counts as failed. */
const PROBE_TIMEOUT_MS = 5000;

/** What probing depends on. */
export interface BubblewrapProbe {
  root: boolean;
  /** Where a success of an earlier process may be remembered; undefined: nowhere. */
  codexHome: AbsolutePath | undefined;
}

/** Tries bubblewrap with everything, then with the weaker settings that containers sometimes allow. */
export async function probeBubblewrap({ root, codexHome }: BubblewrapProbe): Promise<BubblewrapReady | NotReady> {
  const program = BUBBLEWRAP_PLACES.find(isExecutable);
  if (program === undefined) {
    return { ready: false, reason: "bubblewrap is not installed" };
  }
  const recalled = codexHome === undefined ? undefined : recallBubblewrap(codexHome, program);
  if (recalled !== undefined) {
    return recalled;
  }
  const found = await tryVariants(program, root);
  if (found.ready && codexHome !== undefined) {
    rememberBubblewrap(codexHome, found);
  }
  return found;
}

/** Asks the helper for the kernel's Landlock version, then has it restrict and run something. */
export async function probeLandlock(executable: AbsolutePath | undefined): Promise<LandlockReady | NotReady> {
  if (executable === undefined) {
    return { ready: false, reason: "the helper is part of the standalone executable, which is not what is running" };
  }
  const { stdout, reason } = await run(executable, ["--landlock-abi"], HELPER_NAME);
  const abi = Number.parseInt(stdout, 10);
  if (reason !== undefined || !(abi >= 1)) {
    return { ready: false, reason: reason ?? "the kernel does not offer Landlock" };
  }
  const landlock = { ready: true as const, executable, abi };
  const failure = await failureOf(landlockPlan(noOp(false), NOTHING_PROTECTED, landlock, process.pid));
  return failure === undefined ? landlock : { ready: false, reason: failure };
}

type Variant = Pick<BubblewrapReady, "userNamespace" | "privateProc" | "resetsSignals">;

/** Strongest first. Root tries without a user namespace, in which it could not handle other people's files. */
function variants(root: boolean): Variant[] {
  const users = root ? [false, true] : [true];
  return users.flatMap((userNamespace) =>
    [true, false].flatMap((privateProc) =>
      [true, false].map((resetsSignals) => ({ userNamespace, privateProc, resetsSignals })),
    ),
  );
}

async function tryVariants(program: AbsolutePath, root: boolean): Promise<BubblewrapReady | NotReady> {
  const { arch } = process;
  if (arch !== "x64" && arch !== "arm64") {
    return { ready: false, reason: `there is no system call filter for ${arch}` };
  }
  let firstReason: string | undefined;
  for (const variant of variants(root)) {
    const bubblewrap = { ready: true as const, program, ...variant };
    const reason = await failureOf(
      bubblewrapPlan(noOp(variant.resetsSignals), NOTHING_PROTECTED, root, bubblewrap, arch),
    );
    if (reason === undefined) {
      return bubblewrap;
    }
    firstReason ??= reason;
  }
  return { ready: false, reason: explained(firstReason ?? "it failed without a word") };
}

/** The strictest policy around a program that does nothing, with everything that a plan may ask for. */
function noOp(terminal: boolean): SandboxRequest {
  return {
    argv: ["/bin/sh", "-c", ":"],
    cwd: "/",
    env: MINIMAL_ENVIRONMENT,
    policy: { type: "read-only" },
    policyCwd: "/",
    codexHome: "/",
    tmpdir: undefined,
    terminal,
  };
}

const NOTHING_PROTECTED: ProtectionSurvey = {
  entries: [],
  missing: [],
  fleeting: [],
  links: [],
  codexHomeExposed: false,
  hiddenSockets: [],
  sshSettings: [],
};

/** Why the plan cannot be carried out; undefined when it can. */
async function failureOf(plan: SandboxPlan): Promise<string | undefined> {
  const child = spawnSandboxed(plan, { codexHome: "/", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  const [outcome, said] = await Promise.all([child.outcome, child.stderr === null ? "" : text(child.stderr)]);
  child.stdout?.destroy();
  if (outcome.type === "exited" && outcome.code === 0) {
    return undefined;
  }
  return said.trim().split("\n").at(-1) || ("reason" in outcome ? outcome.reason : `it ended with ${outcome.code}`);
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

/** `spawn`, because `execFile` cannot set the name a program is called by. */
function run(program: AbsolutePath, args: readonly string[], argv0?: string): Promise<ProbeResult> {
  const child = spawn(program, args, {
    env: { ...MINIMAL_ENVIRONMENT },
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: PROBE_TIMEOUT_MS,
    killSignal: "SIGKILL",
    ...(argv0 === undefined ? {} : { argv0 }),
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ stdout: "", reason: error.message }));
    child.once("close", (code, signal) => {
      const said = Buffer.concat(stderr).toString("utf8").trim().split("\n").at(-1);
      const reason = code === 0 ? undefined : said || `it ended with ${signal ?? code}`;
      resolve({ stdout: Buffer.concat(stdout).toString("utf8"), reason });
    });
  });
}

/** The usual cause, with what to do about it. */
function explained(reason: string): string {
  return /uid map|namespace|not permitted/i.test(reason)
    ? `${reason} (user namespaces are forbidden here; an AppArmor profile for bwrap, or one of the sysctls kernel.apparmor_restrict_unprivileged_userns, kernel.unprivileged_userns_clone and user.max_user_namespaces decides that)`
    : reason;
}
