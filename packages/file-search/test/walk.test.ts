import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePath, compileSegment, matchesPath, matchesSegment } from "../src/glob.js";
import { parseIgnoreFile, verdictOf } from "../src/ignore-rules.js";
import { useFolder, walked, write } from "./folders.js";

const folder = useFolder();
const hasGitHere = spawnSync("git", ["--version"]).status === 0;
const RUNS = process.env["CODEX_TS_NIGHTLY"] ? 500 : 25;

describe("an ignore pattern", () => {
  it.each<[string, string, boolean]>([
    ["a", "a", true],
    ["a", "x/a", true],
    ["a", "ab", false],
    ["/a", "a", true],
    ["/a", "x/a", false],
    ["a/b", "a/b", true],
    ["a/b", "x/a/b", false],
    ["*.log", "x/y.log", true],
    ["*.log", ".log", true],
    ["a*c", "abc", true],
    ["a*c", "a/c", false],
    ["a?c", "abc", true],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[^a]x", "bx", true],
    ["[]]x", "]x", true],
    ["[a", "[a", true],
    ["[[:digit:]]x", "7x", true],
    ["\\#a", "#a", true],
    ["#a", "#a", false],
    ["\\!a", "!a", true],
    ["a\\ ", "a ", true],
    ["a ", "a", true],
    ["\\*", "*", true],
    ["\\*", "x", false],
    ["**/a", "x/y/a", true],
    ["**/a", "a", true],
    ["a/**", "a/b/c", true],
    ["a/**", "a", false],
    ["a/**/b", "a/b", true],
    ["a/**/b", "a/x/y/b", true],
    ["a/**/b", "a/x/y/c", false],
    ["a**b", "axb", true],
    ["é", "é", true],
    ["b\\/a", "b/a", true],
    ["a\\", "a\\", false],
    ["a\\\\", "a\\", true],
    ["", "a", false],
    ["/", "a", false],
  ])("%j and %j: %s", (pattern, path, ignored) => {
    expect(verdictOf(parseIgnoreFile(pattern), path.split("/"), false)).toBe(ignored ? "ignore" : "nothing");
  });

  it("for folders does not mean files, and the last line that matches counts", () => {
    const rules = parseIgnoreFile("x/\n*.log\n!keep.log\r\n");
    expect(verdictOf(rules, ["x"], false)).toBe("nothing");
    expect(verdictOf(rules, ["x"], true)).toBe("ignore");
    expect(verdictOf(rules, ["keep.log"], false)).toBe("include");
  });

  it("takes bounded time, whatever it is", () => {
    const hostile = `${"*a".repeat(5_000)}b`;
    expect(matchesSegment(compileSegment(hostile), "a".repeat(10_000))).toBe(false);
    const stars = "**/a/".repeat(2_000) + "b";
    expect(
      matchesPath(
        compilePath(stars),
        Array.from({ length: 4_000 }, () => "a"),
      ),
    ).toBe(false);
    expect(matchesSegment(compileSegment("[".repeat(10_000)), "x")).toBe(false);
    expect(parseIgnoreFile(`${"\\".repeat(10_000_000)}\n${"*".repeat(10_000_000)}/x`)).toEqual([]);
  });
});

describe("walking", () => {
  it("gives files, hidden ones too, but nothing of .git", () => {
    for (const path of ["a", ".hidden/x", "d/e/f", ".git/HEAD", "d/.git/x", ".gitignore"]) write(folder.path, path);
    expect(walked(folder.path)).toEqual([".gitignore", ".hidden/x", "a", "d/e/f"]);
  });

  it("heeds every kind of ignore file, the stronger kind and the inner folder first", () => {
    const { path } = folder;
    for (const name of ["a.log", "b.log", "sub/a.log", "sub/c.tmp", "private", "global", "x.bak", "sub/deep/y.bak"])
      write(path, name);
    write(path, ".gitignore", "*.log\n*.bak\n");
    write(path, ".ignore", "!b.log\n*.tmp\n");
    write(path, "sub/.gitignore", "!a.log\n");
    write(path, "sub/deep/.ignore", "!*.bak\n");
    write(path, ".git/info/exclude", "private\n");
    write(process.env["HOME"] ?? "", ".config/git/ignore", "global\n");
    const files = walked(path).filter((name) => !name.includes(".gitignore") && !name.includes(".ignore"));
    expect(files).toEqual(["b.log", "sub/a.log", "sub/deep/y.bak"]);
    expect(walked(path, { respectIgnore: false })).toContain("global");
  });

  it("heeds ignore files above the root, and the user's configured one", () => {
    const { path } = folder;
    write(dirname(path), ".gitignore", "root/above\n");
    write(process.env["HOME"] ?? "", ".gitconfig", "[core]\n\texcludesFile = ~/mine\n");
    write(process.env["HOME"] ?? "", "mine", "mine\n");
    for (const name of ["above", "mine", "x"]) write(path, name);
    expect(walked(path)).toEqual(["x"]);
  });

  it("does not enter ignored folders, so nothing in them comes back", () => {
    write(folder.path, ".gitignore", "out/\n!out/keep\n");
    write(folder.path, "out/keep");
    expect(walked(folder.path)).toEqual([".gitignore"]);
  });

  it("leaves out what the caller excludes, whatever ignore files say", () => {
    write(folder.path, ".ignore", "!a.log\n");
    for (const name of ["a.log", "b"]) write(folder.path, name);
    expect(walked(folder.path, { exclude: ["*.log", ".ignore"] })).toEqual(["b"]);
    expect(walked(folder.path, { exclude: ["*", "!b"], respectIgnore: false })).toEqual(["b"]);
  });

  it("follows links out of the root once, and never in circles", () => {
    const { path } = folder;
    write(dirname(path), "outside/x");
    write(path, "d/y");
    symlinkSync(join(dirname(path), "outside"), join(path, "a-link"));
    symlinkSync(join(dirname(path), "outside"), join(path, "b-link"));
    symlinkSync(path, join(path, "d/up"));
    symlinkSync(join(path, "d"), join(path, "same"));
    symlinkSync("circle", join(path, "circle"));
    symlinkSync("nowhere", join(path, "broken"));
    symlinkSync("d/y", join(path, "file-link"));
    symlinkSync(dirname(path), join(path, "parent"));
    expect(walked(path)).toEqual(["a-link/x", "broken", "circle", "d/y", "file-link"]);
  });

  it("finds nothing where there is nothing", () => {
    expect(walked(join(folder.path, "none"))).toEqual([]);
    write(folder.path, "file");
    expect(walked(join(folder.path, "file"))).toEqual([]);
  });

  it("leaves out names that are no UTF-8", () => {
    writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0x66, 0xff])]), "");
    write(folder.path, "a");
    expect(walked(folder.path)).toEqual(["a"]);
  });

  it.skipIf(!hasGitHere)(`finds what git would add, ${RUNS} times`, { timeout: RUNS * 2_000 }, () => {
    const name = fc.constantFrom("a", "b", "ab", "a.log", "c.d", ".x");
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
    const piece = fc.constantFrom("a", "b", "*", "**", "?", ".log", "/", "[a-c]", ".x", "!", "\\", " ", "ab", "c.d");
    const pattern = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
    const ignoreFile = fc.tuple(fc.constantFrom("", "a/", "b/"), fc.array(pattern, { maxLength: 4 }));
    let run = 0;
    fc.assert(
      fc.property(fc.array(path, { maxLength: 15 }), fc.array(ignoreFile, { maxLength: 2 }), (paths, ignoreFiles) => {
        const root = join(folder.path, `${run++}`);
        mkdirSync(root);
        execFileSync("git", ["init", "-q"], { cwd: root });
        const tryTo = (action: () => void): void => {
          try {
            action();
          } catch {
            // A file stands where this one needs a folder; then it is not part of the case.
          }
        };
        for (const file of paths) tryTo(() => write(root, file));
        for (const [where, patterns] of ignoreFiles)
          tryTo(() => write(root, `${where}.gitignore`, patterns.join("\n")));
        const listed = execFileSync("git", ["ls-files", "-zo", "--exclude-standard"], { cwd: root, encoding: "utf8" });
        expect(walked(root)).toEqual(listed.split("\0").filter(Boolean).toSorted());
      }),
      { seed: 6, numRuns: RUNS },
    );
  });
});
