import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import type * as Fs from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ProcessLock, tryLock } from "../src/process-lock.js";
import { useHome } from "./session-home.js";

/** What other processes do while this one is between two of its steps on a path. */
const between = vi.hoisted(() => ({ steps: new Map<string, () => void>() }));
/** What the file system can do. */
const disk = vi.hoisted(() => ({ links: true }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof Fs>();
  const after = (step: string): void => {
    const others = between.steps.get(step);
    between.steps.delete(step);
    others?.();
  };
  const readFileSync = (...args: Parameters<typeof fs.readFileSync>) => {
    const content = fs.readFileSync(...args);
    after(`read ${String(args[0])}`);
    return content;
  };
  const renameSync = (from: string, to: string) => {
    fs.renameSync(from, to);
    after(`rename ${from}`);
  };
  const linkSync = (from: string, to: string) => {
    if (!disk.links) throw Object.assign(new Error("operation not permitted"), { code: "EPERM" });
    fs.linkSync(from, to);
  };
  return { ...fs, readFileSync, renameSync, linkSync };
});

const home = useHome();
afterEach(() => {
  between.steps.clear();
  disk.links = true;
  vi.useRealTimers();
});

const path = () => join(home.path, "x.lock");
const dead = { pid: 2 ** 22 + 1, start: "1", host: hostname() };
const stale = (holder: object = dead) => writeFileSync(path(), JSON.stringify(holder));
const isLock = (taken: ReturnType<typeof tryLock>): taken is ProcessLock => "release" in taken;
const quietFor = (ms: number) => utimesSync(path(), (Date.now() - ms) / 1000, (Date.now() - ms) / 1000);

describe("a stale lock", () => {
  it("goes to one of two that judge it at the same time, also when a third finds nothing there", () => {
    stale();
    const winners: string[] = [];
    const contend = (who: string) => () => {
      if (isLock(tryLock(path()))) winners.push(who);
    };
    between.steps.set(`read ${path()}`, () => {
      contend("the second")();
      between.steps.set(`rename ${path()}`, contend("the third"));
    });
    contend("the first")();
    expect(winners).toEqual(["the second"]);
  });

  it("leaves nothing lying about when it was taken over and given back", () => {
    stale();
    const lock = tryLock(path());
    expect(isLock(lock)).toBe(true);
    expect(readdirSync(home.path)).toEqual(["x.lock"]);
    if (isLock(lock)) lock.release();
    expect(readdirSync(home.path)).toEqual([]);
  });

  it.runIf(process.platform === "linux")(
    "is a zombie's too: it holds nothing while its parent lets it lie",
    async () => {
      // The shell becomes a program that does not ask how its children ended.
      const parent = spawn("sh", ["-c", "(exec sleep 0.1) & echo $!; exec sleep 60"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      try {
        const [said]: unknown[] = await once(parent.stdout, "data");
        const pid = Number(String(said));
        const stat = () =>
          readFileSync(`/proc/${pid}/stat`, "utf8")
            .replace(/^.*\) /, "")
            .split(" ");
        await vi.waitFor(() => expect(stat()[0]).toBe("Z"), 5000);
        stale({ pid, start: stat()[19], host: hostname() });
        expect(isLock(tryLock(path()))).toBe(true);
      } finally {
        parent.kill();
      }
    },
  );

  it("is taken over after one died while taking it over", () => {
    stale();
    // What a process that was killed in between leaves behind: the lock on the removal, held by nobody alive.
    const digest = createHash("sha256").update(readFileSync(path())).digest("hex");
    writeFileSync(`${path()}.${digest.slice(0, 16)}`, JSON.stringify({ ...dead, pid: dead.pid + 1 }));
    expect(isLock(tryLock(path()))).toBe(true);
  });
});

describe("a holder that cannot be looked at", () => {
  it.each([
    ["on another machine, touched lately", { host: "elsewhere.invalid" }, 14 * 60_000, "elsewhere.invalid"],
    ["on another machine, quiet for long", { host: "elsewhere.invalid" }, 16 * 60_000, null],
    ["in another container of our name, touched lately", { place: "other" }, 30_000, hostname()],
    ["before a restart of this machine", { place: "other" }, 90_000, null],
  ])("%s", (_name, holder, quiet, host) => {
    stale({ pid: 1, start: "", host: hostname(), ...holder });
    quietFor(quiet);
    const taken = tryLock(path());
    expect(isLock(taken) ? null : taken).toEqual(host === null ? null : { pid: 1, host });
  });

  it.each([
    ["where files can be linked", true],
    ["where they cannot", false],
  ])("is seen to live, as it touches its lock while it has it, %s", (_name, links) => {
    disk.links = links;
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const lock = tryLock(path());
    quietFor(60 * 60_000);
    vi.advanceTimersByTime(30_000);
    expect(Date.now() - statSync(path()).mtimeMs).toBeLessThan(60_000);
    if (isLock(lock)) lock.release();
    expect(vi.getTimerCount()).toBe(0);
  });
});
