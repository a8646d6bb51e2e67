/** Plans of every platform as data: what would be started, whatever machine the tests run on. */

import { describe, expect, it } from "vitest";
import type { SandboxPolicy } from "@codex-ts/protocol";
import { type Backends, SandboxRefusal, sandboxPlan, type SandboxPlan, type SandboxRequest } from "../src/index.js";
import { bubblewrapPlan } from "../src/linux/bubblewrap-plan.js";
import { landlockPlan } from "../src/linux/landlock-plan.js";
import type { ProtectionSurvey } from "../src/linux/protection-survey.js";
import type { BubblewrapReady } from "../src/plan/backends.js";

const bubblewrap: BubblewrapReady = {
  ready: true,
  program: "/usr/bin/bwrap",
  userNamespace: true,
  privateProc: true,
  resetsSignals: true,
};
const off = { ready: false, reason: "not here" } as const;
const linux: Backends = {
  platform: "linux",
  arch: "x64",
  root: false,
  bubblewrap,
  landlock: { ready: true, executable: "/opt/codex", abi: 7 },
  seatbelt: off,
  windows: off,
};
const workspaceWrite: SandboxPolicy = { type: "workspace-write", exclude_slash_tmp: true };
const request: SandboxRequest = {
  argv: ["make", "test"],
  cwd: "/w",
  env: { PATH: "/bin", SECRET: "s3cret" },
  policy: workspaceWrite,
  policyCwd: "/w",
  codexHome: "/home/me/.codex",
  tmpdir: undefined,
};
const survey: ProtectionSurvey = {
  entries: [
    { path: "/w", access: "write" },
    { path: "/w/.codex", access: "read" },
    { path: "/w/.git", access: "read" },
  ],
  missing: ["/w/.codex"],
  fleeting: ["/w/.codex"],
  links: [],
  codexHomeExposed: false,
  hiddenSockets: ["/run/docker.sock"],
  sshSettings: [],
};

/** The options that bubblewrap reads from its channel. */
function options(plan: SandboxPlan): string[] {
  const channel = plan.channels[1];
  return channel?.carries === "bytes" ? new TextDecoder().decode(channel.bytes).split("\0").slice(0, -1) : [];
}

const planned = (
  changes: Partial<SandboxRequest> = {},
  wrapper = bubblewrap,
  where = survey,
  root = false,
): SandboxPlan => bubblewrapPlan({ ...request, ...changes }, where, root, wrapper, "x64");

describe("a plan for bubblewrap", () => {
  it("starts the wrapper with a fixed environment and shows nothing but the command in its arguments", () => {
    const plan = planned();
    expect(plan.argv).toEqual([
      "/usr/bin/bwrap",
      "--seccomp",
      "3",
      "--args",
      "4",
      "--json-status-fd",
      "5",
      "--",
      "make",
      "test",
    ]);
    expect(plan.env).toEqual({ PATH: "/usr/local/bin:/usr/bin:/bin" });
    expect(plan.channels.map(({ carries }) => carries)).toEqual(["bytes", "bytes", "status"]);
    expect(plan.mountPoints).toEqual(["/w/.codex"]);
  });

  it("mounts the disk read-only, then the root, then what stays read-only in it, then covers sockets", () => {
    expect(options(planned())).toEqual([
      "--die-with-parent",
      "--unshare-ipc",
      "--unshare-user",
      "--unshare-pid",
      "--unshare-net",
      "--cap-drop",
      "ALL",
      "--ro-bind",
      "/",
      "/",
      "--dev",
      "/dev",
      "--proc",
      "/proc",
      "--bind",
      "/w",
      "/w",
      "--ro-bind",
      "/w/.git",
      "/w/.git",
      "--ro-bind-try",
      "/w/.codex",
      "/w/.codex",
      "--ro-bind",
      "/dev/null",
      "/run/docker.sock",
      "--chdir",
      "/w",
      "--unsetenv",
      "PATH",
      "--setenv",
      "PATH",
      "/bin",
      "--setenv",
      "SECRET",
      "s3cret",
      "--setenv",
      "CODEX_SANDBOX_NETWORK_DISABLED",
      "1",
    ]);
  });

  it("keeps the network and says so to nobody, when the policy allows it", () => {
    const words = options(planned({ policy: { type: "workspace-write", network_access: true } }));
    expect(words).not.toContain("--unshare-net");
    expect(words).not.toContain("CODEX_SANDBOX_NETWORK_DISABLED");
  });

  it("leaves root what it needs for other people's files, and no user namespace", () => {
    const words = options(planned({}, { ...bubblewrap, userNamespace: false }, survey, true));
    expect(words).not.toContain("--unshare-user");
    expect(words.filter((_, index) => words[index - 1] === "--ro-bind-try")).toContain("/proc/sys");
    expect(words.filter((_, index) => words[index - 1] === "--cap-add")).toEqual([
      "CAP_CHOWN",
      "CAP_DAC_OVERRIDE",
      "CAP_FOWNER",
      "CAP_FSETID",
      "CAP_KILL",
      "CAP_SETGID",
      "CAP_SETUID",
      "CAP_NET_BIND_SERVICE",
    ]);
  });

  it("without a /proc of its own shows the host's, read-only, and keeps the process space", () => {
    const words = options(planned({}, { ...bubblewrap, privateProc: false }));
    expect(words).not.toContain("--proc");
    expect(words).toContain("--unshare-pid");
  });

  it("pins the folders between a root and what is protected below it", () => {
    const entries = [
      { path: "/t", access: "write" },
      { path: "/t/a/b/w", access: "write" },
      { path: "/t/a/b/w/.git", access: "read" },
    ] as const;
    const words = options(planned({}, bubblewrap, { ...survey, entries, hiddenSockets: [] }));
    const binds = words.filter((_, index) => /^--bind(?:-try)?$/.test(words[index - 1] ?? ""));
    expect(binds).toEqual(["/t", "/t/a", "/t/a/b", "/t/a/b/w"]);
    expect(words.indexOf("/t/a/b/w/.git")).toBeGreaterThan(words.lastIndexOf("/t/a/b/w"));
  });

  it("on a terminal keeps Ctrl-C for the command", () => {
    expect(planned({ terminal: true }).argv).toEqual([
      "/bin/sh",
      "-c",
      'trap "" INT QUIT; exec "$@"',
      "codex-sandbox",
      "/usr/bin/bwrap",
      "--seccomp",
      "3",
      "--args",
      "4",
      "--json-status-fd",
      "5",
      "--",
      "/usr/bin/env",
      "--default-signal=INT,QUIT",
      "make",
      "test",
    ]);
    expect(planned({ terminal: true }, { ...bubblewrap, resetsSignals: false }).argv[0]).toBe("/usr/bin/bwrap");
  });

  it("shows copies of ssh's settings where root's files would seem to be nobody's", () => {
    const sshSettings = [{ file: "/etc/ssh/ssh_config.d/a.conf", bytes: new Uint8Array([35]) }];
    const plan = planned({}, bubblewrap, { ...survey, sshSettings });
    const words = options(plan);
    expect(words.slice(words.indexOf("--tmpfs"), words.indexOf("--remount-ro") + 2)).toEqual([
      "--tmpfs",
      "/etc/ssh/ssh_config.d",
      "--ro-bind-data",
      "6",
      "/etc/ssh/ssh_config.d/a.conf",
      "--remount-ro",
      "/etc/ssh/ssh_config.d",
    ]);
    expect(plan.channels[3]).toEqual({ carries: "bytes", bytes: new Uint8Array([35]) });
    expect(options(planned({}, { ...bubblewrap, userNamespace: false }, { ...survey, sshSettings }))).not.toContain(
      "--tmpfs",
    );
  });

  it("leaves out variables that cannot exist", () => {
    const words = options(planned({ env: { "": "x", "A=B": "y", C: "z" } }));
    expect(words.filter((_, index) => words[index - 1] === "--setenv")).toEqual([
      "C",
      "CODEX_SANDBOX_NETWORK_DISABLED",
    ]);
  });
});

describe("a plan for the helper", () => {
  const plan = landlockPlan(request, survey, { ready: true, executable: "/opt/codex", abi: 7 }, 4711);

  it("starts our executable by the helper's name with a fixed environment", () => {
    expect(plan).toMatchObject({
      backend: "landlock",
      argv: ["/opt/codex", "--order-fd", "3", "--", "make", "test"],
      argv0: "codex-linux-sandbox",
      env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
      cwd: "/w",
      mountPoints: [],
      watched: ["/w/.codex", "/w/.git"],
    });
    expect(plan.notices).toHaveLength(1);
  });

  it("hands over roots, network, environment and our process number", () => {
    const [order] = plan.channels;
    expect(order?.carries === "bytes" ? JSON.parse(new TextDecoder().decode(order.bytes)) : undefined).toEqual({
      writable: ["/w"],
      networkOff: true,
      env: { PATH: "/bin", SECRET: "s3cret", CODEX_SANDBOX_NETWORK_DISABLED: "1" },
      parent: 4711,
    });
  });
});

describe("the choice of a backend", () => {
  const readOnly: SandboxPolicy = { type: "read-only" };
  const choose = (policy: SandboxPolicy, backends: Partial<Backends>): string => {
    const plan = sandboxPlan({ ...request, policy }, { ...linux, ...backends });
    return plan instanceof SandboxRefusal ? "refusal" : plan.backend;
  };
  const externalOff: SandboxPolicy = { type: "external-sandbox" };
  const externalOn: SandboxPolicy = { type: "external-sandbox", network_access: "enabled" };

  it.each<[string, SandboxPolicy, Partial<Backends>, string]>([
    ["the strongest", readOnly, {}, "bubblewrap"],
    ["the helper without bubblewrap", readOnly, { bubblewrap: off }, "landlock"],
    ["nothing without both", readOnly, { bubblewrap: off, landlock: off }, "refusal"],
    ["nothing on a processor without a filter", readOnly, { arch: "riscv64" }, "refusal"],
    ["none for full access", { type: "danger-full-access" }, { bubblewrap: off, landlock: off }, "none"],
    ["none for an outer sandbox with a network", externalOn, {}, "none"],
    ["what can cut the network for an outer sandbox", externalOff, { bubblewrap: off }, "landlock"],
    ["none for an outer sandbox where nothing can", externalOff, { bubblewrap: off, landlock: off }, "none"],
    ["seatbelt on macOS", readOnly, { platform: "darwin", seatbelt: { ready: true } }, "seatbelt"],
    ["nothing on Windows", readOnly, { platform: "win32" }, "refusal"],
    ["none for full access on Windows", { type: "danger-full-access" }, { platform: "win32" }, "none"],
    ["nothing elsewhere", readOnly, { platform: "other" }, "refusal"],
  ])("is %s", (_, policy, backends, expected) => {
    expect(choose(policy, backends)).toBe(expected);
  });

  it("names in a refusal what was tried, why it cannot be, and the way out", () => {
    const refusal = sandboxPlan({ ...request, policy: readOnly }, { ...linux, bubblewrap: off, landlock: off });
    expect(refusal).toBeInstanceOf(SandboxRefusal);
    expect(refusal).toMatchObject({
      kind: "refusal",
      tried: [
        { backend: "bubblewrap", reason: "not here" },
        { backend: "landlock", reason: "not here" },
      ],
      remedy: expect.stringContaining("Install bubblewrap"),
    });
  });

  it("leaves a bare command its environment, and tells it when the network is somebody else's matter", () => {
    const bare = sandboxPlan({ ...request, policy: externalOff }, { ...linux, bubblewrap: off, landlock: off });
    expect(bare).toMatchObject({
      argv: ["make", "test"],
      env: { ...request.env, CODEX_SANDBOX_NETWORK_DISABLED: "1" },
      notices: [expect.stringContaining("network")],
    });
  });
});
