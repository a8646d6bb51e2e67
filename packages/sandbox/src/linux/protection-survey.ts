/** What there is on the disk at the places a policy speaks of; the input that keeps the planners pure. */

import { lstatSync } from "node:fs";
import path from "node:path";
import type { AbsolutePath } from "@codex-ts/protocol";
import { accessMap, decidingEntry, type AccessEntry } from "../policy/access-map.js";
import { networkIsOff, type SandboxScope } from "../policy/scope.js";
import { realPath, writableRoots, type WritableRoot } from "../policy/writable-roots.js";
import { foreignSockets } from "./foreign-sockets.js";
import { readSshSettings, type SshSetting } from "./ssh-settings.js";
import { isOwnMountPoint, MOUNT_POINT_MODE } from "./mount-marker.js";

/** The access map of a request, sorted by what can be mounted and how. */
export interface ProtectionSurvey {
  /** Parents before children; only what exists or will exist as a mount point, and no links. */
  entries: readonly AccessEntry[];
  /** Protected names inside writable folders that do not exist (or are left over from a run that was killed). */
  missing: readonly AbsolutePath[];
  /** Those, and placeholders that another user's run may take away at any moment: not being there must not be an error. */
  fleeting: readonly AbsolutePath[];
  /** Protected names that are links: nothing can be mounted on the link itself. */
  links: readonly AbsolutePath[];
  /** CODEX_HOME lies inside a writable folder. */
  codexHomeExposed: boolean;
  /** Sockets of other programs that would let a command out of the sandbox. */
  hiddenSockets: readonly AbsolutePath[];
  /** The system's SSH settings, to be shown as the command's own; empty without a network. */
  sshSettings: readonly SshSetting[];
}

/** Looks at the disk; changes nothing. Throws what the file system says of a place that we may not look at. */
export function surveyProtection(scope: SandboxScope): ProtectionSurvey {
  const all = accessMap(writableRoots(scope).map(withExistingParents));
  const facts = all.map((entry) => ({ entry, state: stateOf(entry.path) }));
  const isGuarded = (target: AbsolutePath): boolean =>
    decidingEntry(
      target,
      all.filter((entry) => entry.path !== target),
    )?.access === "write";
  const inWritable = facts.filter(({ entry }) => entry.access === "write" || isGuarded(entry.path));
  return {
    entries: inWritable.filter(({ state }) => state !== "link").map(({ entry }) => entry),
    missing: inWritable.filter(({ state }) => state === "missing").map(({ entry }) => entry.path),
    fleeting: inWritable
      .filter(({ state }) => state === "missing" || state === "placeholder of another")
      .map(({ entry }) => entry.path),
    links: inWritable.filter(({ state }) => state === "link").map(({ entry }) => entry.path),
    codexHomeExposed: isGuarded(realPath(scope.codexHome) ?? path.resolve(scope.codexHome)),
    sshSettings: networkIsOff(scope.policy) ? [] : readSshSettings(),
    hiddenSockets: foreignSockets({ networkOff: networkIsOff(scope.policy), sshAgent: process.env["SSH_AUTH_SOCK"] }),
  };
}

/** Below a folder that does not exist nothing can be mounted: the highest missing one stands for it. */
function withExistingParents({ root, readOnly }: WritableRoot): WritableRoot {
  return { root, readOnly: readOnly.map(highestMissing) };
}

function highestMissing(target: AbsolutePath): AbsolutePath {
  const parent = path.dirname(target);
  return parent === target || lstatSync(parent, { throwIfNoEntry: false }) !== undefined
    ? target
    : highestMissing(parent);
}

function stateOf(target: AbsolutePath): "present" | "missing" | "placeholder of another" | "link" {
  const facts = lstatSync(target, { throwIfNoEntry: false });
  if (facts === undefined) {
    return "missing";
  }
  if (facts.isSymbolicLink()) {
    return "link";
  }
  if (isOwnMountPoint(target)) {
    return "missing";
  }
  const foreign = facts.isDirectory() && (facts.mode & 0o7777) === MOUNT_POINT_MODE && facts.uid !== process.getuid?.();
  return foreign ? "placeholder of another" : "present";
}
