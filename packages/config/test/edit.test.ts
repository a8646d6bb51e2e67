import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  ConfigError,
  ConfigVersionConflict,
  editConfig,
  editToml,
  layerVersion,
  mcpServerEdits,
  mcpServerRemoval,
  modelEdits,
  parseToml,
  skillEdits,
  trustEdits,
  withFileLock,
  type ConfigEdit,
  type Json,
  type McpServerConfig,
  type TomlTable,
} from "../src/index.js";
import { failure, testHome } from "./homes.js";

const set = (path: (string | number)[], value: Json): ConfigEdit => ({ kind: "set", path, value });
const remove = (...path: (string | number)[]): ConfigEdit => ({ kind: "remove", path });
const rootOf = (text: string): TomlTable => parseToml({ file: null, text, folder: null, layer: null }).root;

describe("setting a value", () => {
  it.each<[string, string, ConfigEdit[], string]>([
    ["keeps the comment behind it", 'model = "a" # inline\n', [set(["model"], "new")], 'model = "new" # inline\n'],
    ["keeps the line ends of the file", "a = 1\r\nb = 2\r\n", [set(["c"], 3)], "a = 1\r\nb = 2\r\nc = 3\r\n"],
    ["starts a file", "", [set(["model"], "m")], 'model = "m"\n'],
    ["ends an unended line first", "a = 1", [set(["b"], 2)], "a = 1\nb = 2\n"],
    [
      "puts top-level keys above the first table",
      "# about x\n[x]\ny = 1\n",
      [set(["a"], 1)],
      "a = 1\n\n# about x\n[x]\ny = 1\n",
    ],
    [
      "adds to a table behind its last key",
      "[x]\ny = 1 # c\n\n[z]\n",
      [set(["x", "w"], true)],
      "[x]\ny = 1 # c\nw = true\n\n[z]\n",
    ],
    ["adds to an empty table", "[x]\n[z]\n", [set(["x", "w"], true)], "[x]\nw = true\n[z]\n"],
    ["makes a table that is missing", "a = 1\n", [set(["x", "y"], 2)], "a = 1\n\n[x]\ny = 2\n"],
    [
      "makes a table beside its relatives",
      "[x.a]\nv = 1\n# more of a\n\n[z]\n",
      [set(["x", "b"], { v: 2 })],
      "[x.a]\nv = 1\n# more of a\n\n[x.b]\nv = 2\n\n[z]\n",
    ],
    [
      "writes tables in tables as sections",
      "",
      [set(["m", "s"], { c: "x", env: { B: "2" } })],
      '[m.s]\nc = "x"\n\n[m.s.env]\nB = "2"\n',
    ],
    [
      "stays between braces",
      "# c\nx = { a = 1 } # d\n",
      [set(["x", "b"], { c: 2 })],
      "# c\nx = { a = 1, b = { c = 2 } } # d\n",
    ],
    ["stays between empty braces", "x = {}\n", [set(["x", "b"], 1)], "x = { b = 1 }\n"],
    [
      "keeps a comma at the end",
      "x = {\n  a = 1, # one\n}\n",
      [set(["x", "b"], 2)],
      "x = {\n  a = 1, b = 2, # one\n}\n",
    ],
    ["continues dotted keys", "x.a = 1\n[t]\n", [set(["x", "b", "c"], 2)], "x.a = 1\nx.b = { c = 2 }\n[t]\n"],
    ["replaces a scalar that is in the way", "x = 5\n", [set(["x", "y"], 1)], "[x]\ny = 1\n"],
    [
      "quotes keys that need it",
      "",
      [set(["projects", "/a b", "trust_level"], "trusted")],
      '[projects."/a b"]\ntrust_level = "trusted"\n',
    ],
    ["escapes text", "", [set(["a"], 'q"\\\n\u0001é')], 'a = "q\\"\\\\\\n\\u0001é"\n'],
    ["replaces a list where it stands", "a = [\n  1,\n  2,\n] # c\n", [set(["a"], ["x"])], 'a = ["x"] # c\n'],
    [
      "changes only what differs in a table",
      "[m.s]\na = 1 # one\nb = 2 # two\n",
      [set(["m", "s"], { a: 1, b: 3 })],
      "[m.s]\na = 1 # one\nb = 3 # two\n",
    ],
    [
      "appends to a list of tables",
      "[[s.c]]\np = 1\n\n[t]\n",
      [set(["s", "c", 1], { p: 2 })],
      "[[s.c]]\np = 1\n\n[[s.c]]\np = 2\n\n[t]\n",
    ],
    ["begins a list of tables", "a = 1\n", [set(["s", "c", 0], { p: 2 })], "a = 1\n\n[[s.c]]\np = 2\n"],
    ["changes nothing when the value is there already", "a = 0x10 # hex\n", [set(["a"], 16)], "a = 0x10 # hex\n"],
  ])("%s", (_name, before, edits, after) => {
    expect(editToml(before, edits)).toBe(after);
  });
});

describe("removing a value", () => {
  it.each<[string, string, ConfigEdit[], string]>([
    ["takes its line", "# head\na = 1 # c\nb = 2\n", [remove("a")], "# head\nb = 2\n"],
    [
      "takes a table with its tables, and leaves the others",
      "[m.a]\nc = 1\n\n[m.a.env]\nX = 1\n\n# about b\n[m.b]\nd = 1\n",
      [remove("m", "a")],
      "# about b\n[m.b]\nd = 1\n",
    ],
    ["takes the comments of a table that are its own", "[a]\nx = 1\n# y = 2\n\n[b]\n", [remove("a")], "[b]\n"],
    [
      "leaves comments that may belong to the next table",
      "[a]\nx = 1\n# about b\n[b]\n",
      [remove("a")],
      "# about b\n[b]\n",
    ],
    ["takes the first of a list between braces", "x = { a = 1, b = 2 }\n", [remove("x", "a")], "x = { b = 2 }\n"],
    [
      "takes the last of a list between braces",
      "x = { a = 1, b = 2 } # c\n",
      [remove("x", "b")],
      "x = { a = 1 } # c\n",
    ],
    ["takes the only one between braces", "x = { a = 1 }\n", [remove("x", "a")], "x = {  }\n"],
    ["takes dotted keys between braces", "x = { a.b = 1, c = 2, a.d = 3 }\n", [remove("x", "a")], "x = { c = 2 }\n"],
    ["takes dotted keys", "x.a = 1\nx.b = 2\ny = 3\n", [remove("x")], "y = 3\n"],
    ["takes an item of a list", "x = [1, 2, 3]\n", [remove("x", 1)], "x = [1, 3]\n"],
    ["takes an item of a list of tables", "[[s]]\na = 1\n\n[[s]]\na = 2\n", [remove("s", 0)], "[[s]]\na = 2\n"],
    ["does nothing when there is nothing", "a = 1\n", [remove("b"), remove("a", "c")], "a = 1\n"],
  ])("%s", (_name, before, edits, after) => {
    expect(editToml(before, edits)).toBe(after);
  });
});

describe("the file that corrupted the original: an inline table after a comment", () => {
  it("is edited between its braces", () => {
    const before = '# comment\nmcp_servers = { old = { command = "x" } }\n';
    expect(editToml(before, mcpServerEdits("new", stdio("srv")))).toBe(
      '# comment\nmcp_servers = { old = { command = "x" }, new = { command = "srv" } }\n',
    );
  });
});

function stdio(command: string, more: Partial<McpServerConfig> = {}): McpServerConfig {
  return {
    transport: { type: "stdio", command, args: [], env: null, envVars: [], cwd: null },
    enabled: true,
    disabledReason: null,
    startupTimeoutSec: null,
    toolTimeoutSec: null,
    enabledTools: null,
    disabledTools: null,
    scopes: null,
    ...more,
  };
}

describe("edits that programs make", () => {
  it("a server is written in the usual order, with what is set only", () => {
    const server: McpServerConfig = {
      ...stdio("npx"),
      transport: {
        type: "stdio",
        command: "npx",
        args: ["-y", "srv"],
        env: { B: "2", A: "1" },
        envVars: ["HOME"],
        cwd: "/w",
      },
      enabled: false,
      startupTimeoutSec: 2.5,
      toolTimeoutSec: 30,
      disabledTools: [],
    };
    expect(editToml("", mcpServerEdits("x", server))).toBe(
      '[mcp_servers.x]\ncommand = "npx"\nargs = ["-y", "srv"]\nenv_vars = ["HOME"]\ncwd = "/w"\nenabled = false\nstartup_timeout_sec = 2.5\ntool_timeout_sec = 30\ndisabled_tools = []\n\n[mcp_servers.x.env]\nA = "1"\nB = "2"\n',
    );
  });

  it("an HTTP server likewise", () => {
    const server: McpServerConfig = {
      ...stdio(""),
      transport: {
        type: "streamable_http",
        url: "http://h",
        bearerTokenEnvVar: "T",
        httpHeaders: { X: "1" },
        envHttpHeaders: { Y: "V" },
      },
      scopes: ["a"],
    };
    expect(editToml("", mcpServerEdits("x", server))).toBe(
      '[mcp_servers.x]\nurl = "http://h"\nbearer_token_env_var = "T"\nscopes = ["a"]\n\n[mcp_servers.x.http_headers]\nX = "1"\n\n[mcp_servers.x.env_http_headers]\nY = "V"\n',
    );
  });

  it("adding and removing a server leaves comments and unknown keys of the others alone", () => {
    const before = '[mcp_servers.keep] # mine\ncommand = "c" # why\nstartup_timeout_ms = 5\nfuture_key = 1\n';
    const added = editToml(before, mcpServerEdits("x", stdio("srv")));
    expect(added).toBe(`${before}\n[mcp_servers.x]\ncommand = "srv"\n`);
    expect(editToml(added, mcpServerRemoval("x")).trimEnd()).toBe(before.trimEnd());
  });

  it("a server of the same name is replaced", () => {
    expect(editToml('[mcp_servers.x]\nurl = "u"\nscopes = ["a"]\n', mcpServerEdits("x", stdio("srv")))).toBe(
      '[mcp_servers.x]\ncommand = "srv"\n',
    );
  });

  it.each<[string, string, string | null, string]>([
    ["at the top level", 'model = "a"\n', null, 'model = "new"\nmodel_reasoning_effort = "high"\n'],
    ["in the named profile", "", "p", '[profiles.p]\nmodel = "new"\nmodel_reasoning_effort = "high"\n'],
    [
      "in the file's own profile",
      'profile = "q"\n',
      null,
      'profile = "q"\n\n[profiles.q]\nmodel = "new"\nmodel_reasoning_effort = "high"\n',
    ],
  ])("the model is remembered %s", (_name, before, profile, after) => {
    expect(editToml(before, modelEdits(rootOf(before), profile, { model: "new", reasoningEffort: "high" }))).toBe(
      after,
    );
  });

  it("an effort of null is forgotten", () => {
    const before = 'model = "a"\nmodel_reasoning_effort = "low"\n';
    expect(editToml(before, modelEdits(rootOf(before), null, { reasoningEffort: null }))).toBe('model = "a"\n');
  });

  it("trust is written as a table, and between braces where the user writes braces", () => {
    expect(editToml("", trustEdits("/p", "trusted"))).toBe('[projects."/p"]\ntrust_level = "trusted"\n');
    expect(editToml('projects = { "/q" = { trust_level = "trusted" } }\n', trustEdits("/p", "untrusted"))).toBe(
      'projects = { "/q" = { trust_level = "trusted" }, "/p" = { trust_level = "untrusted" } }\n',
    );
  });

  it("a skill is switched off, off again, and on", () => {
    const toggle = (text: string, path: string, enabled: boolean): string =>
      editToml(text, skillEdits(rootOf(text), path, enabled));
    const off = toggle("", "/s", false);
    expect(off).toBe('[[skills.config]]\npath = "/s"\nenabled = false\n');
    expect(toggle(off, "/s", false)).toBe(off);
    const two = toggle(off, "/t", false);
    expect(toggle(two, "/s", true)).toBe('[[skills.config]]\npath = "/t"\nenabled = false\n');
    expect(toggle(off, "/s", true)).toBe("");
    expect(toggle(off.replace("false", "true"), "/s", false)).toBe(off);
  });

  it("a skill is found by its real path", () => {
    const text = '[[skills.config]]\npath = "/link"\nenabled = false\n';
    expect(
      editToml(
        text,
        skillEdits(rootOf(text), "/real", true, () => "/real"),
      ),
    ).toBe("");
  });
});

describe("a file", () => {
  const mode = (file: string): number => statSync(file).mode & 0o777;

  it("is made when it is missing, for its owner only", async () => {
    const home = testHome();
    const file = join(home.codexHome, "new/config.toml");
    const result = await editConfig(file, [set(["a"], 1)]);
    expect([readFileSync(file, "utf8"), mode(file), result.changed]).toEqual(["a = 1\n", 0o600, true]);
    expect(readdirSync(join(home.codexHome, "new"))).toEqual(["config.toml"]);
  });

  it("is not touched when nothing changes", async () => {
    const home = testHome("a = 1 # x\n");
    const file = join(home.codexHome, "config.toml");
    const facts = (): bigint[] =>
      [statSync(file, { bigint: true })].flatMap(({ ino, mtimeNs, ctimeNs }) => [ino, mtimeNs, ctimeNs]);
    const before = facts();
    expect(await editConfig(file, [set(["a"], 1), remove("b")])).toMatchObject({ changed: false });
    expect(facts()).toEqual(before);
  });

  it("behind a chain of links is replaced, the links stay", async () => {
    const home = testHome("", { "real/config.toml": "a = 1\n" });
    const file = join(home.codexHome, "config.toml");
    symlinkSync("../real/config.toml", join(home.root, "home/second"));
    symlinkSync("second", file);
    await editConfig(file, [set(["a"], 2)]);
    expect([readlinkSync(file), readFileSync(join(home.root, "real/config.toml"), "utf8")]).toEqual([
      "second",
      "a = 2\n",
    ]);
  });

  it("behind a dangling link is made where the link points", async () => {
    const home = testHome();
    symlinkSync("../other.toml", join(home.codexHome, "config.toml"));
    await editConfig(join(home.codexHome, "config.toml"), [set(["a"], 2)]);
    expect(readFileSync(join(home.root, "other.toml"), "utf8")).toBe("a = 2\n");
  });

  it("behind a circle of links replaces the link", async () => {
    const home = testHome();
    const file = join(home.codexHome, "config.toml");
    symlinkSync("config.toml", file);
    await editConfig(file, [set(["a"], 2)]);
    expect([lstatSync(file).isFile(), readFileSync(file, "utf8")]).toEqual([true, "a = 2\n"]);
  });

  it("of another version is left alone", async () => {
    const home = testHome("a = 1\n");
    const file = join(home.codexHome, "config.toml");
    const version = await layerVersion(rootOf("a = 1"));
    const first = await editConfig(file, [set(["a"], 2)], { expectedVersion: version });
    await expect(editConfig(file, [set(["a"], 3)], { expectedVersion: version })).rejects.toBeInstanceOf(
      ConfigVersionConflict,
    );
    expect(readFileSync(file, "utf8")).toBe("a = 2\n");
    await editConfig(file, [set(["a"], 3)], { expectedVersion: first.version });
    expect(readFileSync(file, "utf8")).toBe("a = 3\n");
  });

  it.each<[string, string, ConfigEdit[]]>([
    ["is broken", "a = ", [set(["a"], 1)]],
    ["gets one good and one impossible edit", "a = 1\n", [set(["a"], 2), set([], 1)]],
  ])("that %s stays as it is", async (_name, text, edits) => {
    const home = testHome(text);
    const file = join(home.codexHome, "config.toml");
    expect(await failure(editConfig(file, edits))).toBeInstanceOf(ConfigError);
    expect([readFileSync(file, "utf8"), readdirSync(home.codexHome)]).toEqual([text, ["config.toml"]]);
  });

  it("that the result would make invalid stays as it is", async () => {
    const home = testHome("a = 1\n");
    const file = join(home.codexHome, "config.toml");
    const validate = (): never => {
      throw new ConfigError("schema", "no");
    };
    expect((await failure(editConfig(file, [set(["a"], 2)], { validate }))).message).toBe("no");
    expect(readFileSync(file, "utf8")).toBe("a = 1\n");
  });

  it("in a folder that is none cannot be written, and the message names it", async () => {
    const home = testHome("", { "home/file": "" });
    const file = join(home.codexHome, "file/config.toml");
    const error = await failure(editConfig(file, [set(["a"], 1)]));
    expect(error.message).toContain(file);
    expect(error).toBeInstanceOf(ConfigError);
  });

  it("keeps every edit of writers that come at the same time", async () => {
    const home = testHome("# head\n");
    const file = join(home.codexHome, "config.toml");
    await Promise.all(Array.from({ length: 12 }, (_, index) => editConfig(file, [set(["t", `k${index}`], index)])));
    const value = rootOf(readFileSync(file, "utf8")).entries.get("t")?.value;
    expect(value?.kind === "table" ? value.entries.size : 0).toBe(12);
    expect(readdirSync(home.codexHome)).toEqual(["config.toml"]);
  });
});

describe("the lock between processes", () => {
  it("lets one in at a time", async () => {
    const path = join(testHome().root, "thing");
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await Promise.resolve();
      inside--;
    };
    await Promise.all(Array.from({ length: 8 }, () => withFileLock(path, work)));
    expect(most).toBe(1);
  });

  it("is given back when the work fails", async () => {
    const path = join(testHome().root, "thing");
    await expect(withFileLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await withFileLock(path, () => "again", { timeoutMs: 0 })).toBe("again");
  });

  it.each([
    ["a process that is gone", { pid: 2 ** 22 + 1 }],
    ["a process whose number another one has now", { pid: process.ppid, start: "1", place: "" }],
    ["an earlier process with our own number", { pid: process.pid, start: "1", place: "" }],
  ])("is taken from %s", async (_name, holder) => {
    const path = join(testHome().root, "thing");
    writeFileSync(`${path}.lock`, JSON.stringify({ ...holder, host: hostname() }));
    expect(await withFileLock(path, () => "in", { timeoutMs: 2000 })).toBe("in");
  });

  it("says who holds it, so that nobody takes it from us", async () => {
    const path = join(testHome().root, "thing");
    await withFileLock(path, async () => {
      expect(JSON.parse(readFileSync(`${path}.lock`, "utf8"))).toMatchObject({ pid: process.pid, host: hostname() });
      await expect(withFileLock(path, () => "in", { timeoutMs: 30, staleMs: -1 })).rejects.toThrow(
        "another process is using",
      );
    });
  });

  it.each([
    ["another machine", { pid: 1, host: "elsewhere" }],
    ["another process space", { pid: 2 ** 22 + 1, host: hostname(), start: "1", place: "pid:[1]" }],
  ])("is taken from a holder of %s only after a while", async (_name, holder) => {
    const path = join(testHome().root, "thing");
    writeFileSync(`${path}.lock`, JSON.stringify(holder));
    await expect(withFileLock(path, () => "in", { timeoutMs: 30 })).rejects.toThrow(`delete ${path}.lock`);
    expect(await withFileLock(path, () => "in", { timeoutMs: 2000, staleMs: -1 })).toBe("in");
  });

  it("is not taken from a living process", async () => {
    const path = join(testHome().root, "thing");
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: process.pid, host: hostname() }));
    await expect(withFileLock(path, () => "in", { timeoutMs: 30, staleMs: -1 })).rejects.toThrow(
      "another process is using",
    );
  });

  it("stops waiting when told so", async () => {
    const path = join(testHome().root, "thing");
    mkdirSync(`${path}.lock`);
    await expect(withFileLock(path, () => "in", { signal: AbortSignal.abort() })).rejects.toThrow("abort");
  });
});
