/** Profile text, arguments and denial log of macOS, as data. */

import { describe, expect, it } from "vitest";
import type { SandboxPlan, SandboxRequest } from "../src/index.js";
import { denialReport, LOG_ARGUMENTS, parseDenial } from "../src/macos/denial-log.js";
import { seatbeltPlan } from "../src/macos/seatbelt-plan.js";

const request: SandboxRequest = {
  argv: ["make", "test"],
  cwd: "/w",
  env: { PATH: "/bin" },
  policy: { type: "workspace-write" },
  policyCwd: "/w",
  codexHome: "/Users/me/.codex",
  tmpdir: undefined,
};
const roots = [
  { root: "/private/tmp", readOnly: ["/private/tmp/.git"] },
  { root: "/private/tmp/a/w", readOnly: ["/private/tmp/a/w/.git", "/private/tmp/a/w/.codex"] },
];
const planned = (changes: Partial<SandboxRequest> = {}, given = roots): SandboxPlan =>
  seatbeltPlan({ ...request, ...changes }, given, "/private/var/folders/C");
const profile = (plan: SandboxPlan): string => plan.argv[2] ?? "";
const rules = (plan: SandboxPlan): string[] =>
  profile(plan)
    .split("\n")
    .filter((line) => line.includes("(param "));

describe("a plan for seatbelt", () => {
  it("calls the system's own program with the profile, its parameters and the command", () => {
    const { argv, env, backend } = planned();
    expect([argv[0], argv[1]]).toEqual(["/usr/bin/sandbox-exec", "-p"]);
    expect(argv.slice(3)).toEqual([
      "-DWRITABLE_ROOT_0=/private/tmp",
      "-DWRITABLE_ROOT_1=/private/tmp/a/w",
      "-DREAD_ONLY_0=/private/tmp/.git",
      "-DREAD_ONLY_1=/private/tmp/a/w/.codex",
      "-DREAD_ONLY_2=/private/tmp/a/w/.git",
      "-DPINNED_0=/private/tmp/a",
      "-DPINNED_1=/private/tmp/a/w",
      "-DDARWIN_USER_CACHE_DIR=/private/var/folders/C",
      "--",
      "make",
      "test",
    ]);
    expect(backend).toBe("seatbelt");
    expect(env).toEqual({ PATH: "/bin", CODEX_SANDBOX: "seatbelt", CODEX_SANDBOX_NETWORK_DISABLED: "1" });
  });

  it("denies by default and reads everything", () => {
    const text = profile(planned());
    expect(text.startsWith("(version 1)\n(deny default)\n")).toBe(true);
    expect(text).toContain("\n(allow file-read*)\n");
  });

  it("opens the roots, then closes what stays read-only in them: the last rule that matches decides", () => {
    expect(rules(planned())).toEqual([
      '(allow file-write* (subpath (param "WRITABLE_ROOT_0")))',
      '(deny file-write* (literal (param "READ_ONLY_0")) (subpath (param "READ_ONLY_0")))',
      '(allow file-write* (subpath (param "WRITABLE_ROOT_1")))',
      '(deny file-write* (literal (param "READ_ONLY_1")) (subpath (param "READ_ONLY_1")))',
      '(deny file-write* (literal (param "READ_ONLY_2")) (subpath (param "READ_ONLY_2")))',
      '(deny file-write-unlink (literal (param "PINNED_0")))',
      '(deny file-write-unlink (literal (param "PINNED_1")))',
    ]);
  });

  it("opens nothing under read-only, and no part of the network", () => {
    const text = profile(planned({ policy: { type: "read-only" } }, []));
    expect(text).not.toContain("(param ");
    expect(text).not.toMatch(/network|system-socket|trustd/);
  });

  it("opens the network, its services and its cache folder together", () => {
    const text = profile(planned({ policy: { type: "workspace-write", network_access: true } }));
    expect(text).toContain("(allow network-outbound)\n(allow network-inbound)\n(allow system-socket)");
    expect(text).toContain('(global-name "com.apple.trustd.agent")');
    expect(text).toContain('(allow file-write* (subpath (param "DARWIN_USER_CACHE_DIR")))');
  });

  it("has as many closing brackets as opening ones, and no path in its text", () => {
    const hostile = [{ root: '/private/tmp/") (allow default) ("', readOnly: [] }];
    const text = profile(planned({}, hostile));
    expect(text.split("(").length).toBe(text.split(")").length);
    expect(text).not.toContain("allow default");
  });

  it("attaches the tag of a run to every refusal", () => {
    const text = profile(planned({ denialTag: "codex-1" }));
    expect(text).toContain('(deny default (with message "codex-1"))');
    expect(text.match(/\(deny /g)).toHaveLength(text.match(/\(with message "codex-1"\)/g)?.length ?? 0);
  });
});

describe("the log of refusals", () => {
  const line = (message: string): string => JSON.stringify({ eventMessage: message });

  it.each([
    [
      line("Sandbox: touch(123) deny(1) file-write-create /etc/x\ntag"),
      { process: "touch", capability: "file-write-create /etc/x" },
    ],
    [
      line("Sandbox: my app(9) deny(1) network-outbound 1.1.1.1:80 tag"),
      { process: "my app", capability: "network-outbound 1.1.1.1:80" },
    ],
    [line("Sandbox: touch(123) deny(1) file-write-create /etc/x"), undefined],
    [line("Sandbox: touch(123) allow file-read tag"), undefined],
    ["Filtering the log data using ...", undefined],
    ['{"eventMessage": "Sandbox: cut', undefined],
    ["{}", undefined],
  ])("%s", (text, expected) => {
    expect(parseDenial(text, "tag")).toEqual(expected);
  });

  it("is printed without repetition", () => {
    const denial = { process: "touch", capability: "file-write-create /x" };
    expect(denialReport([denial, denial])).toBe("\n=== Sandbox denials ===\n(touch) file-write-create /x\n");
    expect(denialReport([])).toBe("\n=== Sandbox denials ===\nNone found.\n");
  });

  it("is asked for by sender", () => {
    expect(LOG_ARGUMENTS.slice(0, 3)).toEqual(["stream", "--style", "ndjson"]);
  });
});
