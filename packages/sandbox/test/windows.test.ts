/** What Windows would be told, as data. */

import { describe, expect, it } from "vitest";
import { coerceForWindows, windowsRestrictions, type SandboxScope } from "../src/index.js";

const scope: SandboxScope = {
  policy: { type: "workspace-write", writable_roots: ["D:\\more", "relative"] },
  policyCwd: "C:\\work",
  codexHome: "C:\\Users\\me\\.codex",
  tmpdir: undefined,
};

describe("restrictions", () => {
  it("allow the workspace, configured roots and temporary folders, and deny what stays read-only", () => {
    const { allow, deny } = windowsRestrictions(scope, {}, ["C:\\Temp", undefined, "C:\\Temp"]);
    expect(allow).toEqual(["C:\\work", "D:\\more", "C:\\work\\relative", "C:\\Temp"]);
    expect(deny).toContain("C:\\work\\.git");
    expect(deny).toContain("C:\\work\\.codex");
    expect(deny.at(-1)).toBe("C:\\Users\\me\\.codex");
  });

  it("leave temporary folders out when the policy does, and allow nothing under read-only", () => {
    const policy = { type: "workspace-write", exclude_tmpdir_env_var: true } as const;
    expect(windowsRestrictions({ ...scope, policy }, {}, ["C:\\Temp"]).allow).toEqual(["C:\\work"]);
    expect(windowsRestrictions({ ...scope, policy: { type: "read-only" } }, {}, ["C:\\Temp"]).allow).toEqual([]);
  });

  it("talk programs out of the network, without overriding what is set", () => {
    const { env } = windowsRestrictions(scope, { HTTP_PROXY: "mine", OUT: "/dev/null", SBX_NONET_ACTIVE: "0" }, []);
    expect(env).toMatchObject({
      SBX_NONET_ACTIVE: "1",
      HTTP_PROXY: "mine",
      HTTPS_PROXY: "http://127.0.0.1:9",
      NPM_CONFIG_OFFLINE: "true",
      OUT: "NUL",
      PAGER: "more.com",
      LESS: "",
    });
  });

  it("leave the network alone when it is allowed", () => {
    const policy = { type: "workspace-write", network_access: true } as const;
    expect(windowsRestrictions({ ...scope, policy }, { A: "1" }, []).env).toEqual({
      A: "1",
      GIT_PAGER: "more.com",
      PAGER: "more.com",
      LESS: "",
    });
  });
});

it("workspace-write becomes read-only, with the reason; other policies stay", () => {
  const { policy, reason } = coerceForWindows(scope.policy);
  expect(policy).toEqual({ type: "read-only" });
  expect(reason).toContain("changed to read-only");
  expect(coerceForWindows({ type: "danger-full-access" })).toEqual({
    policy: { type: "danger-full-access" },
    reason: undefined,
  });
});
