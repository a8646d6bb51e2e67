/** What is made before a command and put away after it, where something goes wrong. */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SandboxPlan, spawnSandboxed } from "../src/index.js";
import { MountPoints } from "../src/linux/mount-points.js";
import { changedSince, fingerprint } from "../src/run/fingerprint.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "codex-preparation-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const noRoom = {
  carries: "bytes" as const,
  get bytes(): Uint8Array {
    throw new Error("no room");
  },
};
const plan: SandboxPlan = {
  kind: "plan",
  backend: "bubblewrap",
  argv: ["/bin/true"],
  cwd: "/",
  env: {},
  channels: [{ carries: "status" }, noRoom],
  mountPoints: [],
  watched: [],
  command: { argv: ["/bin/true"], cwd: "/", searchPath: undefined },
  notices: [],
};

describe.skipIf(process.platform !== "linux")("a plan that cannot be prepared", () => {
  it("is told by the outcome, and leaves no descriptor open", async () => {
    const open = readdirSync("/proc/self/fd").length;
    const child = spawnSandboxed(plan, { codexHome: folder });
    expect(child.pid).toBeUndefined();
    expect(await child.outcome).toMatchObject({ type: "not-sandboxed", backend: "bubblewrap", reason: "no room" });
    expect(readdirSync("/proc/self/fd")).toHaveLength(open);
  });
});

it("what cannot be looked at is no change", () => {
  const before = fingerprint([path.join(folder, "x".repeat(300))]);
  expect(changedSince(before)).toEqual([]);
});

describe.skipIf(process.platform === "win32")("mount points where the mode is not kept", () => {
  let umask: number;
  beforeEach(() => {
    // Takes away what a file system without modes would take away.
    umask = process.umask(0o100);
  });
  afterEach(() => process.umask(umask));

  it("are removed all the same, by whoever leaves last", () => {
    const [git, codexHome] = [path.join(folder, ".git"), path.join(folder, "home")];
    const points = new MountPoints(codexHome);
    const [first, second] = [points.hold([git]), points.hold([git])];
    first.release();
    expect(existsSync(git)).toBe(true);
    second.release();
    expect(existsSync(git)).toBe(false);
  });

  it("are left alone where they are somebody's own", () => {
    const git = path.join(folder, ".git");
    mkdirSync(git);
    new MountPoints(path.join(folder, "home")).hold([git]).release();
    expect(readdirSync(git)).toEqual([]);
  });
});
