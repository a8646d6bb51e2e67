/** Probes this machine once per process. */

import type { AbsolutePath } from "@codex-ts/protocol";
import { probeBubblewrap, probeLandlock } from "../linux/probe.js";
import type { Backends, NotReady } from "./backends.js";

/** What a probe needs to know. */
export interface ProbeOptions {
  /** Our own standalone executable; undefined when we run as a Node bundle. */
  executable: AbsolutePath | undefined;
}

/** Does the probing; start it early and await it late. */
export async function probeSandbox({ executable }: ProbeOptions): Promise<Backends> {
  const key = executable ?? "";
  const running = probes.get(key) ?? probe(executable);
  probes.set(key, running);
  return running;
}

const probes = new Map<string, Promise<Backends>>();

const elsewhere = (system: string): NotReady => ({ ready: false, reason: `it is a part of ${system}` });

async function probe(executable: AbsolutePath | undefined): Promise<Backends> {
  const platform = process.platform;
  const root = process.getuid?.() === 0;
  const linux = platform === "linux";
  const bubblewrap = linux ? await probeBubblewrap(root) : elsewhere("Linux");
  const landlock = linux ? await probeLandlock(executable) : elsewhere("Linux");
  return {
    platform: platform === "linux" || platform === "darwin" || platform === "win32" ? platform : "other",
    arch: process.arch,
    root,
    bubblewrap,
    landlock,
    seatbelt: platform === "darwin" ? { ready: true } : elsewhere("macOS"),
    windows: elsewhere("Windows"),
  };
}
