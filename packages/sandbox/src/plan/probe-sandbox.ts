/** Probes this machine once per process. */

import type { AbsolutePath } from "@codex-ts/protocol";
import { probeBubblewrap, probeLandlock } from "../linux/probe.js";
import type { Backends, NotReady } from "./backends.js";

/** What a probe needs to know. */
export interface ProbeOptions {
  /** Our own standalone executable; undefined when we run as a Node bundle. */
  executable: AbsolutePath | undefined;
  /** Where a success may be remembered for later processes; left out: every process probes. */
  codexHome?: AbsolutePath;
  /** Also try what will not be needed, for a report about this machine. */
  everything?: boolean;
}

/**
 * What this machine can enforce, found out once per process. Costs about 10 ms the first time and next to nothing
 * when an earlier process remembered; start it early and await it late. Never rejects.
 */
export function probeSandbox(options: ProbeOptions): Promise<Backends> {
  const key = JSON.stringify(options);
  const running = probes.get(key) ?? probe(options);
  probes.set(key, running);
  return running;
}

const probes = new Map<string, Promise<Backends>>();

const elsewhere = (system: string): NotReady => ({ ready: false, reason: `it is a part of ${system}` });

async function probe(options: ProbeOptions): Promise<Backends> {
  const { platform } = process;
  const root = process.getuid?.() === 0;
  const known = platform === "linux" || platform === "darwin" || platform === "win32" ? platform : "other";
  const linux = platform === "linux" ? await probeLinux(root, options) : NOT_LINUX;
  return {
    platform: known,
    arch: process.arch,
    root,
    ...linux,
    seatbelt: platform === "darwin" ? { ready: true } : elsewhere("macOS"),
    windows: elsewhere("Windows"),
  };
}

const NOT_LINUX = { bubblewrap: elsewhere("Linux"), landlock: elsewhere("Linux") };

/** The second is tried only when the first is not there: nothing would ever use it. */
async function probeLinux(
  root: boolean,
  { executable, codexHome, everything }: ProbeOptions,
): Promise<Pick<Backends, "bubblewrap" | "landlock">> {
  const bubblewrap = await probeBubblewrap({ root, codexHome });
  const landlock =
    bubblewrap.ready && everything !== true
      ? { ready: false as const, reason: "not tried, because bubblewrap works" }
      : await probeLandlock(executable);
  return { bubblewrap, landlock };
}
