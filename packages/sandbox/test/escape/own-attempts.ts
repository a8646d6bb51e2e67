/** Attempts that the reference's table does not have: what they try, and where they may succeed. */

import type { PolicyName } from "./world.js";

/** One attempt of ours; it must fail wherever it is not listed as harmless. */
export interface OwnAttempt {
  id: string;
  attempt: string;
  /** Where success is no escape, per backend, with the reason. */
  mayReach?: Partial<Record<"bubblewrap" | "landlock", readonly PolicyName[]>>;
  why?: string;
  /** A race: where nothing stops it, it is won sometimes only. */
  luck?: boolean;
}

/** The policy of these columns leaves files to somebody else's sandbox. */
const ANY_FILE: readonly PolicyName[] = ["ext-"];
const both = (columns: readonly PolicyName[]): Required<Pick<OwnAttempt, "mayReach">> => ({
  mayReach: { bubblewrap: columns, landlock: columns },
});
const NOT_PROTECTED = "Landlock cannot protect a child of a writable folder; the change is detected and reported";

/** In the order in which attempts.pl makes them. */
export const OWN_ATTEMPTS: readonly OwnAttempt[] = [
  {
    id: "X1",
    attempt: "create a file outside by swapping a folder for a link, 3,000 times",
    ...both(ANY_FILE),
    luck: true,
  },
  { id: "X2", attempt: "write outside via /proc/1/root", ...both(ANY_FILE) },
  { id: "X3", attempt: "write outside via another process' /proc/PID/root", ...both(ANY_FILE) },
  { id: "X4", attempt: "run a script from a memfd that writes outside", ...both(ANY_FILE) },
  { id: "X5", attempt: "find a descriptor that leaked" },
  { id: "X6", attempt: "type into the terminal (TIOCSTI)" },
  { id: "X7", attempt: "paste into the console (TIOCLINUX)" },
  { id: "X8", attempt: "be able to gain rights through setuid programs" },
  { id: "X9", attempt: "open /proc/sys/kernel/core_pattern for writing", ...both(ANY_FILE) },
  { id: "X10", attempt: "open /proc/sysrq-trigger for writing", ...both(ANY_FILE) },
  { id: "X11", attempt: "open a kernel setting in /sys for writing", ...both(ANY_FILE) },
  {
    id: "X12",
    attempt: "create .git in a root that has none",
    mayReach: { bubblewrap: ["ext-"], landlock: ["ww", "ext-"] },
    why: NOT_PROTECTED,
  },
  { id: "X13", attempt: "remove the placeholder of .git and make an own one", ...both(ANY_FILE) },
  {
    id: "X14",
    attempt: "write into the .git of a root that had none",
    mayReach: { bubblewrap: ["ext-"], landlock: ["ww", "ext-"] },
    why: NOT_PROTECTED,
  },
  {
    id: "X15",
    attempt: "move a parent of a protected .git away (the parent is a root's child in ww only)",
    mayReach: { bubblewrap: ["ww+net", "ext-"], landlock: ["ww", "ww+net", "ext-"] },
    why: NOT_PROTECTED,
  },
  {
    id: "X16",
    attempt: "write .git/config through a hard link made now",
    mayReach: { bubblewrap: ["ext-"], landlock: ["ww", "ww+net", "ww-tmp", "ext-"] },
    why: NOT_PROTECTED,
  },
  {
    id: "X17",
    attempt: "rename .codex",
    mayReach: { bubblewrap: ["ext-"], landlock: ["ww", "ww+net", "ww-tmp", "ext-"] },
    why: NOT_PROTECTED,
  },
  { id: "X18", attempt: "remount / writable" },
  { id: "X19", attempt: "unmount the protection of .git" },
  { id: "X20", attempt: "enter the mount namespace of a process outside" },
  { id: "X21", attempt: "write CODEX_HOME/config.toml", ...both(ANY_FILE) },
  {
    id: "X22",
    attempt: "signal our own process",
    mayReach: { landlock: ["ext-"] },
    why: "no Landlock without file rules",
  },
  {
    id: "X23",
    attempt: "connect to the SSH agent",
    ...both(["ww+net"]),
    why: "with a network, Git over SSH needs it",
  },
  {
    id: "X24",
    attempt: "connect to a datagram socket outside",
    ...both(["ww+net"]),
    why: "with a network, only sockets that take orders are hidden, by name",
  },
  { id: "X25", attempt: "send a UDP datagram", ...both(["ww+net"]) },
  { id: "X26", attempt: "make a block device in the workspace" },
  { id: "X27", attempt: "open a disk for writing" },
  { id: "X28", attempt: "load a kernel module" },
  { id: "X29", attempt: "clone3(CLONE_NEWUSER)" },
  {
    id: "X30",
    attempt: "read another process' environment",
    mayReach: { landlock: ["ext-"] },
    why: "no Landlock without file rules",
  },
  { id: "X31", attempt: "open a file outside by its handle" },
  { id: "X32", attempt: "reboot(2)" },
  { id: "X33", attempt: "open /etc/passwd for appending", ...both(ANY_FILE) },
  { id: "X34", attempt: "open the bwrap program for appending", ...both(ANY_FILE) },
  {
    id: "X35",
    attempt: "send to a datagram socket outside without connecting",
    ...both(["ww+net"]),
    why: "with a network, only sockets that take orders are hidden, by name",
  },
  {
    id: "X36",
    attempt: "send there from a pair of datagram sockets",
    ...both(["ww+net"]),
    why: "the same",
  },
];
