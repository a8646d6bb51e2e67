/** Finds the sockets of other programs through which a command could act outside its sandbox. */

import { lstatSync, readFileSync } from "node:fs";
import type { AbsolutePath } from "@codex-ts/protocol";
import { realPath } from "../policy/writable-roots.js";

/** Columns of /proc/net/unix before the path. */
const LINE = /^\S+: \S+ \S+ (?<flags>\S+) (?<type>\S+) \S+ +\S+ (?<path>\/.*)$/;
const LISTENING = 0x10000;
const DATAGRAM = 2;

/**
 * Younger sockets may be gone again before they can be covered, and covering what is gone fails. Container engines,
 * buses and agents are older; the sockets of a test run are not.
 */
const SETTLED_MS = 5000;

/** Places that are replaced inside the sandbox anyway. */
const REPLACED = /^\/(?:dev|proc)\//;

/**
 * Sockets by which other programs take orders: container engines, the service manager and message bus, displays,
 * terminal multiplexers, key agents, editors. Not among them: name services and databases. Only the last two names of a
 * path are looked at, so that a project called after one of them keeps its own sockets.
 */
const TAKES_ORDERS =
  /\b(?:docker|podman|containerd|buildkitd?|crio|lxd|incus|libvirt|snapd|flatpak|dbus|bus|systemd\/private|\.?X11-unix|wayland|tmux|screens?|zellij|S\.gpg-agent|keyring|vscode|code|cursor|jetbrains|emacs|nvim|pipewire|pulse|at-spi|mutter|kwin|hypr|sway)(?:\b|[-_\d])/i;

/** What a command under this setting must not reach. */
export interface SocketChoice {
  /** Without a network every socket is one too many; with it, those that take orders. */
  networkOff: boolean;
  /** Stays reachable when the network does: Git over SSH needs the agent. */
  sshAgent: string | undefined;
}

/** Existing sockets that some program of this machine listens on, by their real paths. Reads the file system; changes nothing. */
export function foreignSockets({ networkOff, sshAgent }: SocketChoice): AbsolutePath[] {
  const hidden = listeningPaths().filter((socket) => networkOff || (takesOrders(socket) && socket !== sshAgent));
  const settled = hidden.filter((socket) => !REPLACED.test(socket) && isSettledSocket(socket));
  return [...new Set(settled.flatMap((socket) => realPath(socket) ?? []))];
}

/** Pure. */
export function takesOrders(socket: AbsolutePath): boolean {
  return TAKES_ORDERS.test(socket.split("/").slice(-2).join("/"));
}

/** Paths in the kernel's list, from which a command could be answered. Pure but for reading it. */
function listeningPaths(): AbsolutePath[] {
  return pathsOf(readList());
}

/** @param list the content of /proc/net/unix */
export function pathsOf(list: string): AbsolutePath[] {
  const paths = list.split("\n").flatMap((line) => {
    const { flags = "", type = "", path = "" } = LINE.exec(line)?.groups ?? {};
    const answers = (Number.parseInt(flags, 16) & LISTENING) !== 0 || Number.parseInt(type, 16) === DATAGRAM;
    return answers ? [path] : [];
  });
  return [...new Set(paths)];
}

function readList(): string {
  try {
    return readFileSync("/proc/net/unix", "utf8");
  } catch {
    // No /proc: then there is no bubblewrap either.
    return "";
  }
}

function isSettledSocket(path: AbsolutePath): boolean {
  try {
    const facts = lstatSync(path);
    // A time in the future is one that somebody has set, so that the socket should never be old enough.
    return facts.isSocket() && Math.abs(Date.now() - facts.mtimeMs) > SETTLED_MS;
  } catch {
    // Bound under another root folder, removed, or out of our reach, and so out of the command's.
    return false;
  }
}
