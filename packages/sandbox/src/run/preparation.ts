/** What has to be there before a plan's process starts, and what has to be put away when it has ended. */

import { closeSync } from "node:fs";
import type { AbsolutePath } from "@codex-ts/protocol";
import { MountPoints } from "../linux/mount-points.js";
import type { SandboxPlan } from "../plan/plan.js";
import { openAnonymousFile, readAnonymousFile } from "./anonymous-file.js";
import { changedSince, fingerprint } from "./fingerprint.js";
import { judgeExit, type ProcessEnd } from "./judge-exit.js";
import type { SandboxOutcome } from "./outcome.js";

/** A plan whose process can be started. */
export interface PreparedPlan {
  /** To be inherited as 3, 4, and so on; closed by `finish`. */
  descriptors: readonly number[];
  /** Tidies up and judges; to be called once, however the process ended or failed to start. */
  finish(end: ProcessEnd): SandboxOutcome;
}

/**
 * For callers that start the process themselves (on a terminal): start `plan.argv` with exactly `plan.env` in `plan.cwd`,
 * then call `finish`. Everybody else uses `spawnSandboxed`. Throws when there are too many open files, or no room for one.
 */
export function preparePlan(plan: SandboxPlan, codexHome: AbsolutePath): PreparedPlan {
  const before = fingerprint(plan.watched);
  const descriptors = openChannels(plan);
  const mountPoints = plan.mountPoints.length === 0 ? undefined : mountPointsOf(codexHome).hold(plan.mountPoints);
  return {
    descriptors,
    finish(end) {
      const status = statusOf(plan, descriptors);
      descriptors.forEach((fd) => closeSync(fd));
      // Whoever waits for the outcome goes first: on a busy disk removing folders takes longer than the command did.
      setImmediate(() => mountPoints?.release());
      return judgeExit(plan, end, status, () => changedSince(before));
    },
  };
}

/** All or none: what is open when one fails is closed again. */
function openChannels({ channels }: SandboxPlan): readonly number[] {
  const open: number[] = [];
  try {
    for (const channel of channels) {
      open.push(openAnonymousFile(channel.carries === "bytes" ? channel.bytes : undefined));
    }
    return open;
  } catch (error) {
    open.forEach((fd) => closeSync(fd));
    throw error;
  }
}

const known = new Map<AbsolutePath, MountPoints>();

/** One ledger per CODEX_HOME and process. */
function mountPointsOf(codexHome: AbsolutePath): MountPoints {
  const points = known.get(codexHome) ?? new MountPoints(codexHome);
  known.set(codexHome, points);
  return points;
}

function statusOf(plan: SandboxPlan, descriptors: readonly number[]): string {
  const fd = descriptors[plan.channels.findIndex((channel) => channel.carries === "status")];
  return fd === undefined ? "" : readAnonymousFile(fd);
}
