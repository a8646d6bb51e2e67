/** Which folders a policy opens, and what stays closed in them. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxPolicy, WorkspaceWritePolicy } from "@codex-ts/protocol";
import { isWritable, networkIsOff, writableRoots } from "../src/index.js";
import { accessMap } from "../src/policy/access-map.js";

let base: string;
const at = (...names: string[]): string => path.join(base, ...names);
beforeEach(() => {
  // Not below /tmp, which is a root of its own.
  base = realpathSync(
    mkdtempSync(process.platform === "linux" ? "/var/tmp/codex-roots-" : path.resolve("codex-roots-")),
  );
  ["work", "home", "other"].forEach((name) => mkdirSync(at(name)));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const without = { exclude_slash_tmp: true, exclude_tmpdir_env_var: true } as const;
const rootsOf = (policy: Partial<WorkspaceWritePolicy>, tmpdir?: string): ReturnType<typeof writableRoots> =>
  writableRoots({
    policy: { type: "workspace-write", ...policy },
    policyCwd: at("work"),
    codexHome: at("home"),
    tmpdir,
  });

describe("writable roots", () => {
  it.each<[string, SandboxPolicy]>([
    ["read-only", { type: "read-only" }],
    ["danger-full-access", { type: "danger-full-access" }],
    ["external-sandbox", { type: "external-sandbox" }],
  ])("%s has none", (_, policy) => {
    expect(writableRoots({ policy, policyCwd: at("work"), codexHome: at("home"), tmpdir: "/tmp" })).toEqual([]);
  });

  it("come in the order configured, workspace, /tmp, $TMPDIR, each once", () => {
    mkdirSync(at("tmpdir"));
    const roots = rootsOf({ writable_roots: [at("other"), at("work")] }, at("tmpdir")).map(({ root }) => root);
    const slashTmp = process.platform === "linux" ? ["/tmp"] : [realpathSync("/tmp")];
    expect(roots).toEqual([at("other"), at("work"), ...slashTmp, at("tmpdir")]);
  });

  it("that do not exist, and devices, are left out", () => {
    const roots = rootsOf({ ...without, writable_roots: [at("missing"), "/dev/null"] });
    expect(roots.map(({ root }) => root)).toEqual([at("work")]);
  });

  it("may be single files", () => {
    writeFileSync(at("file"), "");
    const roots = rootsOf({ ...without, writable_roots: [at("file")] });
    expect(roots[0]).toEqual({ root: at("file"), readOnly: [at("home")] });
    expect([isWritable(at("file"), roots), isWritable(at("file2"), roots)]).toEqual([true, false]);
  });

  it("an empty $TMPDIR is none, and a relative one counts from here", () => {
    expect(rootsOf({ exclude_slash_tmp: true }, "")).toHaveLength(1);
    expect(rootsOf({ exclude_slash_tmp: true }, ".").at(-1)?.root).toBe(realpathSync("."));
  });

  it("a $TMPDIR inside CODEX_HOME is none", () => {
    mkdirSync(at("home", "tmp"));
    expect(rootsOf({ exclude_slash_tmp: true }, at("home", "tmp"))).toHaveLength(1);
  });

  it("a link is followed where no command could have made it", () => {
    symlinkSync(at("other"), at("link"));
    expect(rootsOf({ ...without, writable_roots: [at("link")] })[0]?.root).toBe(at("other"));
  });

  it("a link inside another root that leads out is not followed", () => {
    mkdirSync(at("work", "sub"));
    symlinkSync(at("other"), at("work", "sub", "way-out"));
    symlinkSync(at("other"), at("work", "parent"));
    mkdirSync(at("other", "deep"));
    const writable_roots = [at("work", "sub", "way-out"), at("work", "parent", "deep")];
    expect(rootsOf({ ...without, writable_roots }).map(({ root }) => root)).toEqual([at("work")]);
  });
});

describe("what stays read-only in a root", () => {
  const readOnly = (): string[] => rootsOf(without)[0]?.readOnly ?? [];

  it("is .git and .codex, existing or not, and CODEX_HOME", () => {
    expect(readOnly()).toEqual([at("work", ".git"), at("work", ".codex"), at("home")]);
  });

  it("is where a pointer file leads, and the folder that worktrees share", () => {
    mkdirSync(at("other", ".git", "worktrees", "one"), { recursive: true });
    writeFileSync(at("other", ".git", "worktrees", "one", "commondir"), "../..\n");
    writeFileSync(at("work", ".git"), "gitdir: ../other/.git/worktrees/one\n");
    expect(readOnly()).toContain(at("other", ".git", "worktrees", "one"));
    expect(readOnly()).toContain(at("other", ".git"));
  });

  it.each(["", "gitdir:", "no colon", "gitdir: missing", "x".repeat(10_000)])(
    "a broken pointer %j leads nowhere",
    (text) => {
      writeFileSync(at("work", ".git"), text);
      expect(readOnly()).toEqual([at("work", ".git"), at("work", ".codex"), at("home")]);
    },
  );

  it("is where a link called .codex leads", () => {
    symlinkSync(at("other"), at("work", ".codex"));
    expect(readOnly()).toContain(at("other"));
  });
});

describe("isWritable", () => {
  const writable = (target: string, policy: Partial<WorkspaceWritePolicy> = {}): boolean =>
    isWritable(target, rootsOf({ ...without, ...policy }));

  it.each([
    ["a file in the workspace", ["work", "a"], true],
    ["a folder that does not exist", ["work", "a", "b", "c"], true],
    ["the workspace itself", ["work"], true],
    ["a sibling", ["other", "a"], false],
    ["a name that only begins like the workspace", ["workshop"], false],
    ["the way out by dots", ["work", "..", "other", "a"], false],
    [".git", ["work", ".git"], false],
    ["a hook", ["work", ".git", "hooks", "pre-commit"], false],
    [".codex", ["work", ".codex", "config.toml"], false],
    [".GIT, the same folder on many disks", ["work", ".GIT", "config"], false],
    [".Codex", ["work", ".Codex"], false],
    [".gitignore", ["work", ".gitignore"], true],
    [".git of a nested repository", ["work", "sub", ".git", "config"], true],
    ["CODEX_HOME", ["home", "config.toml"], false],
  ])("%s", (_, names, expected) => {
    expect(writable(at(...names))).toBe(expected);
  });

  it("follows links, also to what does not exist", () => {
    symlinkSync(at("other"), at("work", "out"));
    symlinkSync(at("other", "missing"), at("work", "dangling"));
    symlinkSync(at("work", "loop"), at("work", "loop"));
    symlinkSync(".git", at("work", "alias"));
    expect(["out/x", "dangling", "alias", "alias/config"].map((name) => writable(at("work", name)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(writable(at("work", "loop"))).toBe(true);
  });

  it("lets the deepest of several rules decide", () => {
    mkdirSync(at("work", ".git", "worktrees", "mine"), { recursive: true });
    const policy = { writable_roots: [base, at("work", ".git", "worktrees", "mine")] };
    expect(writable(at("work", ".git", "config"), policy)).toBe(false);
    expect(writable(at("work", ".git", "worktrees", "mine", "x"), policy)).toBe(true);
    expect(writable(at("home", "x"), policy)).toBe(false);
    expect(writable(at("other", "x"), policy)).toBe(true);
  });

  it("CODEX_HOME as a root is still read-only", () => {
    expect(writable(at("home", "x"), { writable_roots: [at("home")] })).toBe(false);
  });

  it("never opens what no root contains, whatever the path", () => {
    const roots = rootsOf(without);
    const name = fc.constantFrom("a", "..", ".", ".git", ".codex", "work", "other", "home", "");
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), (names) => {
        const target = [base, ...names].join("/");
        const real = path.resolve(target);
        const inside = real === at("work") || real.startsWith(`${at("work")}/`);
        const closed = /^\/\.(?:git|codex)(?:\/|$)/.test(real.slice(at("work").length));
        return isWritable(target, roots) === (inside && !closed);
      }),
    );
  });
});

it("an access map holds parents before children, and a path once", () => {
  const map = accessMap([
    { root: "/a/b", readOnly: ["/a/b/.git", "/a"] },
    { root: "/a", readOnly: ["/a/.git"] },
    { root: "/", readOnly: [] },
  ]);
  expect(map.map(({ path: target, access }) => `${access} ${target}`)).toEqual([
    "write /",
    "read /a",
    "read /a/.git",
    "write /a/b",
    "read /a/b/.git",
  ]);
});

it.each<[SandboxPolicy, boolean]>([
  [{ type: "read-only" }, true],
  [{ type: "danger-full-access" }, false],
  [{ type: "external-sandbox" }, true],
  [{ type: "external-sandbox", network_access: "restricted" }, true],
  [{ type: "external-sandbox", network_access: "enabled" }, false],
  [{ type: "workspace-write" }, true],
  [{ type: "workspace-write", network_access: true }, false],
])("%j: network off is %s", (policy, off) => {
  expect(networkIsOff(policy)).toBe(off);
});
