/** Commands under the real backends: how they end, what they see, what is left of them. */

import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxPolicy } from "@codex-ts/protocol";
import { missingPrograms } from "./escape/world.js";
import { makePlace, type Place, processesWith } from "./fixtures/run-driver.js";

const missing = process.platform === "linux" ? missingPrograms() : ["Linux"];
if (missing.length > 0) {
  process.stderr.write(`commands are not run in a real sandbox here: missing ${missing.join(", ")}\n`);
}

describe.skipIf(missing.length > 0)("a command in a real sandbox", () => {
  let place: Place;
  let counter = 0;
  beforeAll(() => {
    place = makePlace();
  }, 60_000);
  afterAll(() => place.remove());
  /** A text that no other process of this machine has in its command line. */
  const token = (): string => {
    counter += 1;
    return `codex-token-${process.pid}-${counter}`;
  };

  describe.each(["bubblewrap", "landlock"] as const)("%s", (backend) => {
    it.each([
      ["exit 0", { type: "exited", code: 0, tampered: [] }],
      ["exit 7", { type: "exited", code: 7, tampered: [] }],
      ["kill -9 $$", { type: "exited", code: 137, tampered: [] }],
      ["kill -15 $$", { type: "exited", code: 143, tampered: [] }],
    ])("%s ends as a shell would say", async (script, outcome) => {
      const [result] = await place.run({ backend, requests: [place.request(script)] });
      expect(result).toMatchObject({ backend, outcome });
    });

    it.each([
      [["no-such-program-anywhere"], 127],
      [["/no/such/file"], 127],
      [["/etc/passwd"], 126],
      [["/etc"], 126],
    ])("%j cannot be executed, and that is not called a sandbox failure", async (argv, code) => {
      const [result] = await place.run({ backend, requests: [place.request("", { argv })] });
      expect(result?.outcome).toMatchObject({ type: "not-executable", code });
    });

    it("can open its output again by name", async () => {
      const script = "echo out > /dev/stdout; echo err > /dev/stderr; echo more >> /dev/stderr";
      const [result] = await place.run({ backend, requests: [place.request(script)] });
      expect(result).toMatchObject({ stdout: "out\n", stderr: "err\nmore\n", outcome: { code: 0 } });
    });

    it("sees exactly its environment", async () => {
      const env = { PATH: "/usr/bin:/bin", EMPTY: "", LINES: "a\nb", GREEK: "λ", "odd name": "x=y" };
      const [result] = await place.run({ backend, requests: [place.request("", { argv: ["env", "-0"], env })] });
      const seen = Object.fromEntries(
        (result?.stdout ?? "")
          .split("\0")
          .filter(Boolean)
          .map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]),
      );
      delete seen["DRIVER"];
      // bubblewrap tells the folder that it was asked to start in.
      delete seen["PWD"];
      expect(seen).toEqual({ ...env, CODEX_SANDBOX_NETWORK_DISABLED: "1" });
    });

    it("is the only one that a hostile environment reaches", async () => {
      const mark = path.join(place.base, `foreign-${backend}`);
      const preload = path.join(place.base, "preload.js");
      writeFileSync(preload, `require("node:fs").writeFileSync(${JSON.stringify(mark)}, process.argv.join(" "));`);
      const env = {
        PATH: "/usr/bin:/bin",
        BUN_OPTIONS: `--preload=${preload}`,
        BUN_BE_BUN: "1",
        NODE_OPTIONS: `--require=${preload}`,
        LD_PRELOAD: "/no/such/object.so",
      };
      const [result] = await place.run({
        backend,
        requests: [place.request("echo $BUN_BE_BUN $BUN_OPTIONS", { env })],
      });
      expect(result?.stdout).toBe(`1 --preload=${preload}\n`);
      expect(existsSync(mark)).toBe(false);
      // The dynamic linker complains once, in the command itself, and not in the wrapper before it.
      expect(result?.stderr.match(/cannot be preloaded/g)).toHaveLength(1);
    });

    it("takes what it left running in its own group along", async () => {
      const name = token();
      const script = `sh -c 'while :; do sleep 1; done; : ${name}' >/dev/null 2>&1 & echo started`;
      const [result] = await place.run({ backend, requests: [place.request(script)] });
      expect(result).toMatchObject({ stdout: "started\n", outcome: { code: 0 } });
      await expect.poll(() => processesWith(name)).toEqual([]);
    });

    it("is asked to end before it is killed, and can tidy up", async () => {
      const script = "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.01; done";
      const [result] = await place.run({ backend, requests: [place.request(script)], action: "terminate" });
      expect(result).toMatchObject({ stdout: "ready\nbye\n", outcome: { type: "exited", code: 3 } });
    });

    it("is gone after a kill, with its children", async () => {
      const name = token();
      const script = `trap '' TERM; sh -c 'trap "" TERM; while :; do sleep 1; done; : ${name}' & echo ready; wait`;
      const [result] = await place.run({ backend, requests: [place.request(script)], action: "kill" });
      expect(result?.outcome).toMatchObject({ type: "exited", code: 137 });
      await expect.poll(() => processesWith(name)).toEqual([]);
    });

    it("does not outlive a program of ours that is killed", async () => {
      const name = token();
      const script = `echo > ready-${name}; while :; do sleep 0.1; done; : ${name}`;
      const driver = place.start({ backend, requests: [place.request(script)] });
      await expect.poll(() => existsSync(path.join(place.work, `ready-${name}`))).toBe(true);
      process.kill(driver.pid, "SIGKILL");
      await expect(driver.results).rejects.toThrow("the driver said nothing");
      await expect.poll(() => processesWith(name)).toEqual([]);
    });

    it("has no session and no terminal of ours", async () => {
      const script = "read -r _ _ _ _ _ session terminal _ < /proc/self/stat; echo $terminal; echo > /dev/tty";
      const [result] = await place.run({ backend, requests: [place.request(script)] });
      expect(result?.stdout).toBe("0\n");
      expect(result?.stderr).toContain("/dev/tty");
    });

    it("may write a single file that is a root, and nothing beside it", async () => {
      const outside = path.join(place.base, `outside-${backend}`);
      mkdirSync(outside);
      writeFileSync(path.join(outside, "granted"), "old");
      const policy: SandboxPolicy = {
        type: "workspace-write",
        writable_roots: [path.join(outside, "granted")],
        exclude_slash_tmp: true,
      };
      const script = `echo new > ${outside}/granted; echo new > ${outside}/other`;
      const [result] = await place.run({ backend, requests: [place.request(script, { policy })] });
      expect(result?.stderr).toContain("other");
      expect(readdirSync(outside)).toEqual(["granted"]);
      expect(readFileSync(path.join(outside, "granted"), "utf8")).toBe("new\n");
    });

    it("is not started in a folder that does not exist, and the reason says so", async () => {
      const [result] = await place.run({ backend, requests: [place.request("true", { cwd: "/no/such/folder" })] });
      expect(result?.outcome).toMatchObject({ type: "not-executable", reason: "/no/such/folder: not a folder" });
    });

    it("refuses what could not be an argument", async () => {
      const bad = place.request("true", { env: { PATH: "/bin", X: "a\0--bind\0/\0/" } });
      const [result] = await place.run({ backend, requests: [bad] });
      expect(result).toMatchObject({ backend: "refused", outcome: expect.stringContaining("NUL") });
    });
  });

  describe("bubblewrap", () => {
    it("keeps its devices and its protection when the whole disk is a root", async () => {
      const policy: SandboxPolicy = { type: "workspace-write", writable_roots: ["/"], exclude_slash_tmp: true };
      const script = `echo x > ${place.base}/anywhere && echo y > /dev/null && echo fine; echo x > ${place.home}/config.toml`;
      const [result] = await place.run({ backend: "bubblewrap", requests: [place.request(script, { policy })] });
      expect(result?.stdout).toBe("fine\n");
      expect(result?.stderr).toContain("Read-only file system");
    });

    it("protects what a link called .codex leads to, and notices when the link is replaced", async () => {
      const target = path.join(place.work, "settings");
      mkdirSync(target);
      symlinkSync("settings", path.join(place.work, ".codex"));
      const script = "echo x > .codex/config.toml; echo x > settings/config.toml; rm .codex; mkdir .codex";
      const [result] = await place.run({ backend: "bubblewrap", requests: [place.request(script)] });
      expect(result?.stderr.match(/Read-only file system/g)).toHaveLength(2);
      expect(result?.outcome).toMatchObject({ tampered: [path.join(place.work, ".codex")] });
      spawnSync("rm", ["-r", target, path.join(place.work, ".codex")]);
    });

    it("takes along what went into a session of its own", async () => {
      const name = token();
      const script = `setsid sh -c 'while :; do sleep 1; done; : ${name}' >/dev/null 2>&1 & echo started`;
      await place.run({ backend: "bubblewrap", requests: [place.request(script)] });
      await expect.poll(() => processesWith(name)).toEqual([]);
    });

    it("protects names that do not exist, and leaves nothing behind", async () => {
      const script = "mkdir .git; echo x > .codex/config.toml; ls -A; git init -q . 2>/dev/null; echo $?";
      const [result] = await place.run({ backend: "bubblewrap", requests: [place.request(script)] });
      expect(result?.stdout.split("\n").slice(0, 2)).toEqual([".codex", ".git"]);
      expect(readdirSync(place.work).filter((name) => name.startsWith(".git") || name.startsWith(".codex"))).toEqual(
        [],
      );
    });

    it("shares the placeholders of runs at the same time", async () => {
      const late = "while [ ! -e early-is-over ]; do sleep 0.01; done; mkdir -p .git; echo x > .git/config";
      const requests = [place.request("true"), place.request("true"), place.request(late)];
      const running = place.run({ backend: "bubblewrap", requests, together: true });
      await expect.poll(() => existsSync(path.join(place.work, ".git"))).toBe(true);
      await place.run({ backend: "bubblewrap", requests: [place.request("true")] });
      writeFileSync(path.join(place.work, "early-is-over"), "");
      const results = await running;
      expect(results[2]?.stderr).toContain("Read-only file system");
      expect(existsSync(path.join(place.work, ".git"))).toBe(false);
    });

    it("removes what a killed run of another workspace has left", async () => {
      const other = path.join(place.base, "other");
      mkdirSync(other);
      const request = place.request("echo > ready; while :; do sleep 0.1; done", { cwd: other, policyCwd: other });
      const driver = place.start({ backend: "bubblewrap", requests: [request] });
      await expect.poll(() => existsSync(path.join(other, "ready"))).toBe(true);
      process.kill(driver.pid, "SIGKILL");
      await expect(driver.results).rejects.toThrow("the driver said nothing");
      expect(lstatSync(path.join(other, ".git")).mode & 0o7777).toBe(0o1700);
      await place.run({ backend: "bubblewrap", requests: [place.request("true")] });
      expect(readdirSync(other)).toEqual(["ready"]);
    });

    it("leaves nothing behind when our program exits in the middle", async () => {
      const other = path.join(place.base, "exits");
      mkdirSync(other);
      const request = place.request("echo ready; while :; do sleep 0.1; done", { cwd: other, policyCwd: other });
      await place.run({ backend: "bubblewrap", requests: [request], action: "exit" });
      expect(readdirSync(other)).toEqual([]);
      expect(readdirSync(path.join(place.home, "tmp", "sandbox-mount-points"))).toEqual([]);
    });

    it("keeps what somebody has put into a placeholder meanwhile", async () => {
      const mine = path.join(place.work, ".git", "mine");
      const waiting = "echo > begun; while [ ! -e go ]; do sleep 0.01; done";
      const running = place.run({ backend: "bubblewrap", requests: [place.request(waiting)] });
      await expect.poll(() => existsSync(path.join(place.work, "begun"))).toBe(true);
      writeFileSync(mine, "kept");
      writeFileSync(path.join(place.work, "go"), "");
      await running;
      expect(readFileSync(mine, "utf8")).toBe("kept");
      expect(readdirSync(path.dirname(mine))).toEqual(["mine"]);
      spawnSync("rm", ["-r", path.dirname(mine)]);
    });

    it.skipIf(process.getuid?.() !== 0)("does without a placeholder where its user may not make one", async () => {
      const script = "touch made 2>/dev/null; mkdir .git 2>/dev/null; ls -A; echo fine";
      const request = place.request(script, { codexHome: "/nonexistent" });
      const before = readdirSync(place.work).sort();
      const [result] = await place.run({ backend: "bubblewrap", requests: [request] }, "nobody");
      expect(result?.stdout.split("\n")).toEqual([...before, "fine", ""]);
    });

    it.skipIf(process.getuid?.() !== 0)("is refused where a writable folder cannot be looked into", async () => {
      const closed = path.join(place.base, "closed");
      mkdirSync(closed);
      spawnSync("chown", ["65534", closed]);
      spawnSync("chmod", ["600", closed]);
      const request = place.request("echo ran", { cwd: "/", policyCwd: closed, codexHome: "/nonexistent" });
      const [result] = await place.run({ backend: "bubblewrap", requests: [request] }, "nobody");
      expect(result).toMatchObject({ backend: "refused", outcome: expect.stringContaining("EACCES") });
    });

    it.skipIf(process.getuid?.() !== 0)("bears another user's placeholder, also when that goes away", async () => {
      const shared = path.join(place.base, "shared");
      mkdirSync(shared);
      spawnSync("chmod", ["1777", shared]);
      mkdirSync(path.join(shared, ".git"), { mode: 0o1700 });
      const request = place.request("echo x > .git/config; echo fine", {
        cwd: shared,
        policyCwd: shared,
        codexHome: "/nonexistent",
      });
      const [result] = await place.run({ backend: "bubblewrap", requests: [request] }, "nobody");
      expect(result).toMatchObject({ stdout: "fine\n" });
      expect(readdirSync(shared)).toEqual([".git"]);
    });

    it("keeps an empty folder that was there before", async () => {
      mkdirSync(path.join(place.work, ".codex"));
      await place.run({ backend: "bubblewrap", requests: [place.request("true")] });
      expect(readdirSync(path.join(place.work, ".codex"))).toEqual([]);
      spawnSync("rmdir", [path.join(place.work, ".codex")]);
    });

    it("starts although the probe is remembered, and probes again when the memory is damaged", async () => {
      const memory = path.join(place.home, "tmp", "sandbox-probe.json");
      mkdirSync(path.dirname(memory), { recursive: true });
      writeFileSync(memory, "{");
      const [result] = await place.run({ backend: "strongest", requests: [place.request("echo fine")] });
      expect(result).toMatchObject({ backend: "bubblewrap", stdout: "fine\n" });
    });
  });

  describe("landlock", () => {
    it("notices changes where it cannot protect", async () => {
      mkdirSync(path.join(place.work, ".git", "hooks"), { recursive: true });
      const [quiet, loud] = await place.run({
        backend: "landlock",
        requests: [
          place.request("cat .git/nothing; true"),
          place.request("echo x > .git/hooks/pre-commit; mkdir .codex"),
        ],
      });
      expect(quiet?.outcome).toMatchObject({ tampered: [] });
      expect(loud?.outcome).toMatchObject({
        tampered: [path.join(place.work, ".codex"), path.join(place.work, ".git")],
      });
      spawnSync("rm", ["-r", path.join(place.work, ".git"), path.join(place.work, ".codex")]);
    });

    it("is not used when CODEX_HOME lies inside a writable root", async () => {
      const home = path.join(place.work, "home");
      const [result] = await place.run({ backend: "landlock", requests: [place.request("true", { codexHome: home })] });
      expect(result).toMatchObject({ backend: "refused", outcome: expect.stringContaining("it cannot protect") });
    });
  });

  describe("the helper as other clients call it", () => {
    const call = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(place.executable, args, {
        argv0: "codex-linux-sandbox",
        cwd: place.work,
        encoding: "utf8",
        env: { PATH: "/usr/bin:/bin", CODEX_HOME: place.home, HOME: place.home },
      });
    const policy = JSON.stringify({ type: "read-only" });

    it("runs the command under the policy and passes its exit code on", () => {
      const { status, stdout, stderr } = call(
        "--sandbox-policy-cwd",
        ".",
        "--sandbox-policy",
        policy,
        "--",
        "sh",
        "-c",
        "echo hi; touch x; exit 5",
      );
      expect({ status, stdout }).toEqual({ status: 5, stdout: "hi\n" });
      expect(stderr).toContain("Read-only file system");
    });

    it("passes a request to end on, so that the command can tidy up", async () => {
      const script = "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.01; done";
      const child = spawn(
        place.executable,
        ["--sandbox-policy-cwd", ".", "--sandbox-policy", policy, "--", "sh", "-c", script],
        {
          argv0: "codex-linux-sandbox",
          cwd: place.work,
          env: { PATH: "/usr/bin:/bin", CODEX_HOME: place.home },
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      const chunks: Buffer[] = [];
      child.stdout.once("data", () => child.kill("SIGTERM"));
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      const code = await new Promise((resolve) => child.once("close", resolve));
      expect([code, Buffer.concat(chunks).toString("utf8")]).toEqual([3, "ready\nbye\n"]);
    });

    it.each([
      [[], 2, "error: the following required arguments were not provided:"],
      [["--sandbox-policy-cwd", "/"], 2, "--sandbox-policy <SANDBOX_POLICY>"],
      [
        ["--sandbox-policy-cwd", "/", "--sandbox-policy", '{"type":"bogus"}', "--", "true"],
        2,
        "unknown variant `bogus`, expected one of `danger-full-access`, `read-only`, `external-sandbox`, `workspace-write`",
      ],
      [["--sandbox-policy-cwd", "/", "--sandbox-policy", policy], 2, "No command specified to execute."],
      [["--sandbox-policy-cwd", "/", "--sandbox-policy", policy, "--", "nosuchcmd"], 127, "nosuchcmd: No such file"],
      [
        ["--sandbox-policy-cwd", "/", "--sandbox-policy", policy, "--", "/etc/passwd"],
        126,
        "/etc/passwd: Permission denied",
      ],
    ])("%j exits with %i", (args, status, text) => {
      const result = call(...args);
      expect(result.status).toBe(status);
      expect(result.stderr).toContain(text);
    });
  });
});
