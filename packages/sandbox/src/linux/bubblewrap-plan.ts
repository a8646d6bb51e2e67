/** A command under bubblewrap: own mounts, own process space, own network, and the system call filter. Pure. */

import type { AbsolutePath } from "@codex-ts/protocol";
import type { BubblewrapReady } from "../plan/backends.js";
import type { SandboxPlan } from "../plan/plan.js";
import { commandOf, type Environment, type SandboxRequest } from "../plan/request.js";
import { type AccessEntry, foldersBetween } from "../policy/access-map.js";
import { networkIsOff, writesAreRestricted } from "../policy/scope.js";
import { isInside } from "../policy/writable-roots.js";
import { MINIMAL_ENVIRONMENT, sandboxedEnvironment } from "../plan/environment.js";
import { KEPT_CAPABILITIES } from "./capabilities.js";
import type { ProtectionSurvey } from "./protection-survey.js";
import { seccompFilter } from "./seccomp.js";
import { SSH_SETTINGS, type SshSetting } from "./ssh-settings.js";
import type { FilterArchitecture } from "./syscall-table.js";

/** Descriptor numbers as the wrapper finds them. */
const FILTER_FD = 3;
const OPTIONS_FD = 4;
const STATUS_FD = 5;
/** From here on, one for each file that is shown as a copy. */
const FIRST_COPY_FD = 6;

/** Starts a program with the signals of Ctrl-C and Ctrl-\\ in their default state, which a shell cannot do for it. */
export const RESET_SIGNALS = ["/usr/bin/env", "--default-signal=INT,QUIT"];

/**
 * bubblewrap stays in the terminal's foreground group and would die of a Ctrl-C that is meant for the command: it is
 * started deaf, and the command hears again.
 */
const IGNORE_SIGNALS = ["/bin/sh", "-c", 'trap "" INT QUIT; exec "$@"', "codex-sandbox"];

/** Every mount makes each later one slower: a thousand take half a second, three thousand more words than bubblewrap reads. */
const COVER_LIMIT = 1000;

/** Why bubblewrap must not be used here, or undefined. */
export function bubblewrapObjection(survey: ProtectionSurvey): string | undefined {
  const covers = survey.hiddenSockets.length + pins(survey).length;
  return covers > COVER_LIMIT
    ? `other programs listen on ${survey.hiddenSockets.length} sockets, more than can be covered`
    : undefined;
}

/**
 * @param survey what there is on the disk at the places the policy speaks of
 * @param root whether we run as root
 */
export function bubblewrapPlan(
  request: SandboxRequest,
  survey: ProtectionSurvey,
  root: boolean,
  bubblewrap: BubblewrapReady,
  architecture: FilterArchitecture,
): SandboxPlan {
  const networkOff = networkIsOff(request.policy);
  const deaf = request.terminal === true && bubblewrap.resetsSignals;
  const options = [
    ...namespaces(bubblewrap, networkOff),
    ...capabilities(root),
    ...mounts(request, survey, bubblewrap, root),
    "--chdir",
    request.cwd,
    ...environmentOptions(sandboxedEnvironment(request)),
  ];
  const filter = seccompFilter({ architecture, networkOff, noConnect: false, noTruncate: false });
  return {
    kind: "plan",
    backend: "bubblewrap",
    argv: [
      ...(deaf ? IGNORE_SIGNALS : []),
      bubblewrap.program,
      "--seccomp",
      String(FILTER_FD),
      "--args",
      String(OPTIONS_FD),
      "--json-status-fd",
      String(STATUS_FD),
      "--",
      ...(deaf ? RESET_SIGNALS : []),
      ...request.argv,
    ],
    cwd: "/",
    env: MINIMAL_ENVIRONMENT,
    channels: [
      { carries: "bytes", bytes: filter },
      { carries: "bytes", bytes: nulSeparated(options) },
      { carries: "status" },
      ...(bubblewrap.userNamespace ? survey.sshSettings : []).map(({ bytes }) => ({
        carries: "bytes" as const,
        bytes,
      })),
    ],
    mountPoints: survey.missing,
    watched: survey.links,
    command: commandOf(request),
    notices: [],
  };
}

function namespaces({ userNamespace }: BubblewrapReady, networkOff: boolean): string[] {
  return [
    "--die-with-parent",
    "--unshare-ipc",
    ...(userNamespace ? ["--unshare-user"] : []),
    // Also where no fresh /proc can be mounted: whatever the command starts ends with its process space.
    "--unshare-pid",
    ...(networkOff ? ["--unshare-net"] : []),
  ];
}

/** Root keeps what lets it handle other people's files inside the roots; everybody else has nothing to keep. */
function capabilities(root: boolean): string[] {
  return ["--cap-drop", "ALL", ...(root ? KEPT_CAPABILITIES.flatMap(({ name }) => ["--cap-add", name]) : [])];
}

/** The whole disk read-only, own devices and processes, then the writable roots and what stays read-only in them, parents first. */
function mounts(
  request: SandboxRequest,
  survey: ProtectionSurvey,
  bubblewrap: BubblewrapReady,
  root: boolean,
): string[] {
  const rootIsWritable = survey.entries.some(({ path, access }) => path === "/" && access === "write");
  const everything = writesAreRestricted(request.policy) && !rootIsWritable ? "--ro-bind" : "--bind";
  const inner = [
    ...survey.entries.map((entry) => ({ option: bindOption(entry, survey), path: entry.path })),
    // A folder that somebody removes at this moment need not be kept in its place.
    ...pins(survey).map((path) => ({ option: "--bind-try", path })),
  ].sort((a, b) => a.path.length - b.path.length);
  return [
    everything,
    "/",
    "/",
    "--dev",
    "/dev",
    ...(bubblewrap.privateProc ? ["--proc", "/proc", ...(root ? KERNEL_SETTINGS : [])] : []),
    // "/" itself came first, below the command's own devices and processes.
    ...inner.filter(({ path }) => path !== "/").flatMap(({ option, path }) => [option, path, path]),
    ...(bubblewrap.userNamespace ? sshMounts(survey.sshSettings) : []),
    ...survey.hiddenSockets.flatMap((socket) => ["--ro-bind", "/dev/null", socket]),
  ];
}

function bindOption({ path, access }: AccessEntry, survey: ProtectionSurvey): string {
  if (access === "write") {
    return "--bind";
  }
  return survey.fleeting.includes(path) ? "--ro-bind-try" : "--ro-bind";
}

/**
 * The folders between a writable root and what is guarded below it, to be made mounts of their own. A mount point cannot
 * be renamed, so a command can neither move a protected folder away by one of its parents and put its own in the place,
 * nor move a covered socket to where the next command finds it uncovered.
 */
function pins({ entries, hiddenSockets }: ProtectionSurvey): AbsolutePath[] {
  const known = new Set(entries.map((entry) => entry.path));
  const roots = entries.filter((entry) => entry.access === "write");
  const between = [...known, ...hiddenSockets].flatMap((target) => {
    const outer = roots.filter((root) => root.path !== target && isInside(target, root.path));
    return outer.flatMap((root) => foldersBetween(root.path, target));
  });
  return [...new Set(between)].filter((folder) => !known.has(folder) && isWritableFolder(folder, entries));
}

function isWritableFolder(folder: AbsolutePath, entries: readonly AccessEntry[]): boolean {
  return entries.findLast((entry) => isInside(folder, entry.path))?.access === "write";
}

/** Files of a fresh /proc that root may write without any capability: a core pattern is a program that the host runs. */
const KERNEL_SETTINGS = ["/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs"].flatMap((target) => [
  "--ro-bind-try",
  target,
  target,
]);

/** In a user namespace root's files seem to belong to nobody, and ssh refuses settings that do: it is shown copies. */
function sshMounts(settings: readonly SshSetting[]): string[] {
  const copies = settings.flatMap(({ file }, index) => [
    // Readable for its owner alone, which ssh is content with; --perms is too new for bubblewrap 0.4.
    "--ro-bind-data",
    String(FIRST_COPY_FD + index),
    file,
  ]);
  return settings.length === 0 ? [] : ["--tmpfs", SSH_SETTINGS, ...copies, "--remount-ro", SSH_SETTINGS];
}

/** Passed through the options channel, because arguments are visible to every user of the machine. No `--clearenv`: bubblewrap 0.4 does not have it. */
function environmentOptions(env: Environment): string[] {
  return [
    ...Object.keys(MINIMAL_ENVIRONMENT).flatMap((name) => ["--unsetenv", name]),
    ...Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]),
  ];
}

function nulSeparated(words: readonly string[]): Uint8Array {
  return new TextEncoder().encode(words.map((word) => `${word}\0`).join(""));
}
