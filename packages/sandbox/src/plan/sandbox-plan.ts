/** Chooses the strongest backend that can enforce a request's policy here. */

import { bubblewrapObjection, bubblewrapPlan } from "../linux/bubblewrap-plan.js";
import { landlockObjection, landlockPlan } from "../linux/landlock-plan.js";
import { type ProtectionSurvey, surveyProtection } from "../linux/protection-survey.js";
import { seatbeltPlan } from "../macos/seatbelt-plan.js";
import { userCacheDir } from "../macos/user-cache-dir.js";
import { networkIsOff, writesAreRestricted } from "../policy/scope.js";
import { writableRoots } from "../policy/writable-roots.js";
import type { Backends } from "./backends.js";
import { barePlan } from "./bare-plan.js";
import { type BackendRefusal, type SandboxPlan, SandboxRefusal } from "./plan.js";
import type { SandboxRequest } from "./request.js";

/**
 * Plans one command. Looks at the disk (which protected names exist), changes nothing; the planners it hands over to
 * are pure. A refusal is returned, not thrown: it is an answer that the model and the person get to read.
 */
export function sandboxPlan(request: SandboxRequest, backends: Backends): SandboxPlan | SandboxRefusal {
  if (holdsNul(request)) {
    return new SandboxRefusal([], "An argument, a variable or a path of the command holds a NUL character.");
  }
  if (request.policy.type === "external-sandbox" && networkIsOff(request.policy)) {
    return externalSandboxPlan(request, backends);
  }
  if (!writesAreRestricted(request.policy)) {
    return barePlan(request);
  }
  switch (backends.platform) {
    case "linux":
      return linuxPlan(request, backends);
    case "darwin":
      return backends.seatbelt.ready
        ? seatbeltPlan(request, writableRoots(request), userCacheDir())
        : new SandboxRefusal([{ backend: "seatbelt", reason: backends.seatbelt.reason }], REMEDY);
    case "win32":
      return new SandboxRefusal(
        [{ backend: "windows", reason: "this program brings no sandbox for Windows" }],
        `Windows Subsystem for Linux has one. ${REMEDY}`,
      );
    case "other":
      return new SandboxRefusal([], `Sandboxing is available on Linux, macOS and Windows. ${REMEDY}`);
  }
}

/** No program could be given it, and between our own options it would be read as the start of the next one. */
function holdsNul({ argv, cwd, env }: SandboxRequest): boolean {
  return [...argv, cwd, ...Object.entries(env).flat()].some((word) => word.includes("\0"));
}

const REMEDY =
  'To run commands without a sandbox, at your own risk, choose sandbox_mode = "danger-full-access"; inside a container that you trust this is the usual setting.';

const LINUX_REMEDY = `Install bubblewrap (package "bubblewrap") and allow unprivileged user namespaces, or use the standalone executable on a kernel with Landlock (5.13 or newer). ${REMEDY}`;

function linuxPlan(request: SandboxRequest, backends: Backends): SandboxPlan | SandboxRefusal {
  const { bubblewrap, landlock, arch } = backends;
  if (arch !== "x64" && arch !== "arm64") {
    return new SandboxRefusal([], `There is no system call filter for ${arch} processors. ${REMEDY}`);
  }
  const survey = surveyed(request);
  if (survey instanceof SandboxRefusal) {
    return survey;
  }
  const tried: BackendRefusal[] = [];
  if (bubblewrap.ready) {
    const objection = bubblewrapObjection(survey);
    if (objection === undefined) {
      return bubblewrapPlan(request, survey, backends.root, bubblewrap, arch);
    }
    tried.push({ backend: "bubblewrap", reason: objection });
  } else {
    tried.push({ backend: "bubblewrap", reason: bubblewrap.reason });
  }
  if (landlock.ready) {
    const objection = landlockObjection(request, survey);
    if (objection === undefined) {
      return landlockPlan(request, survey, landlock, process.pid);
    }
    tried.push({ backend: "landlock", reason: objection });
  } else {
    tried.push({ backend: "landlock", reason: landlock.reason });
  }
  return new SandboxRefusal(tried, LINUX_REMEDY);
}

/** A place that we may not look at may become one that the command can write to: it owns the folder that is closed. */
function surveyed(request: SandboxRequest): ProtectionSurvey | SandboxRefusal {
  try {
    return surveyProtection(request);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new SandboxRefusal([], `A place inside a writable folder could not be looked at (${reason}). ${REMEDY}`);
  }
}

/** Somebody else's sandbox guards the files; the network is cut off where we can, and otherwise left to them. */
function externalSandboxPlan(request: SandboxRequest, backends: Backends): SandboxPlan | SandboxRefusal {
  const canFilter = backends.platform === "linux" && (backends.bubblewrap.ready || backends.landlock.ready);
  return canFilter
    ? linuxPlan(request, backends)
    : barePlan(request, ["The network restriction of this policy is left to the sandbox around this program."]);
}
