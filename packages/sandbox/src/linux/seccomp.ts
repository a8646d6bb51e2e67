/** The system call filter, as the bytes of a classic BPF program: what a sandboxed command may not ask of the kernel. */

import { AUDIT_ARCH, callNumber, type CallName, type FilterArchitecture } from "./syscall-table.js";

/** What differs between filters. */
export interface FilterOptions {
  architecture: FilterArchitecture;
  /** No sockets but those of the AF_UNIX family. */
  networkOff: boolean;
  /** No connections over AF_UNIX, and no messages without one: where nothing else keeps a command from sockets that lead out. */
  noConnect: boolean;
  /** Kernels whose Landlock does not know truncation: refuse it where a path is named. */
  noTruncate: boolean;
}

/** Refused whatever the policy: ways to other processes, to the kernel's insides, around the file system's rules. */
const ALWAYS_REFUSED: readonly CallName[] = [
  ...(["io_uring_setup", "io_uring_enter", "io_uring_register"] as const),
  ...(["ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp"] as const),
  ...(["mount", "umount2", "pivot_root", "move_mount", "open_tree", "open_tree_attr", "mount_setattr"] as const),
  ...(["fsopen", "fsconfig", "fsmount", "fspick", "setns", "open_by_handle_at"] as const),
  ...(["bpf", "perf_event_open", "userfaultfd", "add_key", "request_key", "keyctl"] as const),
  ...(["init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load"] as const),
  ...(["swapon", "swapoff", "reboot", "acct", "quotactl", "quotactl_fd", "syslog", "iopl", "ioperm"] as const),
  ...(["settimeofday", "clock_settime", "adjtimex", "clock_adjtime"] as const),
];

/** The filter's program, 8 bytes an instruction, as the kernel and `bwrap --seccomp` take it. Pure. */
export function seccompFilter(options: FilterOptions): Uint8Array {
  const { architecture } = options;
  const refuse = (names: readonly CallName[], verdict: number): Instruction[] =>
    names.flatMap((name) => onCall(name, architecture, [answer(verdict)]));
  return encode([
    ...otherArchitecturesDie(architecture),
    ...refuse(ALWAYS_REFUSED, EPERM),
    ...noUserNamespaces(architecture),
    ...noTerminalInjection(architecture),
    ...(options.networkOff ? unixSocketsOnly(architecture, options.noConnect) : []),
    ...(options.noConnect ? refuse(["connect"], EPERM) : []),
    ...(options.noTruncate ? noTruncation(architecture) : []),
    answer(ALLOW),
  ]);
}

// The instruction set: struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }

interface Instruction {
  code: number;
  jt: number;
  jf: number;
  k: number;
}

const LOAD_WORD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_ANY_BIT = 0x45;
const AND = 0x54;
const RETURN = 0x06;

const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const EPERM = 0x00050000 + 1;
/** Makes libraries fall back to the older call instead of failing. */
const ENOSYS = 0x00050000 + 38;

/** Offsets in struct seccomp_data; of 64-bit arguments the low half, which is all the kernel looks at in these calls. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const ARGUMENT = [16, 24, 32] as const;

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOCK_SEQPACKET = 5;
/** What stands above are flags. */
const SOCKET_TYPE_BITS = 0xf;
const CLONE_NEWUSER = 0x10000000;
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;
const O_ACCMODE = 0o3;
const O_TRUNC = 0o1000;
const X32_RANGE = 0x40000000;

const load = (offset: number): Instruction => ({ code: LOAD_WORD, jt: 0, jf: 0, k: offset });
const answer = (verdict: number): Instruction => ({ code: RETURN, jt: 0, jf: 0, k: verdict });

/** Runs `body` for this call only. A body ends with an answer on every path, or leaves the call's number loaded. */
function onCall(name: CallName, architecture: FilterArchitecture, body: readonly Instruction[]): Instruction[] {
  const number = callNumber(name, architecture);
  return number === undefined ? [] : [{ code: JUMP_EQUAL, jt: 0, jf: body.length, k: number }, ...body];
}

/** A foreign call table would make every number below mean something else; x32 shares ours and is refused by range. */
function otherArchitecturesDie(architecture: FilterArchitecture): Instruction[] {
  const x32 = [{ code: JUMP_AT_LEAST, jt: 0, jf: 1, k: X32_RANGE }, answer(ENOSYS)];
  return [
    load(ARCHITECTURE),
    { code: JUMP_EQUAL, jt: 1, jf: 0, k: AUDIT_ARCH[architecture] },
    answer(KILL_PROCESS),
    load(NUMBER),
    ...(architecture === "x64" ? x32 : []),
  ];
}

/** A user namespace gives full powers over new mounts and networks; clone3 hides its flags from filters. */
function noUserNamespaces(architecture: FilterArchitecture): Instruction[] {
  const unlessNewUser = [
    load(ARGUMENT[0]),
    { code: JUMP_ANY_BIT, jt: 0, jf: 1, k: CLONE_NEWUSER },
    answer(EPERM),
    answer(ALLOW),
  ];
  return [
    ...onCall("clone", architecture, unlessNewUser),
    ...onCall("unshare", architecture, unlessNewUser),
    ...onCall("clone3", architecture, [answer(ENOSYS)]),
  ];
}

/** Typing into the terminal that a person uses. */
function noTerminalInjection(architecture: FilterArchitecture): Instruction[] {
  return onCall("ioctl", architecture, [
    load(ARGUMENT[1]),
    { code: JUMP_EQUAL, jt: 1, jf: 0, k: TIOCSTI },
    { code: JUMP_EQUAL, jt: 0, jf: 1, k: TIOCLINUX },
    answer(EPERM),
    answer(ALLOW),
  ]);
}

/**
 * Filtering by family keeps socket pairs and local servers whole.
 * @param connectedOnly no datagram sockets: they send to any path without connecting
 */
function unixSocketsOnly(architecture: FilterArchitecture, connectedOnly: boolean): Instruction[] {
  const unlessConnected = [
    load(ARGUMENT[1]),
    { code: AND, jt: 0, jf: 0, k: SOCKET_TYPE_BITS },
    { code: JUMP_EQUAL, jt: 2, jf: 0, k: SOCK_STREAM },
    { code: JUMP_EQUAL, jt: 1, jf: 0, k: SOCK_SEQPACKET },
    answer(EPERM),
  ];
  const unlessUnix = [
    load(ARGUMENT[0]),
    { code: JUMP_EQUAL, jt: 1, jf: 0, k: AF_UNIX },
    answer(EPERM),
    ...(connectedOnly ? unlessConnected : []),
    answer(ALLOW),
  ];
  return [...onCall("socket", architecture, unlessUnix), ...onCall("socketpair", architecture, unlessUnix)];
}

/** Opening for writing is Landlock's matter at any version; only truncating without it has to be caught here. */
function noTruncation(architecture: FilterArchitecture): Instruction[] {
  const unlessTruncatingRead = (flags: number): Instruction[] => [
    load(flags),
    { code: JUMP_ANY_BIT, jt: 1, jf: 0, k: O_TRUNC },
    answer(ALLOW),
    { code: AND, jt: 0, jf: 0, k: O_ACCMODE },
    { code: JUMP_EQUAL, jt: 0, jf: 1, k: 0 },
    answer(EPERM),
    answer(ALLOW),
  ];
  return [
    ...onCall("truncate", architecture, [answer(EPERM)]),
    ...onCall("open", architecture, unlessTruncatingRead(ARGUMENT[1])),
    ...onCall("openat", architecture, unlessTruncatingRead(ARGUMENT[2])),
    ...onCall("openat2", architecture, [answer(ENOSYS)]),
  ];
}

function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  program.forEach(({ code, jt, jf, k }, index) => {
    view.setUint16(index * 8, code, true);
    view.setUint8(index * 8 + 2, jt);
    view.setUint8(index * 8 + 3, jf);
    view.setUint32(index * 8 + 4, k, true);
  });
  return bytes;
}
