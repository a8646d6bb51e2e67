/** What is left of root's powers for a sandboxed command. Numbers from the kernel's uapi/linux/capability.h. */

/**
 * Enough to handle files of other users inside the writable roots, to become another user and to open low ports; not to
 * mount, trace, load modules, make devices, read raw disks or reach files by handle.
 */
export const KEPT_CAPABILITIES = [
  { name: "CAP_CHOWN", bit: 0 },
  { name: "CAP_DAC_OVERRIDE", bit: 1 },
  { name: "CAP_FOWNER", bit: 3 },
  { name: "CAP_FSETID", bit: 4 },
  { name: "CAP_KILL", bit: 5 },
  { name: "CAP_SETGID", bit: 6 },
  { name: "CAP_SETUID", bit: 7 },
  { name: "CAP_NET_BIND_SERVICE", bit: 10 },
] as const;
