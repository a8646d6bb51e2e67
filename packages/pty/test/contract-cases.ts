/** What every adapter must do, as functions that throw: run by vitest under Node and by a script under bun. */

import assert from "node:assert/strict";
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPty, PtySpawnError } from "../src/index.js";
import type { Pty, PtyOptions } from "../src/index.js";

type Adapter = "node" | "bun";

interface Case {
  name: string;
  /** Platforms other than Linux have no /proc to look into. */
  linuxOnly?: boolean;
  run(adapter: Adapter): Promise<void>;
}

const PATH = process.env["PATH"] ?? "/usr/bin:/bin";
const base = { cwd: tmpdir(), env: { PATH, TERM: "dumb" }, cols: 80, rows: 24 };
const open = (argv: string[], more: Partial<PtyOptions> = {}) => openPty({ ...base, argv, ...more });
const sh = (script: string, more: Partial<PtyOptions> = {}) => open(["sh", "-c", script], more);

/** Gathers output, and lets a test wait until some text has come. */
function gather(pty: Pty): { bytes(): Buffer; text(): string; until(text: string): Promise<void> } {
  const chunks: Uint8Array[] = [];
  const bytes = () => Buffer.concat(chunks);
  let check = () => {};
  pty.onData((chunk) => {
    chunks.push(chunk);
    check();
  });
  return {
    bytes,
    text: () => bytes().toString().replaceAll("\r\n", "\n"),
    until: (text) =>
      new Promise((resolve) => {
        check = () => void (bytes().includes(text) && resolve());
        check();
      }),
  };
}

async function outputOf(script: string, more: Partial<PtyOptions> = {}): Promise<string> {
  const pty = await sh(script, more);
  const output = gather(pty);
  await pty.exited;
  return output.text();
}

/** Whether a process runs: not gone, and not merely waiting to be reaped. */
function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Resolves when the process no longer runs. */
export async function untilGone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function failure(options: Partial<PtyOptions>): Promise<PtySpawnError> {
  const error = await openPty({ ...base, argv: ["true"], ...options }).then(
    () => assert.fail("it started"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PtySpawnError, String(error));
  return error;
}

export const cases: Case[] = [
  {
    name: "delivers output and the exit code",
    async run() {
      const pty = await sh("printf hello; exit 7");
      const output = gather(pty);
      assert.deepEqual(await pty.exited, { code: 7, signal: null });
      assert.equal(output.text(), "hello");
    },
  },
  {
    name: "is a terminal of the size asked for, on all three standard streams",
    async run() {
      const text = await outputOf("test -t 0 && test -t 1 && test -t 2 && stty size", { cols: 91, rows: 33 });
      assert.equal(text, "33 91\n");
    },
  },
  {
    name: "passes text on as input",
    async run() {
      const pty = await sh("stty -echo; echo ready; read x; echo got:$x");
      const output = gather(pty);
      await output.until("ready");
      pty.write("grüße\n");
      await pty.exited;
      assert.equal(output.text(), "ready\ngot:grüße\n");
    },
  },
  {
    name: "passes bytes on as input",
    async run() {
      const pty = await sh("stty raw -echo; printf ready; head -c 3 | od -An -tx1");
      const output = gather(pty);
      await output.until("ready");
      pty.write(Uint8Array.of(0xff, 0x00, 0xfe));
      await pty.exited;
      assert.match(output.text(), /ff 00 fe/);
    },
  },
  {
    name: "turns control characters into signals and end of input",
    async run() {
      const sleeper = await sh("echo ready; exec sleep 1000");
      await gather(sleeper).until("ready");
      sleeper.write("\u0003");
      assert.deepEqual(await sleeper.exited, { code: null, signal: "SIGINT" });
      // Not cat: it closes its streams before it ends, and node-pty then hangs up at once, sometimes too early.
      const reader = await sh("echo ready; while read line; do :; done; exit 5");
      await gather(reader).until("ready");
      reader.write("\u0004");
      assert.deepEqual(await reader.exited, { code: 5, signal: null });
    },
  },
  {
    name: "tells the child a new size",
    async run() {
      const pty = await sh("trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.02; done");
      const output = gather(pty);
      await output.until("ready");
      pty.resize(120, 40);
      await pty.exited;
      assert.equal(output.text(), "ready\n40 120\n");
    },
  },
  {
    name: "leads a session and a process group",
    linuxOnly: true,
    async run() {
      const pty = await open(["cat", "/proc/self/stat"]);
      const output = gather(pty);
      await pty.exited;
      const [, , group, session] = output.text().split(") ")[1]?.split(" ") ?? [];
      assert.deepEqual([group, session], [String(pty.pid), String(pty.pid)]);
    },
  },
  {
    name: "kills the whole process group",
    linuxOnly: true,
    async run() {
      const pty = await sh("sleep 1000 & echo pid:$!:; wait");
      const output = gather(pty);
      await output.until(":\r\n");
      const child = Number(/pid:(\d+):/.exec(output.text())?.[1]);
      assert.ok(isRunning(child));
      pty.kill("SIGKILL");
      assert.deepEqual(await pty.exited, { code: null, signal: "SIGKILL" });
      await untilGone(child);
    },
  },
  {
    name: "sends other signals",
    async run() {
      const pty = await sh("trap 'exit 3' TERM; echo ready; while :; do sleep 0.02; done");
      await gather(pty).until("ready");
      pty.kill("SIGTERM");
      assert.deepEqual(await pty.exited, { code: 3, signal: null });
    },
  },
  {
    name: "loses nothing of a large output",
    async run() {
      const pty = await sh("head -c 3000000 /dev/zero | tr '\\0' x; printf END");
      const output = gather(pty);
      await pty.exited;
      assert.equal(output.bytes().length, 3_000_003);
      assert.ok(output.text().endsWith("xEND"));
    },
  },
  {
    name: "loses nothing of a large input",
    async run() {
      const pty = await sh("stty raw -echo; printf ready; head -c 1000000 | wc -c");
      const output = gather(pty);
      await output.until("ready");
      pty.write("y".repeat(1_000_000));
      await pty.exited;
      assert.match(output.text(), /ready\s*1000000/);
    },
  },
  {
    name: "does not touch bytes that are no text",
    async run() {
      const pty = await sh("printf '\\377\\376\\303'");
      const output = gather(pty);
      await pty.exited;
      assert.deepEqual([...output.bytes()], [0xff, 0xfe, 0xc3]);
    },
  },
  {
    name: "keeps what came before there was a receiver",
    async run() {
      const pty = await sh("printf early");
      await pty.exited;
      assert.equal(gather(pty).text(), "early");
    },
  },
  {
    name: "ends although a process stays behind with the terminal open",
    linuxOnly: true,
    async run() {
      const pty = await sh("trap '' HUP; sleep 1000 & echo pid:$!:");
      const output = gather(pty);
      assert.deepEqual(await pty.exited, { code: 0, signal: null });
      const child = Number(/pid:(\d+):/.exec(output.text())?.[1]);
      assert.ok(isRunning(child), "it ignores the hang-up");
      process.kill(child, "SIGKILL");
    },
  },
  {
    name: "gives the child exactly its environment, with PWD and TERM",
    async run() {
      const pty = await open(["env"], { env: { PATH, A: "1" }, cwd: "/" });
      const output = gather(pty);
      await pty.exited;
      assert.deepEqual(
        output.text().trim().split("\n").toSorted(),
        ["A=1", `PATH=${PATH}`, "PWD=/", "TERM=xterm-256color"].toSorted(),
      );
    },
  },
  {
    name: "runs in the folder asked for",
    async run() {
      assert.equal(await outputOf("pwd", { cwd: "/usr" }), "/usr\n");
    },
  },
  {
    name: "says why a child cannot be started",
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "pty-"));
      writeFileSync(join(folder, "plain"), "text");
      const codes = async (options: Partial<PtyOptions>) => (await failure(options)).code;
      try {
        assert.equal((await failure({ argv: [] })).message, "missing program for PTY spawn");
        assert.equal((await failure({ argv: [""] })).message, "missing program for PTY spawn");
        assert.equal(await codes({ argv: ["no-such-program-anywhere"] }), "ENOENT");
        assert.equal(await codes({ argv: [join(folder, "gone")] }), "ENOENT");
        assert.match((await failure({ argv: ["/gone"] })).message, /No such file or directory \(os error 2\)/);
        assert.equal(await codes({ argv: [join(folder, "plain")] }), "EACCES");
        assert.equal(await codes({ argv: [folder] }), "EACCES");
        assert.equal(await codes({ cwd: join(folder, "gone") }), "ENOENT");
        assert.equal(await codes({ cwd: join(folder, "plain") }), "ENOTDIR");
        assert.equal(await codes({ cols: 0 }), "EINVAL");
        assert.equal(await codes({ rows: 70_000 }), "EINVAL");
        assert.equal(await codes({ argv: ["true", "a\0b"] }), "EINVAL");
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: "kills the child when the signal is aborted",
    async run() {
      const abort = new AbortController();
      const pty = await sh("echo ready; sleep 1000", { signal: abort.signal });
      await gather(pty).until("ready");
      abort.abort();
      assert.deepEqual(await pty.exited, { code: null, signal: "SIGKILL" });
    },
  },
  {
    name: "starts nothing when the signal was aborted before",
    async run() {
      const reason = new Error("stop");
      await assert.rejects(sh("true", { signal: AbortSignal.abort(reason) }), reason);
    },
  },
  {
    name: "takes calls after the end without effect",
    async run() {
      const pty = await sh("true");
      await pty.exited;
      pty.write("x");
      pty.resize(10, 10);
      pty.kill("SIGKILL");
      assert.deepEqual(await pty.exited, { code: 0, signal: null });
    },
  },
  {
    name: "gives the child no other terminal's descriptors",
    linuxOnly: true,
    async run() {
      const other = await sh("read x");
      const text = await outputOf("ls -l /proc/self/fd");
      assert.match(text, / 0 -> \/dev\/pts\//);
      assert.doesNotMatch(text, /ptmx|socket/);
      other.kill("SIGKILL");
      await other.exited;
    },
  },
  {
    name: "hands over descriptors as 3 and up",
    linuxOnly: true,
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "pty-"));
      const input = openSync(join(folder, "in"), "w+");
      const status = openSync(join(folder, "status"), "w+");
      rmSync(folder, { recursive: true });
      writeSync(input, "given", 0);
      const text = await outputOf('cat /proc/self/fd/3; printf done >&4; printf " $0 $1"', {
        argv: ["sh", "-c", 'cat /proc/self/fd/3; printf done >&4; printf " $0 $1"', "zero", "it's $1"],
        descriptors: [input, status],
      });
      assert.equal(text, "given zero it's $1");
      const told = Buffer.alloc(4);
      readSync(status, told, 0, 4, 0);
      assert.equal(told.toString(), "done");
      closeSync(input);
      closeSync(status);
    },
  },
  {
    name: "gives the child another name, or refuses to",
    linuxOnly: true,
    async run(adapter) {
      const options = { argv: ["sh", "-c", "cat /proc/$$/cmdline"], argv0: "other-name" };
      if (adapter === "node") assert.equal((await failure(options)).code, "ENOTSUP");
      else assert.ok((await outputOf("", options)).startsWith("other-name\0-c\0"));
    },
  },
  {
    name: "runs many at a time",
    async run() {
      const texts = await Promise.all(Array.from({ length: 20 }, (_, index) => outputOf(`printf ${index}`)));
      assert.deepEqual(
        texts,
        Array.from({ length: 20 }, (_, index) => String(index)),
      );
    },
  },
];
