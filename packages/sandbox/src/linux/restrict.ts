/** Takes rights away from the calling thread, for good: the steps in the order in which they have to happen. */

import { KEPT_CAPABILITIES } from "./capabilities.js";
import type { HelperOrder } from "./helper-arguments.js";
import {
  DEVICE_RIGHTS,
  FILE_RIGHTS,
  folderRights,
  HARMLESS_DEVICES,
  knownRights,
  knowsTruncation,
  pathRule,
  READ_RIGHTS,
  rulesetAttributes,
} from "./landlock.js";
import type { CallArgument, LibC } from "./libc.js";
import { seccompFilter } from "./seccomp.js";

/** A step failed; the thread may already have lost some of its rights, so nothing but leaving is possible. */
export class RestrictionFailed extends Error {
  constructor(step: string, errno: number) {
    super(`${step} failed (error ${errno})`);
    this.name = "RestrictionFailed";
  }
}

/** After this, the thread can do what the order allows and nothing more; what it executes next inherits that. */
export function restrictThread(libc: LibC, order: HelperOrder): void {
  const number = (name: keyof typeof NUMBERS): number => numberOf(libc, name);
  const need = (step: string, call: number, ...args: CallArgument[]): number => {
    const result = libc.call(call, ...args);
    if (result < 0) {
      throw new RestrictionFailed(step, libc.errno());
    }
    return result;
  };
  const prctl = (step: string, ...args: CallArgument[]): number => need(step, number("prctl"), ...args);

  prctl("following the parent", PR_SET_PDEATHSIG, SIGKILL);
  if (process.ppid !== order.parent && order.parent !== 0) {
    throw new RestrictionFailed("following the parent, which is gone,", 0);
  }
  if (process.getuid?.() === 0) {
    dropCapabilities(need, number("prctl"), number("capset"));
  }
  prctl("giving up new privileges", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const abi = order.writable === null ? undefined : landlockAbi(libc);
  if (order.writable !== null && abi !== undefined) {
    restrictFiles(libc, need, order.writable, abi);
  }
  need("closing descriptors", CLOSE_RANGE, 3, 0xffffffff, CLOSE_RANGE_CLOEXEC);
  installFilter(prctl, libc, {
    architecture: libc.architecture,
    networkOff: order.networkOff,
    noConnect: order.networkOff,
    noTruncate: abi !== undefined && !knowsTruncation(abi),
  });
}

/** The version of the kernel's Landlock interface; throws when there is none. */
export function landlockAbi(libc: LibC): number {
  const abi = libc.call(LANDLOCK_CREATE_RULESET, null, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) {
    throw new RestrictionFailed("asking the kernel for Landlock", libc.errno());
  }
  return abi;
}

const NUMBERS = { prctl: [157, 167], capset: [126, 91], openat: [257, 56], close: [3, 57] } as const;
const LANDLOCK_CREATE_RULESET = 444;
const LANDLOCK_ADD_RULE = 445;
const LANDLOCK_RESTRICT_SELF = 446;
const LANDLOCK_CREATE_RULESET_VERSION = 1;
const LANDLOCK_RULE_PATH_BENEATH = 1;
const CLOSE_RANGE = 436;
const CLOSE_RANGE_CLOEXEC = 4;
const PR_SET_PDEATHSIG = 1;
const PR_SET_SECCOMP = 22;
const PR_CAPBSET_DROP = 24;
const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_MODE_FILTER = 2;
const SIGKILL = 9;
const CAPABILITY_VERSION_3 = 0x20080522;
const HIGHEST_CAPABILITY = 63;
const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;
const O_DIRECTORY = { x64: 0o200000, arm64: 0o40000 } as const;
const AT_FDCWD = -100;

function numberOf(libc: LibC, name: keyof typeof NUMBERS): number {
  return NUMBERS[name][libc.architecture === "x64" ? 0 : 1];
}

type Need = (step: string, call: number, ...args: CallArgument[]) => number;

function dropCapabilities(need: Need, prctl: number, capset: number): void {
  const kept = new Set<number>(KEPT_CAPABILITIES.map(({ bit }) => bit));
  for (let bit = 0; bit <= HIGHEST_CAPABILITY; bit += 1) {
    if (!kept.has(bit)) {
      try {
        need("dropping capabilities", prctl, PR_CAPBSET_DROP, bit, 0, 0, 0);
      } catch {
        // Past the last capability this kernel knows, or no right to shrink the bounding set (a container): capset decides.
        break;
      }
    }
  }
  const mask = KEPT_CAPABILITIES.reduce((bits, { bit }) => bits | (1 << bit), 0);
  const header = new Uint32Array([CAPABILITY_VERSION_3, 0]);
  // Effective, permitted, inheritable; the low halves, then the high ones.
  const data = new Uint32Array([mask, mask, 0, 0, 0, 0]);
  need("dropping capabilities", capset, new Uint8Array(header.buffer), new Uint8Array(data.buffer));
}

function restrictFiles(libc: LibC, need: Need, writable: readonly string[], abi: number): void {
  const attributes = rulesetAttributes(abi);
  const ruleset = need("making a Landlock ruleset", LANDLOCK_CREATE_RULESET, attributes, attributes.length, 0);
  const allow = (path: string, rightsOf: (isFolder: boolean) => bigint): void => {
    const opened = openIfThere(libc, path);
    if (opened !== undefined) {
      const rule = pathRule(rightsOf(opened.isFolder) & knownRights(abi), opened.fd);
      need(`allowing ${path}`, LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0);
      libc.call(numberOf(libc, "close"), opened.fd);
    }
  };
  allow("/", () => READ_RIGHTS);
  HARMLESS_DEVICES.forEach((device) => allow(device, () => DEVICE_RIGHTS));
  writable.forEach((root) => allow(root, (isFolder) => (isFolder ? folderRights(abi) : FILE_RIGHTS)));
  need("entering the Landlock ruleset", LANDLOCK_RESTRICT_SELF, ruleset, 0);
}

/** A path that cannot be opened is one that cannot be written either: it is passed over. */
function openIfThere(libc: LibC, path: string): { fd: number; isFolder: boolean } | undefined {
  const name = new TextEncoder().encode(`${path}\0`);
  const open = (flags: number): number =>
    libc.call(numberOf(libc, "openat"), AT_FDCWD, name, O_PATH | O_CLOEXEC | flags);
  const folder = open(O_DIRECTORY[libc.architecture]);
  if (folder >= 0) {
    return { fd: folder, isFolder: true };
  }
  const file = open(0);
  return file < 0 ? undefined : { fd: file, isFolder: false };
}

function installFilter(
  prctl: (step: string, ...args: CallArgument[]) => number,
  libc: LibC,
  options: Parameters<typeof seccompFilter>[0],
): void {
  const filter = seccompFilter(options);
  // struct sock_fprog { unsigned short len; struct sock_filter *filter; }
  const program = new Uint8Array(16);
  const view = new DataView(program.buffer);
  view.setUint16(0, filter.length / 8, true);
  view.setBigUint64(8, libc.addressOf(filter), true);
  prctl("installing the system call filter", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0);
}
