import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, resolveCodexHome } from "../src/index.js";
import { testHome } from "./homes.js";

describe("CODEX_HOME", () => {
  it("has its links resolved", () => {
    const { root } = testHome();
    mkdirSync(join(root, "real"));
    symlinkSync(join(root, "real"), join(root, "link"));
    expect(resolveCodexHome({ CODEX_HOME: join(root, "link") })).toBe(realpathSync(join(root, "real")));
  });

  it.each([[{}], [{ CODEX_HOME: "" }]])("unset or empty means .codex in the home folder: %j", (env) => {
    expect(resolveCodexHome({ HOME: "/no/such/home", ...env })).toBe("/no/such/home/.codex");
  });

  it("that does not exist is named, with the way out", () => {
    const missing = "/no/such/folder";
    expect(() => resolveCodexHome({ CODEX_HOME: missing })).toThrow(
      "No such file or directory (os error 2) (CODEX_HOME is set to /no/such/folder; create that folder or unset the variable)",
    );
    expect(() => resolveCodexHome({ CODEX_HOME: missing })).toThrow(ConfigError);
  });

  it("that is a file is refused", () => {
    const { root } = testHome();
    const file = join(root, "file");
    writeFileSync(file, "");
    expect(() => resolveCodexHome({ CODEX_HOME: file })).toThrow(`CODEX_HOME is not a folder: ${file}`);
  });
});
