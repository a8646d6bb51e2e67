/** Commands without a sandbox go the same way; what can be tested without any backend is tested here. */

import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Backends,
  SandboxRefusal,
  sandboxPlan,
  type SandboxedProcess,
  spawnSandboxed,
  type SpawnOptions,
} from "../src/index.js";

const off = { ready: false, reason: "not looked for" } as const;
const backends: Backends = {
  platform: "other",
  arch: process.arch,
  root: false,
  bubblewrap: off,
  landlock: off,
  seatbelt: off,
  windows: off,
};

describe.skipIf(process.platform === "win32")("a bare command", () => {
  let folder: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "codex-bare-")));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (argv: string[], options: Partial<SpawnOptions> = {}, cwd = folder): SandboxedProcess => {
    const plan = sandboxPlan(
      {
        argv,
        cwd,
        env: { PATH: "/usr/bin:/bin", A: "1" },
        policy: { type: "danger-full-access" },
        policyCwd: folder,
        codexHome: folder,
        tmpdir: undefined,
      },
      backends,
    );
    if (plan instanceof SandboxRefusal) throw plan;
    return spawnSandboxed(plan, { codexHome: folder, ...options });
  };
  const said = (child: SandboxedProcess): Promise<[string, string]> =>
    Promise.all([child.stdout === null ? "" : text(child.stdout), child.stderr === null ? "" : text(child.stderr)]);

  it("gets its environment, its folder, and pipes that can be opened again", async () => {
    const child = start(["sh", "-c", "pwd; echo $A; echo oops > /dev/stderr"]);
    expect(await said(child)).toEqual([`${folder}\n1\n`, "oops\n"]);
    expect(await child.outcome).toEqual({ type: "exited", code: 0, signal: null, tampered: [] });
  });

  it("reads what it is given, and may leave it unread", async () => {
    const reader = start(["cat"], { stdin: "pipe" });
    reader.stdin?.end("x".repeat(200_000));
    expect((await said(reader))[0]).toHaveLength(200_000);
    const ignorer = start(["true"], { stdin: "pipe" });
    ignorer.stdin?.on("error", () => undefined);
    ignorer.stdin?.end("x".repeat(200_000));
    expect(await ignorer.outcome).toMatchObject({ type: "exited", code: 0 });
  });

  it.each([
    [["no-such-program-anywhere"], { type: "not-executable", code: 127 }],
    [["/etc/passwd"], { type: "not-executable", code: 126 }],
    [["/etc"], { type: "not-executable", code: 126 }],
    [[""], { type: "not-executable", code: 127 }],
  ])("%j is not started", async (argv, outcome) => {
    expect(await start(argv).outcome).toMatchObject(outcome);
  });

  it("is not started in a folder that does not exist", async () => {
    expect(await start(["true"], {}, path.join(folder, "missing")).outcome).toMatchObject({
      type: "not-executable",
      reason: expect.stringContaining("not a folder"),
    });
  });

  it("ends with its whole group when aborted, and at once when that was before", async () => {
    const controller = new AbortController();
    const child = start(["sh", "-c", "trap '' TERM; sleep 600 & echo ready; wait"], { signal: controller.signal });
    child.stdout?.once("data", () => controller.abort());
    expect(await child.outcome).toMatchObject({ type: "exited", code: 137, signal: "SIGKILL" });
    const late = start(["sleep", "600"], { signal: AbortSignal.abort() });
    expect(await late.outcome).toMatchObject({ code: 137 });
  });

  it("gives back every descriptor", async () => {
    const { readdirSync } = await import("node:fs");
    const open = (): number => (process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0);
    const once = async (): Promise<void> => {
      const child = start(["true"], { stdin: "pipe" });
      child.stdin?.end();
      await said(child);
      await child.outcome;
    };
    await once();
    const before = open();
    for (let run = 0; run < 10; run += 1) {
      await once();
    }
    // A stream may close its descriptor a moment after it has ended.
    expect(open()).toBeLessThanOrEqual(before + 3);
  });
});
