/** The sandbox profile that macOS enforces, in its own language (SBPL version 1). Pure. */

import type { WritableRoot } from "../policy/writable-roots.js";

/** What a profile depends on. */
export interface SeatbeltInput {
  roots: readonly WritableRoot[];
  networkOff: boolean;
  userCacheDir: string | undefined;
}

/** A profile and the values of the parameters it names. */
export interface SeatbeltProfile {
  text: string;
  parameters: Readonly<Record<string, string>>;
}

/** Paths are passed as parameters, never pasted into the text, so that no folder name can change the rules. */
export function seatbeltProfile({ roots, networkOff, userCacheDir }: SeatbeltInput): SeatbeltProfile {
  return {
    text: [BASE, READ, writeRule(roots), networkOff ? "" : NETWORK].filter((part) => part !== "").join("\n"),
    parameters: {
      ...Object.assign({}, ...roots.map(rootParameters)),
      ...(userCacheDir === undefined ? {} : { DARWIN_USER_CACHE_DIR: userCacheDir }),
    },
  };
}

function rootParameters({ root, readOnly }: WritableRoot, index: number): Record<string, string> {
  const children = readOnly.map((child, inner) => [`WRITABLE_ROOT_${index}_RO_${inner}`, child]);
  return { [`WRITABLE_ROOT_${index}`]: root, ...Object.fromEntries(children) };
}

/** Read-only paths of every root are excluded from each one, so that a root around another does not open its `.git`. */
function writeRule(roots: readonly WritableRoot[]): string {
  const names = new Map<string, string>();
  roots.forEach(({ readOnly }, index) =>
    readOnly.forEach((child, inner) => names.set(child, `WRITABLE_ROOT_${index}_RO_${inner}`)),
  );
  const exclusions = [...names.values()].flatMap((name) => [
    `(require-not (literal (param "${name}")))`,
    `(require-not (subpath (param "${name}")))`,
  ]);
  const alternatives = roots.map(
    (_, index) => `  (require-all (subpath (param "WRITABLE_ROOT_${index}")) ${exclusions.join(" ")})`,
  );
  return alternatives.length === 0 ? "" : ["(allow file-write*", ...alternatives, ")"].join("\n");
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
const BASE = `(version 1)
(deny default)
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

/** The cache folder belongs to the network part: certificate checks and name lookups keep their state there. */
const NETWORK = `(allow network-outbound)
(allow network-inbound)
(allow system-socket)
(allow mach-lookup
${quoted("global-name", NETWORK_SERVICES)}
)
(allow sysctl-read (sysctl-name-regex #"^net.routetable"))
(allow file-write* (subpath (param "DARWIN_USER_CACHE_DIR")))`;
