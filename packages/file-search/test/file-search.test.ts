import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type EngineUpdate, startEngine } from "../src/engine.js";
import { FileSearchError, openFileSearch, searchFiles } from "../src/index.js";
import { useFolder, write } from "./folders.js";

const folder = useFolder();
const packageDir = join(import.meta.dirname, "..");

function observedTree(): void {
  for (const path of [
    "src/main.rs",
    "src/Main.java",
    "src/deep/app_server.ts",
    ".hidden/secret.txt",
    "é.txt",
    "sp ace.txt",
  ]) {
    write(folder.path, path);
  }
  write(folder.path, "x.log");
  write(folder.path, "ignored/index.ts");
  write(folder.path, ".gitignore", "*.log\n");
  write(folder.path, ".ignore", "ignored/\n");
}

const find = async (text: string, roots = [folder.path]) =>
  (await searchFiles(text, { roots })).matches.map((match) => `${match.path} ${match.score}`);

describe("searching files", () => {
  it.each<[string, string[]]>([
    ["main", ["src/Main.java 109", "src/main.rs 109"]],
    ["Main", ["src/Main.java 109"]],
    ["mrs", ["src/main.rs 76"]],
    ["e.txt", ["é.txt 140", "sp ace.txt 112", ".hidden/secret.txt 109"]],
    ["head", []],
    ["^src", []],
    ["log", []],
    ["index", []],
    ["", []],
  ])("for %j finds %j", async (text, expected) => {
    observedTree();
    expect(await find(text)).toEqual(expected);
  });

  it("finds nothing without roots, or in roots that do not exist", async () => {
    expect(await find("a", [])).toEqual([]);
    expect(await find("a", [join(folder.path, "none"), "relative-none"])).toEqual([]);
  });

  it("names the root of each match and keeps the best of each", async () => {
    for (const path of ["one/a", "one/ba", "two/a"]) write(folder.path, path);
    const roots = [join(folder.path, "one"), join(folder.path, "two")];
    const result = await searchFiles("a", { roots, limit: 1 });
    expect(result.matches.map((match) => [match.root, match.path])).toEqual([
      [roots[0], "a"],
      [roots[1], "a"],
    ]);
    expect(result).toMatchObject({ total: 3, walked: 3, complete: true });
  });
});

describe("an open search", () => {
  it("answers one query after another, and gives older ones up", async () => {
    observedTree();
    const search = await openFileSearch({ roots: [folder.path] });
    const [first, second] = await Promise.all([search.query("main"), search.query("secret")]);
    expect(first).toEqual({ matches: [], total: 0, walked: 0, complete: false });
    expect(second.matches.map((match) => match.path)).toEqual([".hidden/secret.txt"]);
    expect((await search.query("secretq")).matches).toEqual([]);
    expect((await search.query("ace")).total).toBe(1);
    search.close();
  });

  it("gives a query up when told to, before and after it was asked", async () => {
    observedTree();
    const search = await openFileSearch({ roots: [folder.path] });
    const stop = new AbortController();
    const asked = search.query("main", { signal: stop.signal });
    stop.abort();
    expect(await asked).toMatchObject({ matches: [], complete: false });
    expect(await search.query("main", { signal: stop.signal })).toMatchObject({ complete: false });
    expect((await search.query("main")).matches).toHaveLength(2);
    search.close();
  });

  it("answers with nothing once it is closed", async () => {
    const search = await openFileSearch({ roots: [folder.path] });
    const asked = search.query("a");
    search.close();
    expect(await asked).toMatchObject({ complete: false });
    expect(await search.query("a")).toMatchObject({ complete: false });
    search.close();
  });

  it("says so when the worker dies", async () => {
    // A root that is no text makes the worker fail.
    const roots: string[] = JSON.parse("[1]");
    const search = await openFileSearch({ roots });
    await expect(search.query("a")).rejects.toThrow(FileSearchError);
    await expect(search.query("a")).rejects.toThrow(/^The file search failed: /);
    search.close();
  });
});

describe("the engine", () => {
  it("tells what it has so far, and completes", async () => {
    for (let n = 0; n < 40; n++) write(folder.path, `d${n}/file${n}`);
    const updates: EngineUpdate[] = [];
    const done = Promise.withResolvers<undefined>();
    const engine = startEngine(
      { roots: [folder.path], respectIgnore: true, exclude: [] },
      () => 1,
      (update) => {
        updates.push(update);
        if (update.complete) done.resolve(undefined);
      },
    );
    engine.query({ id: 1, text: "file", limit: 5 });
    await done.promise;
    expect(updates[0]).toMatchObject({ id: 1, walked: 0, complete: false, matches: [] });
    expect(updates.at(-1)).toMatchObject({ total: 40, walked: 40 });
    expect(updates.at(-1)?.matches).toHaveLength(5);
    engine.query({ id: 1, text: "file39", limit: 5 });
    expect(updates.at(-1)?.matches.map((match) => match.path)).toEqual(["d39/file39"]);
    engine.stop();
    engine.query({ id: 1, text: "file", limit: 5 });
    expect(updates.at(-1)?.total).toBe(1);
  });
});

describe("the bundled worker", () => {
  it("is made from the sources as they are", () => {
    const args = [join(packageDir, "scripts/bundle-worker.mjs"), "--check"];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });
});
