import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { createRollout, openRollout, readRollout } from "../src/index.js";
import { useHome, writerOptions } from "./session-home.js";
import { ID, linesOf, meta, said } from "./session-lines.js";

const home = useHome();
const root = join(import.meta.dirname, "../../..");
const KILLS = process.env["CODEX_TS_NIGHTLY"] ? 200 : 20;

/** Another process that writes the session; gives the number of lines it said it had flushed when it was killed. */
function writeUntilKilled(lines: number, killAfter: number): Promise<number> {
  const child = spawn(
    join(root, "node_modules/bun/bin/bun.exe"),
    ["--conditions=@codex-ts/source", join(import.meta.dirname, "holder.fixture.ts"), home.path, String(lines)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let flushed = 0;
  const output = createInterface({ input: child.stdout });
  output.on("line", (line) => {
    flushed = Math.max(flushed, Number(line.split(" ").at(-1)));
    if (flushed >= killAfter) child.kill("SIGKILL");
  });
  return new Promise((resolve) => output.on("close", () => resolve(flushed)));
}

const file = () => join(home.path, "sessions/2026/11/20");

describe("a process that is killed", () => {
  it(`loses no flushed line, ${KILLS} times`, { timeout: KILLS * 5_000 }, async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      const flushed = await writeUntilKilled(100_000, (kill * 137) % 900);
      const found = spawnSync("find", [join(home.path, "sessions"), "-name", "*.jsonl"], { encoding: "utf8" });
      const path = found.stdout.trim();
      const { items, skipped } = await readRollout(path);
      expect(items.length - 1).toBeGreaterThanOrEqual(flushed);
      expect(skipped.length).toBeLessThanOrEqual(1);
      const writer = openRollout({ ...writerOptions(home), id: ID, path });
      writer.append([said("after")]);
      await writer.close();
      expect((await readRollout(path)).items.at(-1)).toMatchObject({ payload: { message: "after" } });
      unlinkSync(path);
    }
  });

  it("keeps others out while it lives", { timeout: 20_000 }, async () => {
    const child = spawn(
      join(root, "node_modules/bun/bin/bun.exe"),
      ["--conditions=@codex-ts/source", join(import.meta.dirname, "holder.fixture.ts"), home.path, "0"],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(() => openRollout({ ...writerOptions(home), id: ID, path: file() })).toThrow(
      new RegExp(`is open in process ${child.pid}`),
    );
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await exited;
    expect(() => openRollout({ ...writerOptions(home), id: ID, path: file() })).toThrow(/EISDIR/);
  });
});

describe("a full disk", () => {
  let mount: string | null = null;
  afterEach(() => {
    if (mount !== null) spawnSync("umount", [mount]);
    mount = null;
  });

  it("is told once, whatever is appended", async (ctx) => {
    if (!existsSync("/dev/full")) return ctx.skip("there is no /dev/full here");
    const path = join(home.path, "full.jsonl");
    symlinkSync("/dev/full", path);
    const writer = openRollout({ ...writerOptions(home), id: ID, path });
    for (let n = 0; n < 10; n++) {
      writer.append([said(`lost ${n}`)]);
      expect(writer.flush()).toBe(false);
    }
    expect(await writer.sync()).toBe(false);
    await writer.close();
    expect(home.problems.map((problem) => problem.kind)).toEqual(["failing"]);
    expect(home.problems[0]).toMatchObject({ error: { message: expect.stringContaining("No space left on device") } });
  });

  it("that gets space again loses nothing", async (ctx) => {
    const folder = join(home.path, "small");
    mkdirSync(folder);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
    if (mounted.status !== 0) return ctx.skip("this user may not mount a small file system");
    mount = folder;
    const path = join(folder, "session.jsonl");
    writeFileSync(path, "");
    writeFileSync(join(folder, "ballast"), "x".repeat(40_000));
    const writer = openRollout({ ...writerOptions(home), id: ID, path });
    for (let n = 0; n < 100; n++) {
      writer.append([said(`${n} ${"x".repeat(1000)}`.slice(0, 500))]);
      writer.flush();
    }
    expect(home.problems.map((problem) => problem.kind)).toEqual(["failing"]);
    rmSync(join(folder, "ballast"));
    expect(writer.flush()).toBe(true);
    expect(home.problems.map((problem) => problem.kind)).toEqual(["failing", "recovered"]);
    await writer.close();
    const numbers = linesOf(path).map((line) => Number.parseInt(String(line.payload["message"]), 10));
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });
});

describe("a session file that is deleted while it is open", () => {
  it("is told once", async () => {
    const writer = createRollout({ ...writerOptions(home), meta: meta() });
    unlinkSync(writer.path);
    expect(await writer.sync()).toBe(false);
    expect(await writer.sync()).toBe(false);
    expect(home.problems).toHaveLength(1);
    await writer.close();
  });
});

describe("a session file written by somebody without our manners", () => {
  it("grows while we have it open, and both sides' lines are there", async () => {
    const writer = createRollout({ ...writerOptions(home), meta: meta() });
    appendFileSync(writer.path, `${JSON.stringify({ timestamp: "t", ...said("theirs") })}\n`);
    writer.append([said("ours")]);
    await writer.close();
    expect(linesOf(writer.path).map((line) => line.payload["message"])).toEqual([undefined, "theirs", "ours"]);
    expect(statSync(writer.path).size).toBeGreaterThan(0);
  });
});
