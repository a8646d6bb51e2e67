/** The system call filter, run on a machine of our own. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FilterOptions, seccompFilter } from "../src/linux/seccomp.js";
import { AUDIT_ARCH, callNumber, type CallName } from "../src/linux/syscall-table.js";
import { runFilter } from "./fixtures/bpf.js";

const ALLOW = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const KILL = 0x80000000;

const offline: FilterOptions = { architecture: "x64", networkOff: true, noConnect: false, noTruncate: false };

describe.each(["x64", "arm64"] as const)("the filter on %s", (architecture) => {
  const ask = (changes: Partial<FilterOptions>, name: CallName, ...args: number[]): number => {
    const number = callNumber(name, architecture);
    if (number === undefined) {
      return EPERM;
    }
    const program = seccompFilter({ ...offline, architecture, ...changes });
    return runFilter(program, { arch: AUDIT_ARCH[architecture], number, args: args.map(BigInt) });
  };

  it.each([
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "pidfd_getfd",
    "mount",
    "move_mount",
    "setns",
    "bpf",
    "userfaultfd",
    "keyctl",
    "open_by_handle_at",
    "perf_event_open",
    "finit_module",
    "kexec_load",
  ] as const)("refuses %s under every setting", (name) => {
    expect([ask({}, name), ask({ networkOff: false }, name)]).toEqual([EPERM, EPERM]);
  });

  it.each([
    ["stream", 1, ALLOW],
    ["stream, closed on exec and not blocking", 1 | 0o2004000, ALLOW],
    ["seqpacket", 5, ALLOW],
    ["datagram", 2, EPERM],
    ["datagram, closed on exec", 2 | 0o2000000, EPERM],
    ["raw, which is datagram by another name", 3, EPERM],
  ])("without connections answers to local sockets of type %s", (_, type, verdict) => {
    expect(ask({ noConnect: true }, "socket", 1, type)).toBe(verdict);
    expect(ask({ noConnect: true }, "socketpair", 1, type)).toBe(verdict);
    expect(ask({}, "socket", 1, type)).toBe(ALLOW);
  });

  it.each([
    ["AF_UNIX", 1, ALLOW],
    ["AF_INET", 2, EPERM],
    ["AF_INET6", 10, EPERM],
    ["AF_NETLINK", 16, EPERM],
    ["AF_PACKET", 17, EPERM],
    ["AF_ALG", 38, EPERM],
    ["AF_VSOCK", 40, EPERM],
    ["AF_UNIX with rubbish in the half that the kernel ignores", 0x1_0000_0001, ALLOW],
    ["AF_INET with rubbish there", 0x1_0000_0002, EPERM],
  ])("without a network answers to sockets of family %s", (_, family, verdict) => {
    expect(ask({}, "socket", family)).toBe(verdict);
    expect(ask({}, "socketpair", family)).toBe(verdict);
    expect(ask({ networkOff: false }, "socket", family)).toBe(ALLOW);
  });

  it.each(["connect", "bind", "listen", "accept", "accept4"] as const)(
    "lets %s pass, unless connections are refused altogether",
    (name) => {
      expect(ask({}, name)).toBe(ALLOW);
      expect(ask({ noConnect: true }, name)).toBe(name === "connect" ? EPERM : ALLOW);
    },
  );

  it.each([
    ["clone", 0x11, ALLOW],
    ["clone", 0x10000011, EPERM],
    ["unshare", 0x20000, ALLOW],
    ["unshare", 0x10000000, EPERM],
    ["unshare", 0x50020000, EPERM],
    ["clone3", 0, ENOSYS],
  ] as const)("answers to %s with flags %i so that no user namespace is made", (name, flags, verdict) => {
    expect(ask({}, name, flags)).toBe(verdict);
  });

  it.each([
    [0x5412, EPERM],
    [0x541c, EPERM],
    [0x1_0000_5412, EPERM],
    [0x541b, ALLOW],
    [0x5401, ALLOW],
  ])("answers to ioctl %i so that nobody types for the person", (request, verdict) => {
    expect(ask({}, "ioctl", 0, request)).toBe(verdict);
  });

  it.each([
    ["openat", [0, 0, 0o1000], EPERM],
    ["openat", [0, 0, 0o1001], ALLOW],
    ["openat", [0, 0, 0], ALLOW],
    ["open", [0, 0o1000], EPERM],
    ["truncate", [0, 0], EPERM],
    ["openat2", [], ENOSYS],
  ] as const)("on kernels whose Landlock does not know truncation: %s %j", (name, args, verdict) => {
    expect(ask({ noTruncate: true }, name, ...args)).toBe(verdict);
  });

  it("kills calls of another architecture", () => {
    const program = seccompFilter({ ...offline, architecture });
    expect(runFilter(program, { arch: 0x40000003, number: 359 })).toBe(KILL);
  });

  it("answers every call, with one of four words", () => {
    const programs = [true, false].flatMap((networkOff) =>
      [true, false].flatMap((noConnect) =>
        [true, false].map((noTruncate) => seccompFilter({ architecture, networkOff, noConnect, noTruncate })),
      ),
    );
    const anyCall = fc.record({
      number: fc.oneof(fc.nat(600), fc.nat(0xffffffff)),
      args: fc.array(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), { maxLength: 6 }),
      program: fc.constantFrom(...programs),
    });
    fc.assert(
      fc.property(anyCall, ({ number, args, program }) => {
        const verdict = runFilter(program, { arch: AUDIT_ARCH[architecture], number, args });
        return [ALLOW, EPERM, ENOSYS].includes(verdict);
      }),
      { numRuns: process.env["CODEX_TS_NIGHTLY"] === undefined ? 2_000 : 100_000 },
    );
  });
});

it("refuses the x32 range, whose calls are those of x64 by other numbers", () => {
  const program = seccompFilter(offline);
  for (const number of [0x40000000, 0x40000029, 0x7fffffff, 0xffffffff]) {
    expect(runFilter(program, { arch: AUDIT_ARCH.x64, number })).toBe(ENOSYS);
  }
});
