/** The environment of commands, and the shell's own state kept between them. */

import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  mkdirSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxPolicy } from "@codex-ts/protocol";
import { answer, functionCall, message } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { commandEnvironment, type ShellEnvironmentPolicy } from "../../src/execution/command-environment.js";
import { takeShellSnapshot } from "../../src/execution/shell-snapshot.js";
import { testThread } from "../support/test-thread.js";

const DEFAULTS: ShellEnvironmentPolicy = {
  inherit: "all",
  ignoreDefaultExcludes: true,
  exclude: [],
  set: {},
  includeOnly: [],
};
const FULL: SandboxPolicy = { type: "danger-full-access" };

describe("the environment of a command", () => {
  const inherited = {
    HOME: "/h",
    PATH: "/bin",
    SHELL: "/bin/sh",
    FOO_BAR: "1",
    foo_baz: "2",
    MY_TOKEN: "3",
    api_key: "4",
    GONE: undefined,
  };
  it.each<{ what: string; policy: Partial<ShellEnvironmentPolicy>; names: string[] }>([
    { what: "is ours", policy: {}, names: ["FOO_BAR", "HOME", "MY_TOKEN", "PATH", "SHELL", "api_key", "foo_baz"] },
    { what: "is empty", policy: { inherit: "none" }, names: [] },
    {
      what: "is the core, with what is set in spite of the default excludes",
      policy: { inherit: "core", ignoreDefaultExcludes: false, set: { A: "1", MY_KEY: "2" } },
      names: ["A", "HOME", "MY_KEY", "PATH", "SHELL"],
    },
    {
      what: "has no secrets where the default excludes are on",
      policy: { ignoreDefaultExcludes: false },
      names: ["FOO_BAR", "HOME", "PATH", "SHELL", "foo_baz"],
    },
    {
      what: "is the reference's example",
      policy: { exclude: ["foo_baz"], includeOnly: ["FOO_*", "PATH", "set_*"], set: { SET_A: "1", B: "2" } },
      names: ["FOO_BAR", "PATH", "SET_A"],
    },
    { what: "knows ? and no regular expressions", policy: { includeOnly: ["HOM?", "P.*", "SHEL"] }, names: ["HOME"] },
  ])("$what", ({ policy, names }) => {
    expect(Object.keys(commandEnvironment(inherited, { ...DEFAULTS, ...policy }, FULL)).toSorted()).toEqual(names);
  });

  it.each<{ sandbox: SandboxPolicy; told: string | undefined }>([
    { sandbox: { type: "read-only" }, told: "1" },
    { sandbox: { type: "workspace-write" }, told: "1" },
    { sandbox: { type: "workspace-write", network_access: true }, told: undefined },
    { sandbox: FULL, told: undefined },
  ])("says whether there is a network ($sandbox)", ({ sandbox, told }) => {
    expect(commandEnvironment({}, DEFAULTS, sandbox)["CODEX_SANDBOX_NETWORK_DISABLED"]).toBe(told);
  });
});

describe("a shell snapshot", () => {
  const shells = ["bash", "zsh"].map((kind) => ({ kind, path: pathOf(kind) }));
  for (const { kind, path } of shells) if (path === null) console.warn(`skipped: ${kind} is not installed`);

  interface Snapshot extends Disposable {
    codexHome: string;
    home: string;
    wrap: (argv: string[]) => readonly string[];
    close: () => void;
    ready: Promise<void>;
  }

  function take(kind: string, path: string, files: Record<string, string>, env: Record<string, string> = {}): Snapshot {
    const root = mkdtempSync(join(tmpdir(), "codex-snapshot-"));
    const home = join(root, "home it's");
    mkdirSync(home);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(home, name, ".."), { recursive: true });
      writeFileSync(join(home, name), text);
    }
    const snapshot = takeShellSnapshot({
      shell: path,
      kind,
      codexHome: home,
      threadId: "thread",
      environment: { HOME: home, PATH: process.env["PATH"] ?? "", ZDOTDIR: home, ...env },
    });
    return {
      ...snapshot,
      home,
      codexHome: home,
      [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
    };
  }

  it.each(shells.flatMap(({ kind, path }) => (path === null ? [] : [{ kind, path }])))(
    "of $kind has functions, aliases and exports of the login files, and leaves ours alone",
    async ({ kind, path }) => {
      const settings = `echo noise; hi() { echo "hi $1"; }; alias ll='ls -l'; export FROM_RC="a 'b'\nc"; export KEPT=rc`;
      using snapshot = take(kind, path, { ".bashrc": settings, ".zshrc": settings }, { OURS: "1" });
      await snapshot.ready;
      const argv = snapshot.wrap([path, "-lc", 'hi you; printf "%s|" "$FROM_RC" "$KEPT" "$OURS"']);
      expect(argv).toEqual([path, "-c", expect.stringContaining("hi you")]);
      const [, ...args] = argv;
      const env = { PATH: process.env["PATH"] ?? "", OURS: "2" };
      expect(execFileSync(path, args, { encoding: "utf8", env })).toBe("hi you\na 'b'\nc|rc|2|");
      const file = join(snapshot.codexHome, "shell_snapshots", "thread.sh");
      const text = readFileSync(file, "utf8");
      expect(text).toMatch(/^# Snapshot file\n/);
      expect(text).toContain("ll");
      expect(text).not.toContain("OURS");
      expect(statSync(file).mode & 0o777).toBe(0o600);
      snapshot.close();
      expect(existsSync(file)).toBe(false);
      expect(snapshot.wrap([path, "-lc", "x"])).toEqual([path, "-lc", "x"]);
    },
  );

  it("is used for login shells of the user only, and for scripts of any kind", async () => {
    using snapshot = take("bash", "/bin/bash", {});
    await snapshot.ready;
    const run = (script: string): string => {
      const [, flag, ...args] = snapshot.wrap(["/bin/bash", "-lc", script]);
      expect(flag).toBe("-c");
      // A bash whose input is a socket, as Node's pipes are, thinks that it was started over the network.
      return execFileSync("/bin/bash", ["-c", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    };
    expect(run("")).toBe("");
    expect(run("# nothing")).toBe("");
    expect(run("cat <<EOF\nx\nEOF\n")).toBe("x\n");
    for (const argv of [
      ["/bin/bash", "-c", "x"],
      ["/bin/sh", "-lc", "x"],
      ["/bin/bash", "-lc"],
    ]) {
      expect(snapshot.wrap(argv)).toEqual(argv);
    }
  });

  it.each([
    { what: "fail", rc: "exit 3" },
    { what: "replace what it is made with", rc: "env() { echo nonsense; }" },
    { what: "make names that only they can read", rc: "readonly NAME=1; export NAME" },
  ])("does not stand in the way where the login files $what", async ({ rc }) => {
    using snapshot = take("bash", "/bin/bash", { ".bashrc": rc });
    await snapshot.ready;
    const [, ...args] = snapshot.wrap(["/bin/bash", "-lc", "echo works"]);
    const options = { encoding: "utf8" as const, stdio: "pipe" as const, env: { HOME: "/nonexistent", PATH: "/bin" } };
    expect(execFileSync("/bin/bash", args, options)).toContain("works");
  });

  it("is none of a plain sh, which cannot tell its functions", async () => {
    using snapshot = take("sh", "/bin/sh", {});
    await snapshot.ready;
    expect(snapshot.wrap(["/bin/sh", "-lc", "x"])).toEqual(["/bin/sh", "-lc", "x"]);
  });

  it("does not stand in the way where its file can be neither written nor removed", async () => {
    using snapshot = take("bash", "/bin/bash", { "shell_snapshots/thread.sh/in-the-way": "" });
    await snapshot.ready;
    expect(snapshot.wrap(["/bin/bash", "-lc", "x"])).toEqual(["/bin/bash", "-lc", "x"]);
    snapshot.close();
  });

  it("removes what killed processes have left a week ago", async () => {
    const root = mkdtempSync(join(tmpdir(), "codex-snapshot-"));
    const folder = join(root, "shell_snapshots");
    mkdirSync(folder);
    for (const name of ["old.sh", "new.sh"]) writeFileSync(join(folder, name), "");
    const weekAgo = Date.now() / 1_000 - 8 * 24 * 60 * 60;
    utimesSync(join(folder, "old.sh"), weekAgo, weekAgo);
    const options = { shell: "/bin/bash", kind: "bash", codexHome: root, threadId: "t", environment: { PATH: "/bin" } };
    await takeShellSnapshot(options).ready;
    expect(readdirSync(folder).toSorted()).toEqual(["new.sh", "t.sh"]);
    rmSync(root, { recursive: true });
  });

  it("is not seen in events and by rules", async () => {
    await using test = await testThread(
      [answer(functionCall("shell_command", { command: "echo $0" })), answer(message("ok"))],
      { features: ["shell_snapshot"] },
    );
    await expect.poll(() => existsSync(join(test.home.codexHome, "shell_snapshots"))).toBe(true);
    const events = await test.turn();
    const command = events.find((event) => event.type === "item.started" && event.item.type === "command");
    expect(command).toMatchObject({ item: { argv: ["/bin/bash", "-lc", "echo $0"] } });
    await test.manager.closeAll();
    expect(readdirSync(join(test.home.codexHome, "shell_snapshots"))).toEqual([]);
  });
});

function pathOf(shell: string): string | null {
  try {
    return execFileSync("sh", ["-c", `command -v ${shell}`], { encoding: "utf8" }).trim();
  } catch {
    return null; // the tests of this shell are left out
  }
}
