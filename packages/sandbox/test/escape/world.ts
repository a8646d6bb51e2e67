/** The folders, sockets and processes that the escape attempts run against. Everything outside the sandbox that they could harm is made here. */

import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { SandboxPolicy } from "@codex-ts/protocol";
import type { SandboxRequest } from "../../src/index.js";
import type { DriverOrder, DriverResult } from "../fixtures/driver.js";

const ATTEMPTS = fileURLToPath(new URL("attempts.pl", import.meta.url));

/** Nobody's number on every Linux. */
export const NOBODY = 65534;

/** The columns of the reference's table. */
export const POLICIES = ["ro", "ww", "ww+net", "ww-tmp", "full", "ext-"] as const;
export type PolicyName = (typeof POLICIES)[number];

/** One attempt's result per policy. */
export type Results = Map<string, Map<PolicyName, string>>;

/** Compiles the executable that has the helper in it; about a second. */
export function compileTestExecutable(folder: string): string {
  const outfile = path.join(folder, "codex");
  const entry = fileURLToPath(new URL("../fixtures/test-executable.ts", import.meta.url));
  execFileSync(
    "bun",
    [
      "build",
      "--compile",
      "--minify",
      "--bytecode",
      "--format=esm",
      "--no-compile-autoload-dotenv",
      "--no-compile-autoload-bunfig",
      "--conditions=@codex-ts/source",
      entry,
      "--outfile",
      outfile,
    ],
    { stdio: "pipe" },
  );
  return outfile;
}

/** Who makes the attempts. */
export type Person = "root" | "nobody";

/** Runs all attempts under every policy as one person with one backend. */
export async function runAttempts(
  executable: string,
  person: Person,
  backend: "bubblewrap" | "landlock",
): Promise<Results> {
  const results: Results = new Map();
  for (const policy of POLICIES) {
    // Without a sandbox, root's attempts would succeed: on this machine.
    if (person === "root" && policy === "full") {
      continue;
    }
    const world = await makeWorld(person);
    try {
      const [result] = await drive(executable, person, world, { backend, requests: [requestFor(world, policy)] });
      if (result === undefined || result.backend === "refused" || result.stdout === "") {
        throw new Error(`the attempts did not run: ${JSON.stringify(result)}`);
      }
      for (const line of result.stdout.trim().split("\n")) {
        const [id = "", said = ""] = line.split("\t");
        results.set(id, (results.get(id) ?? new Map<PolicyName, string>()).set(policy, said));
      }
    } finally {
      world.remove();
    }
  }
  return results;
}

interface World {
  base: string;
  env: Record<string, string>;
  inherited: number;
  remove(): void;
}

/** Not below /tmp, which is a writable root itself. */
async function makeWorld(person: Person): Promise<World> {
  const base = mkdtempSync("/var/tmp/codex-sandbox-");
  const at = (...names: string[]): string => path.join(base, ...names);
  for (const folder of FOLDERS) {
    mkdirSync(at(folder), { recursive: true });
  }
  for (const file of FILES) {
    writeFileSync(at(file), "content\n");
  }
  writeFileSync(at("second/.git"), `gitdir: ${at("gitdir")}\n`);
  linkSync(at("outside/file"), at("work/hardlink"));
  symlinkSync(at("outside/file"), at("work/symlink"));
  if (person === "nobody") {
    execFileSync("chown", ["-Rh", `${NOBODY}:${NOBODY}`, base]);
  }
  const neighbours = await startNeighbours(base, person);
  const inherited = openSync(at("outside/inherited"), "a");
  return {
    base,
    inherited,
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", ...names(base), ...neighbours.env },
    remove() {
      closeSync(inherited);
      neighbours.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

const FOLDERS = [
  "work/.git/hooks",
  "work/.codex",
  "work/sub/.git",
  "outside/emptydir",
  "second",
  "gitdir",
  "tmp/pinned/project/.git",
  "nogit",
  "home",
];

const FILES = [
  "work/.git/config",
  "work/.codex/config.toml",
  "work/sub/.git/config",
  "work/mine",
  "work/mv",
  "outside/file",
  "outside/readable",
  "outside/victim",
  "outside/r1",
  "outside/mv2",
  "gitdir/HEAD",
  "tmp/pinned/project/.git/config",
  "home/config.toml",
];

function names(base: string): Record<string, string> {
  const at = (...parts: string[]): string => path.join(base, ...parts);
  return {
    W: at("work"),
    O: at("outside"),
    S: at("second"),
    G: at("gitdir"),
    T: at("tmp"),
    N: at("nogit"),
    P: at("tmp/pinned"),
    H: at("home"),
    USOCK: at("outside/server.sock"),
    UDGRAM: at("outside/log.sock"),
    AGENT: at("tmp/agent.sock"),
    ABSTRACT: `codex-${path.basename(base)}`,
  };
}

/**
 * Servers outside the sandbox, as a container engine, a logger and a key agent would be. In a network of their own,
 * so that the sandboxes of tests beside this one do not try to cover sockets that come and go here.
 */
const NEIGHBOURS = `
use Socket; use IO::Handle; $| = 1;
sub serve { socket(my $s, AF_UNIX, $_[1], 0); bind($s, pack_sockaddr_un($_[0])) or die $!; listen($s, 9) if $_[1] == SOCK_STREAM; push @keep, $s }
serve($ENV{USOCK}, SOCK_STREAM); serve($ENV{AGENT}, SOCK_STREAM); serve("\\0$ENV{ABSTRACT}", SOCK_STREAM); serve($ENV{UDGRAM}, SOCK_DGRAM);
socket(my $t, AF_INET, SOCK_STREAM, 0); bind($t, pack_sockaddr_in(0, INADDR_LOOPBACK)) or die $!; listen($t, 9);
my ($port) = unpack_sockaddr_in(getsockname($t)); print "$port\\n"; sleep 600;
`;

/** A new network has a loopback device that is down. */
const LOOPBACK_UP = `
use Socket; socket(my $s, AF_INET, SOCK_DGRAM, 0); my $up = pack("a16 s x22", "lo", 1); ioctl($s, 0x8914, $up) or die "lo: $!"; exec @ARGV;
`;

async function startNeighbours(base: string, person: Person): Promise<{ env: Record<string, string>; stop(): void }> {
  const child = spawn(
    "unshare",
    ["--net", "perl", "-e", LOOPBACK_UP, ...asPerson(person, "perl", ["-e", NEIGHBOURS])],
    {
      env: { ...process.env, ...names(base) },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim()));
    child.once("exit", () => reject(new Error("the neighbours did not start")));
  });
  // As if they had been there for a while: new sockets are not covered, because they may be gone the next moment.
  ["outside/server.sock", "outside/log.sock", "tmp/agent.sock"].forEach((socket) =>
    utimesSync(path.join(base, socket), 1, 1),
  );
  return {
    env: { OTHER: String(child.pid), PORT: port },
    stop() {
      child.removeAllListeners("exit");
      child.kill("SIGKILL");
    },
  };
}

/** The same command as somebody else. */
export function asPerson(person: Person, program: string, args: readonly string[]): string[] {
  return person === "root"
    ? [program, ...args]
    : ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", program, ...args];
}

function requestFor({ base, env }: World, name: PolicyName): SandboxRequest {
  return {
    argv: ["perl", ATTEMPTS],
    cwd: path.join(base, "work"),
    env,
    policy: policyFor(base, name),
    policyCwd: path.join(base, "work"),
    codexHome: path.join(base, "home"),
    tmpdir: path.join(base, "tmp"),
  };
}

function policyFor(base: string, name: PolicyName): SandboxPolicy {
  const at = (...parts: string[]): string => path.join(base, ...parts);
  switch (name) {
    case "ro":
      return { type: "read-only" };
    case "ww":
      return { type: "workspace-write", writable_roots: [at("second"), at("nogit"), at("tmp/pinned/project")] };
    case "ww+net":
      return { type: "workspace-write", network_access: true };
    case "ww-tmp":
      return { type: "workspace-write", exclude_slash_tmp: true, exclude_tmpdir_env_var: true };
    case "full":
      return { type: "danger-full-access" };
    case "ext-":
      return { type: "external-sandbox", network_access: "restricted" };
  }
}

async function drive(executable: string, person: Person, world: World, order: DriverOrder): Promise<DriverResult[]> {
  const file = path.join(world.base, "order.json");
  writeFileSync(file, JSON.stringify(order));
  const args = ["--target", world.env["OTHER"] ?? "", "--net", ...asPerson(person, executable, [file])];
  const stdio = [
    "ignore",
    "pipe",
    "pipe",
    ...Array.from({ length: 6 }, () => "ignore" as const),
    world.inherited,
  ] as const;
  const child = spawn("nsenter", args, {
    env: { PATH: world.env["PATH"], SSH_AUTH_SOCK: world.env["AGENT"] },
    stdio: [...stdio],
  });
  const [out, err] = [child.stdout, child.stderr].map((stream) => {
    const chunks: Buffer[] = [];
    stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
    return chunks;
  });
  await new Promise((resolve) => child.once("close", resolve));
  const text = Buffer.concat(out ?? []).toString("utf8");
  if (text === "") {
    throw new Error(`the driver failed: ${Buffer.concat(err ?? []).toString("utf8")}`);
  }
  return JSON.parse(text);
}

/** What these tests cannot do without, and is missing here. */
export function missingPrograms(): string[] {
  return ["perl", "bwrap", "setpriv", "unshare", "nsenter", "bun"].filter(
    (name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0,
  );
}
