/** Small judgements: denials, policies as text, environments, sockets, usage errors. */

import { describe, expect, it } from "vitest";
import {
  cleanEnvironment,
  type DenialEvidence,
  looksDenied,
  parsePolicy,
  PolicyError,
  runSandboxCommand,
  type SandboxOutcome,
} from "../src/index.js";
import { pathsOf, takesOrders } from "../src/linux/foreign-sockets.js";
import { parseReferenceCall } from "../src/linux/reference-helper.js";
import { isGone, ownIdentity } from "../src/linux/process-identity.js";

describe("looksDenied", () => {
  const exited = (code: number): SandboxOutcome => ({ type: "exited", code, signal: null, tampered: [] });
  const denied = (changes: Partial<DenialEvidence>): boolean =>
    looksDenied({ backend: "bubblewrap", outcome: exited(1), networkOff: true, text: "", ...changes });

  it.each<[string, Partial<DenialEvidence>, boolean]>([
    ["a read-only file system", { text: "touch: cannot touch 'x': Read-only file system" }, true],
    ["an error by name", { text: "Error: EROFS: read-only, open '/x'" }, true],
    ["a refused system call", { text: "socket: Operation not permitted" }, true],
    ["a name that is not found without a network", { text: "curl: (6) Could not resolve host: x" }, true],
    ["a name that is not found with one", { text: "curl: (6) Could not resolve host: x", networkOff: false }, false],
    ["success, whatever is printed", { text: "Read-only file system", outcome: exited(0) }, false],
    ["a file mode, which bubblewrap's mounts never turn into this", { text: "Permission denied" }, false],
    ["Landlock's answer", { text: "touch: Permission denied", backend: "landlock" }, true],
    ["a move across Landlock's border", { text: "mv: Invalid cross-device link", backend: "landlock" }, true],
    ["seatbelt's answer", { text: "touch: x: Operation not permitted", backend: "seatbelt" }, true],
    ["a test called sandbox", { text: "FAIL sandbox seccomp landlock" }, false],
    ["nothing printed", {}, false],
    ["a killed system call", { outcome: exited(159) }, true],
    ["no sandbox", { text: "Read-only file system", backend: "none" }, false],
    [
      "a command that does not exist",
      { text: "Permission denied", backend: "landlock", outcome: { type: "not-executable", code: 127, reason: "" } },
      false,
    ],
  ])("%s", (_, changes, expected) => {
    expect(denied(changes)).toBe(expected);
  });

  it("looks at the end of a long output only", () => {
    const far = `Read-only file system${" ".repeat(100_000)}`;
    expect([denied({ text: far }), denied({ text: `${far}Read-only file system` })]).toEqual([false, true]);
  });
});

describe("a policy as text", () => {
  it.each([
    ['{"type":"danger-full-access"}', { type: "danger-full-access" }],
    ['{"type":"read-only","unknown":1}', { type: "read-only" }],
    ['{"type":"external-sandbox"}', { type: "external-sandbox", network_access: "restricted" }],
    ['{"type":"external-sandbox","network_access":"enabled"}', { type: "external-sandbox", network_access: "enabled" }],
    [
      '{"type":"workspace-write"}',
      { type: "workspace-write", network_access: false, exclude_tmpdir_env_var: false, exclude_slash_tmp: false },
    ],
    [
      '{"type":"workspace-write","writable_roots":["/a/./b/../c"],"network_access":true}',
      {
        type: "workspace-write",
        writable_roots: ["/a/c"],
        network_access: true,
        exclude_tmpdir_env_var: false,
        exclude_slash_tmp: false,
      },
    ],
  ])("%s", (text, policy) => {
    expect(parsePolicy(text)).toEqual(policy);
  });

  it.each([
    ["", "JSON"],
    ["[]", "expected an object"],
    ["{}", "missing field `type`"],
    [
      '{"type":"bogus"}',
      "unknown variant `bogus`, expected one of `danger-full-access`, `read-only`, `external-sandbox`, `workspace-write`",
    ],
    ['{"type":"external-sandbox","network_access":"some"}', "unknown variant `some`"],
    ['{"type":"workspace-write","writable_roots":["a"]}', "absolute"],
    ['{"type":"workspace-write","writable_roots":"/a"}', "list"],
    ['{"type":"workspace-write","network_access":"yes"}', "`network_access` must be true or false"],
  ])("%s is none", (text, message) => {
    expect(() => parsePolicy(text)).toThrow(PolicyError);
    expect(() => parsePolicy(text)).toThrow(message);
  });
});

describe("a call in the reference's form", () => {
  it.each([
    [["--sandbox-policy-cwd", "sub", "--sandbox-policy", '{"type":"read-only"}', "--", "a", "--sandbox-policy"]],
    [["--sandbox-policy-cwd=sub", '--sandbox-policy={"type":"read-only"}', "--", "a", "--sandbox-policy"]],
  ])("%j", (args) => {
    expect(parseReferenceCall(args, "/w")).toEqual({
      policyCwd: "/w/sub",
      policy: { type: "read-only" },
      argv: ["a", "--sandbox-policy"],
    });
  });
});

it("a clean environment has nothing that runs foreign code in our programs", () => {
  const foreign = {
    BUN_OPTIONS: "1",
    BUN_BE_BUN: "1",
    NODE_OPTIONS: "1",
    LD_PRELOAD: "1",
    LD_AUDIT: "1",
    DYLD_INSERT_LIBRARIES: "1",
  };
  expect(cleanEnvironment({ ...foreign, PATH: "/bin", NODE_ENV: "test", GONE: undefined })).toEqual({
    PATH: "/bin",
    NODE_ENV: "test",
  });
});

describe("sockets of other programs", () => {
  it("are those that listen, or take datagrams, by path", () => {
    const list = [
      "Num       RefCount Protocol Flags    Type St Inode Path",
      "0000000000000000: 00000002 00000000 00010000 0001 01 22171 /run/docker.sock",
      "0000000000000000: 00000003 00000000 00000000 0001 03 22172 /run/connected.sock",
      "0000000000000000: 00000002 00000000 00000000 0002 01 22173 /run/systemd/journal/dev-log",
      "0000000000000000: 00000002 00000000 00010000 0001 01 22174 @abstract",
      "0000000000000000: 00000002 00000000 00010000 0001 01 22175",
      "0000000000000000: 00000002 00000000 00010000 0001 01 22176 /tmp/with space",
      "0000000000000000: 00000002 00000000 00010000 0001 01 22171 /run/docker.sock",
    ];
    expect(pathsOf(list.join("\n"))).toEqual(["/run/docker.sock", "/run/systemd/journal/dev-log", "/tmp/with space"]);
  });

  it.each([
    ["/run/docker.sock", true],
    ["/var/run/docker.sock", true],
    ["/run/user/1000/podman/podman.sock", true],
    ["/run/containerd/containerd.sock", true],
    ["/run/user/1000/bus", true],
    ["/run/dbus/system_bus_socket", true],
    ["/run/user/1000/systemd/private", true],
    ["/tmp/.X11-unix/X0", true],
    ["/run/user/1000/wayland-0", true],
    ["/tmp/tmux-1000/default", true],
    ["/run/user/1000/gnupg/S.gpg-agent", true],
    ["/run/user/1000/vscode-ipc-1234.sock", true],
    ["/run/postgresql/.s.PGSQL.5432", false],
    ["/run/mysqld/mysqld.sock", false],
    ["/run/nscd/socket", false],
    ["/run/systemd/resolve/io.systemd.Resolve", false],
    ["/home/me/docker-demo/tmp/app/server.sock", false],
  ])("%s takes orders: %s", (socket, expected) => {
    expect(takesOrders(socket)).toBe(expected);
  });
});

describe("codex sandbox", () => {
  const elsewhere = process.platform === "darwin" ? "linux" : "macos";
  it.each([
    [{ system: "windows" as const, argv: ["true"] }, 1, "Error: Windows sandbox is only available on Windows\n"],
    [
      { system: elsewhere as "linux" | "macos", argv: ["true"] },
      1,
      elsewhere === "macos"
        ? "Error: Seatbelt sandbox is only available on macOS\n"
        : "Error: Linux sandbox is only available on Linux\n",
    ],
  ])("%j exits with %i", async (command, code, text) => {
    const written: string[] = [];
    const result = await runSandboxCommand(
      { fullAuto: false, logDenials: false, ...command },
      {
        cwd: "/",
        env: {},
        codexHome: "/nowhere",
        executable: undefined,
        workspaceWrite: {},
        writeError: (line) => written.push(line),
      },
    );
    expect([result, written.join("")]).toEqual([code, text]);
  });
});

it.skipIf(process.platform !== "linux")("a process is told from a later one of its number", () => {
  const own = ownIdentity();
  expect(isGone(own)).toBe(false);
  expect(isGone(own.replace(/-\d+$/, "-1"))).toBe(true);
  expect(isGone(own.replace(/-\d+-(\d+)$/, "-4194304-$1"))).toBe(true);
  // Of another process space or machine nothing can be said.
  expect(isGone(own.replace(/^[^-]+/, "ffffffff"))).toBe(false);
  expect(isGone(own.replace(/-\d+-/, "-1-"))).toBe(false);
});
