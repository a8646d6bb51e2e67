import { execFile, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { openPty } from "../src/index.js";
import { cases, untilGone } from "./contract-cases.js";

const here = cases.filter((one) => one.linuxOnly !== true || process.platform === "linux");
const bun = fileURLToPath(new URL("../../../node_modules/.bin/bun", import.meta.url));

describe.skipIf(process.platform === "win32")("under Node, a terminal's child", () => {
  it.each(here.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    await one.run("node");
  });
});

it.skipIf(process.platform !== "linux")("under Node, a child waits for a receiver that is slower", async () => {
  const size = 60_000_000;
  const folder = mkdtempSync(join(tmpdir(), "pty-"));
  const written = join(folder, "written");
  const argv = ["/bin/sh", "-c", `head -c ${size} /dev/zero; : > ${written}; echo; echo "done"`];
  const env = { PATH: "/usr/bin:/bin" };
  const pty = await openPty({ argv, cwd: "/", env, cols: 80, rows: 24 });
  let received = 0;
  let slow = true;
  const end = Promise.withResolvers<void>();
  pty.onData((bytes) => {
    received += bytes.length;
    if (slow) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    if (received === size + "\r\ndone\r\n".length) end.resolve();
  });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  slow = false;
  expect(received).toBeLessThan(size / 2);
  expect(existsSync(written)).toBe(false);
  // And nothing of it is lost.
  await end.promise;
  expect(await pty.exited).toEqual({ code: 0, signal: null });
  rmSync(folder, { recursive: true });
});

describe.skipIf(process.platform === "win32" || !existsSync(bun))("under bun, a terminal's child", () => {
  const results = new Map<string, string | null>();

  beforeAll(async () => {
    const script = fileURLToPath(new URL("run-cases-under-bun.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(bun, [script], { timeout: 30_000 });
    for (const [name, error] of JSON.parse(stdout) as [string, string | null][]) results.set(name, error);
  });

  it.each(here.map((one) => one.name))("%s", (name) => {
    expect(results.get(name)).toBeNull();
  });
});

describe.skipIf(process.platform !== "linux")(
  "when the program that opened a terminal is killed, its child is hung up",
  () => {
    const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
    const sleeper = { argv: ["sleep", "1000"], cwd: "/", env: { PATH: process.env["PATH"] ?? "" }, cols: 80, rows: 24 };

    it("under Node, where another process holds the terminal", async () => {
      const holder = fork(path("../src/node-terminal.ts"), {
        serialization: "advanced",
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      });
      holder.send({ type: "start", file: "/bin/sleep", args: ["1000"], ...sleeper });
      const [{ pid }] = await once(holder, "message");
      holder.disconnect();
      await untilGone(pid);
    });

    it.skipIf(!existsSync(bun))("under bun", async () => {
      const owner = spawn(bun, [path("open-and-die.ts"), JSON.stringify(sleeper)]);
      const [pid] = await once(owner.stdout, "data");
      expect(Number(pid)).toBeGreaterThan(0);
      await untilGone(Number(pid));
    });
  },
);
