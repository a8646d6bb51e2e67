/** AGENTS.md: which files count, in which order, within which budget. */

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { readAgentsMd } from "../../src/instructions/agents-md.js";

function read(
  files: Record<string, string>,
  options: { cwd?: string; maxBytes?: number; fallback?: string[]; git?: boolean } = {},
) {
  using home = tempHome({ git: options.git ?? true });
  for (const [name, text] of Object.entries(files)) {
    const path = name.startsWith("home/") ? join(home.codexHome, name.slice(5)) : join(home.workspace, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const cwd = join(home.workspace, options.cwd ?? "");
  mkdirSync(cwd, { recursive: true });
  return readAgentsMd({
    cwd,
    codexHome: home.codexHome,
    maxBytes: options.maxBytes ?? 32_768,
    fallbackFilenames: options.fallback ?? [],
  });
}

describe("readAgentsMd", () => {
  it("is empty without files", () => expect(read({})).toEqual({ text: null, warnings: [] }));

  it("goes from the repository's root down to the folder", () => {
    expect(
      read({ "AGENTS.md": "root", "a/AGENTS.md": "a", "a/b/AGENTS.md": "b", "c/AGENTS.md": "c" }, { cwd: "a/b" }).text,
    ).toBe("root\n\na\n\nb");
  });

  it("looks only into the folder itself outside of a repository", () => {
    expect(read({ "AGENTS.md": "root", "a/AGENTS.md": "a" }, { cwd: "a", git: false }).text).toBe("a");
  });

  it("puts the user's own file first", () => {
    expect(read({ "home/AGENTS.md": " own \n", "AGENTS.md": "project" }).text).toBe(
      "own\n\n--- project-doc ---\n\nproject",
    );
  });

  it("prefers overrides, then the standard name, then fallbacks", () => {
    expect(read({ "AGENTS.override.md": "o", "AGENTS.md": "a" }).text).toBe("o");
    expect(read({ "CLAUDE.md": "c", "AGENTS.md": "a" }, { fallback: ["CLAUDE.md"] }).text).toBe("a");
    expect(read({ "CLAUDE.md": "c" }, { fallback: ["", "CLAUDE.md"] }).text).toBe("c");
  });

  it("cuts the least specific file and says so", () => {
    const found = read({ "AGENTS.md": "0123456789", "a/AGENTS.md": "deep" }, { cwd: "a", maxBytes: 9 });
    expect(found.text).toBe("01234\n\ndeep");
    expect(found.warnings).toEqual([expect.stringMatching(/AGENTS\.md was cut: .*project_doc_max_bytes \(9\)/)]);
  });

  it("reads nothing of the project with a budget of 0", () => {
    expect(read({ "AGENTS.md": "x" }, { maxBytes: 0 }).text).toBeNull();
  });

  it("reports a file that cannot be read and keeps the others", () => {
    using home = tempHome({ files: { "sub/AGENTS.md": "sub" } });
    symlinkSync(home.workspace, join(home.workspace, "AGENTS.md"));
    const found = readAgentsMd({
      cwd: join(home.workspace, "sub"),
      codexHome: home.codexHome,
      maxBytes: 100,
      fallbackFilenames: [],
    });
    expect(found.text).toBe("sub");
    expect(found.warnings).toEqual([expect.stringContaining("could not be read (EISDIR)")]);
  });
});
