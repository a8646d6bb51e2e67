/** The sandbox profile that macOS enforces, in its own language (SBPL version 1). Pure. */

import { type AccessEntry, accessMap, foldersBetween } from "../policy/access-map.js";
import { isInside, type WritableRoot } from "../policy/writable-roots.js";

/** What a profile depends on. */
export interface SeatbeltInput {
  roots: readonly WritableRoot[];
  networkOff: boolean;
  /** Where the system keeps state for name lookups and certificates. */
  userCacheDir: string | undefined;
  /** Attached to each refusal in the system log; letters, digits and dashes only. */
  denialTag: string | undefined;
}

/** A profile and the values of the parameters it names. */
export interface SeatbeltProfile {
  text: string;
  parameters: Readonly<Record<string, string>>;
}

/** Paths are passed as parameters, never pasted into the text, so that no folder name can change the rules. */
export function seatbeltProfile({ roots, networkOff, userCacheDir, denialTag }: SeatbeltInput): SeatbeltProfile {
  const entries = accessMap(roots);
  const writable = named("WRITABLE_ROOT", entries, "write");
  const readOnly = named("READ_ONLY", entries, "read");
  const pinned = new Map(pinnedFolders(entries).map((folder, index) => [`PINNED_${index}`, folder]));
  const refusal = denialTag === undefined ? "" : ` (with message "${denialTag}")`;
  const parts = [
    base(refusal),
    READ,
    ...layered(entries, writable, readOnly, refusal),
    ...[...pinned.keys()].map((name) => `(deny file-write-unlink (literal (param "${name}"))${refusal})`),
    networkOff ? "" : NETWORK,
    !networkOff && userCacheDir !== undefined ? CACHE : "",
  ];
  return {
    text: parts.filter((part) => part !== "").join("\n"),
    parameters: {
      ...Object.fromEntries([...writable, ...readOnly, ...pinned]),
      ...(userCacheDir === undefined ? {} : { DARWIN_USER_CACHE_DIR: userCacheDir }),
    },
  };
}

/** Parameter names to paths. */
function named(prefix: string, entries: readonly AccessEntry[], access: AccessEntry["access"]): Map<string, string> {
  const paths = entries.filter((entry) => entry.access === access).map((entry) => entry.path);
  return new Map(paths.map((target, index) => [`${prefix}_${index}`, target]));
}

/** Parents before children, and the last rule that matches decides: the order of the access map is the order of the rules. */
function layered(
  entries: readonly AccessEntry[],
  writable: ReadonlyMap<string, string>,
  readOnly: ReadonlyMap<string, string>,
  refusal: string,
): string[] {
  const nameOf = (names: ReadonlyMap<string, string>, target: string): string =>
    [...names].find(([, path]) => path === target)?.[0] ?? "";
  return entries.map((entry) =>
    entry.access === "write"
      ? `(allow file-write* (subpath (param "${nameOf(writable, entry.path)}")))`
      : readOnlyRule(nameOf(readOnly, entry.path), refusal),
  );
}

/** A path that does not exist yet is matched by its name, so both it and what would be below it have to be named. */
function readOnlyRule(name: string, refusal: string): string {
  return `(deny file-write* (literal (param "${name}")) (subpath (param "${name}"))${refusal})`;
}

/**
 * Folders between a writable root and what is protected or writable below it: a command that could rename one of them
 * would take the protected folder out of its rule.
 */
function pinnedFolders(entries: readonly AccessEntry[]): string[] {
  const roots = entries.filter((entry) => entry.access === "write").map((entry) => entry.path);
  const inner = entries.flatMap(({ path: target }) =>
    roots.filter((root) => root !== target && isInside(target, root)).flatMap((root) => foldersBetween(root, target)),
  );
  const nested = roots.filter((target) => roots.some((root) => root !== target && isInside(target, root)));
  return [...new Set([...inner, ...nested])];
}

const SYSCTL_NAMES = [
  "hw.activecpu",
  "hw.busfrequency_compat",
  "hw.byteorder",
  "hw.cacheconfig",
  "hw.cachelinesize_compat",
  "hw.cpufamily",
  "hw.cpufrequency_compat",
  "hw.cputype",
  "hw.l1dcachesize_compat",
  "hw.l1icachesize_compat",
  "hw.l2cachesize_compat",
  "hw.l3cachesize_compat",
  "hw.logicalcpu_max",
  "hw.machine",
  "hw.memsize",
  "hw.ncpu",
  "hw.nperflevels",
  "hw.packages",
  "hw.pagesize",
  "hw.pagesize_compat",
  "hw.physicalcpu",
  "hw.physicalcpu_max",
  "hw.tbfrequency_compat",
  "hw.vectorunit",
  "kern.argmax",
  "kern.hostname",
  "kern.maxfilesperproc",
  "kern.maxproc",
  "kern.osproductversion",
  "kern.osrelease",
  "kern.ostype",
  "kern.osvariant_status",
  "kern.osversion",
  "kern.secure_kernel",
  "kern.usrstack64",
  "kern.version",
  "sysctl.proc_cputype",
  "vm.loadavg",
];

const SYSCTL_PREFIXES = [
  "hw.optional.arm.",
  "hw.optional.armv8_",
  "hw.perflevel",
  "kern.proc.pgrp.",
  "kern.proc.pid.",
  "net.routetable.",
];

const quoted = (filter: string, names: readonly string[]): string =>
  names.map((name) => `  (${filter} "${name}")`).join("\n");

/** Everything is denied but what a program needs to start, talk to its children and use a terminal. */
const base = (refusal: string): string => `(version 1)
(deny default${refusal})
(allow process-exec)
(allow process-fork)
(allow signal (target same-sandbox))
(allow process-info* (target same-sandbox))
(allow user-preference-read)
(allow file-write-data
  (require-all (path "/dev/null") (vnode-type CHARACTER-DEVICE)))
(allow sysctl-read
${quoted("sysctl-name", SYSCTL_NAMES)}
${quoted("sysctl-name-prefix", SYSCTL_PREFIXES)}
)
(allow sysctl-write (sysctl-name "kern.grade_cputype"))
(allow iokit-open (iokit-registry-entry-class "RootDomainUserClient"))
(allow mach-lookup
${quoted("global-name", ["com.apple.system.opendirectoryd.libinfo", "com.apple.PowerManagement.control"])}
)
(allow ipc-posix-sem)
(allow pseudo-tty)
(allow file-read* file-write* file-ioctl (literal "/dev/ptmx"))
(allow file-read* file-write*
  (require-all (regex #"^/dev/ttys[0-9]+") (extension "com.apple.sandbox.pty")))
(allow file-ioctl (regex #"^/dev/ttys[0-9]+"))`;

const READ = "(allow file-read*)";

const NETWORK_SERVICES = [
  "com.apple.bsd.dirhelper",
  "com.apple.system.opendirectoryd.membership",
  "com.apple.SecurityServer",
  "com.apple.networkd",
  "com.apple.ocspd",
  "com.apple.trustd.agent",
  "com.apple.SystemConfiguration.DNSConfiguration",
  "com.apple.SystemConfiguration.configd",
];

const NETWORK = `(allow network-outbound)
(allow network-inbound)
(allow system-socket)
(allow mach-lookup
${quoted("global-name", NETWORK_SERVICES)}
)
(allow sysctl-read (sysctl-name-regex #"^net.routetable"))`;

const CACHE = '(allow file-write* (subpath (param "DARWIN_USER_CACHE_DIR")))';
