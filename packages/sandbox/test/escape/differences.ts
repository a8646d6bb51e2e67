/** Where an attempt ends differently from the reference, and why that is right. Everything else must end the same way. */

import type { PolicyName } from "./world.js";

/** One difference. */
export interface Difference {
  ids: readonly string[];
  why: string;
  /** The columns in which it shows, per backend; a backend that is not named behaves as the reference. */
  in: Partial<Record<"bubblewrap" | "landlock", readonly PolicyName[]>>;
}

const EVERYWHERE: readonly PolicyName[] = ["ro", "ww", "ww+net", "ww-tmp", "ext-"];
const FILES_GUARDED: readonly PolicyName[] = ["ro", "ww", "ww+net", "ww-tmp"];
const WORKSPACE: readonly PolicyName[] = ["ww", "ww+net", "ww-tmp"];
const OFFLINE: readonly PolicyName[] = ["ro", "ww", "ww-tmp", "ext-"];

/** Attempts that the reference lets through and we refuse. */
export const STRICTER: readonly Difference[] = [
  {
    ids: ["S24"],
    why: "descriptors of ours are closed before the command starts",
    in: { bubblewrap: EVERYWHERE, landlock: EVERYWHERE },
  },
  { ids: ["S25"], why: "the same", in: { bubblewrap: ["ext-"], landlock: ["ext-"] } },
  { ids: ["S83"], why: "the same", in: { bubblewrap: ["ww+net"], landlock: ["ww+net"] } },
  {
    ids: ["S26", "S27", "S28", "S29"],
    why: "a read-only mount covers what Landlock has no right for",
    in: { bubblewrap: FILES_GUARDED },
  },
  { ids: ["S30"], why: "the same", in: { bubblewrap: ["ro"] } },
  { ids: ["S33"], why: "no device files, also not for root", in: { landlock: WORKSPACE } },
  {
    ids: ["S34", "S35", "S36", "S38"],
    why: "hooks and settings written here would run outside the sandbox later",
    in: { bubblewrap: WORKSPACE },
  },
  { ids: ["S40"], why: "the pointer leads to hooks as well", in: { bubblewrap: ["ww"] } },
  { ids: ["S42"], why: "a protected name that does not exist yet is protected too", in: { bubblewrap: ["ww"] } },
  { ids: ["S61", "S62"], why: "other processes do not exist in the command's world", in: { bubblewrap: ["ext-"] } },
  { ids: ["S66"], why: "no signals out of the sandbox", in: { bubblewrap: EVERYWHERE, landlock: FILES_GUARDED } },
  { ids: ["S67"], why: "other processes do not exist in the command's world", in: { bubblewrap: EVERYWHERE } },
  {
    ids: ["S63", "S68", "S102", "S103", "S116"],
    why: "refused by the filter under every policy",
    in: { bubblewrap: ["ext-"], landlock: ["ext-"] },
  },
  { ids: ["S65"], why: "no tracing", in: { bubblewrap: ["ww+net"], landlock: ["ww+net"] } },
  { ids: ["S78"], why: "abstract sockets are out of Landlock's scope", in: { landlock: ["ww+net"] } },
  {
    ids: ["S100", "S115"],
    why: "io_uring goes around the filter",
    in: { bubblewrap: EVERYWHERE, landlock: EVERYWHERE },
  },
  {
    ids: ["S101", "S104"],
    why: "no new user namespaces: they open most of the kernel to attack",
    in: { bubblewrap: EVERYWHERE, landlock: EVERYWHERE },
  },
  {
    ids: ["S107", "S108", "S109", "S110"],
    why: "refused by the filter: no program that builds or tests needs them",
    in: { bubblewrap: EVERYWHERE, landlock: EVERYWHERE },
  },
  {
    ids: ["S113"],
    why: "the filter is on with a network too, and a foreign call table would go around it",
    in: { bubblewrap: ["ww+net"], landlock: ["ww+net"] },
  },
];

/** Attempts that the reference refuses and we let through, because they harm nobody. */
export const LOOSER: readonly Difference[] = [
  {
    ids: ["S46", "S47"],
    why: "shared memory of the command's own, which ends with it; multiprocessing needs it",
    in: { bubblewrap: FILES_GUARDED },
  },
  {
    ids: ["S51", "S52", "S53", "S56", "S57"],
    why: "devices that hold nothing",
    in: { bubblewrap: FILES_GUARDED, landlock: FILES_GUARDED },
  },
  { ids: ["S55"], why: "terminals of the command's own; script and tmux need them", in: { bubblewrap: FILES_GUARDED } },
  {
    ids: ["S58", "S59", "S60"],
    why: "the command's own process, in a /proc of its own",
    in: { bubblewrap: FILES_GUARDED },
  },
  {
    ids: ["S79", "S80"],
    why: "a server on a socket in the workspace reaches nobody outside",
    in: { bubblewrap: ["ww", "ww-tmp", "ext-"], landlock: ["ww", "ww-tmp", "ext-"] },
  },
  { ids: ["S81"], why: "the same", in: { bubblewrap: ["ext-"], landlock: ["ext-"] } },
  {
    ids: ["S87", "S90", "S91", "S92", "S93", "S94", "S95", "S96", "S97", "S98"],
    why: "socket pairs between the command's own processes; sockets are refused by family instead of by call",
    in: { bubblewrap: OFFLINE, landlock: OFFLINE },
  },
];
