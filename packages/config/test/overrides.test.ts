import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tomlToJson } from "../src/index.js";
import { overridesTable, overrideValue } from "../src/layers/overrides.js";
import { failure, testHome } from "./homes.js";

const merged = (...cli: string[]): unknown => tomlToJson(overridesTable({ cli }, "/cwd"));

describe("the value of -c", () => {
  it.each([
    ["o3", "o3"],
    ["a b", "a b"],
    ["o3=x", "o3=x"],
    ["[a]", "[a]"],
    ['"unterminated', "unterminated"],
    ["'single'", "single"],
    ['"quoted"', "quoted"],
    ['"it\'s"', "it's"],
    ["", ""],
    ["true", true],
    ["5", 5],
    ["1.5", 1.5],
    ['["a", "b"]', ["a", "b"]],
    ['{a = 1, "b.c" = {d = "e"}}', { a: 1, "b.c": { d: "e" } }],
    ["1 2", "1 2"],
  ])("%j is %j", (raw, value) => {
    expect(tomlToJson(overrideValue(raw, null))).toEqual(value);
  });
});

describe("the key of -c", () => {
  it.each([
    [["model=x"], { model: "x" }],
    [["  model  =  x  "], { model: "x" }],
    [["a.b.c=1"], { a: { b: { c: 1 } } }],
    [["a.b=1", "a.c=2"], { a: { b: 1, c: 2 } }],
    [["a=1", "a.b=2"], { a: { b: 2 } }],
    [["model=x", "model=y"], { model: "y" }],
    [['mcp_servers."a.b".command=srv'], { mcp_servers: { "a.b": { command: "srv" } } }],
    [["projects.'/p.x'.trust_level=trusted"], { projects: { "/p.x": { trust_level: "trusted" } } }],
    [['http."x=y".z=1'], { http: { "x=y": { z: 1 } } }],
    [["projects./p.x=1"], { projects: { "/p": { x: 1 } } }],
    [['projects={"/p.x"={trust_level="trusted"}}'], { projects: { "/p.x": { trust_level: "trusted" } } }],
    [['a="b.\\"c\\"=d"'], { a: 'b."c"=d' }],
  ])("%j", (cli, value) => {
    expect(merged(...cli)).toEqual(value);
  });

  it.each([
    ["foo", "Invalid override (missing '='): foo"],
    ["=x", "Empty key in override: =x"],
    ["  =x", "Empty key in override:   =x"],
  ])("%j is refused", (raw, message) => {
    expect(() => merged(raw)).toThrow(message);
  });
});

describe("--enable and --disable", () => {
  const enabled = async (enable: string[], disable: string[], cli: string[] = []): Promise<boolean> => {
    const config = await testHome().load({ overrides: { cli, features: { enable, disable } } });
    return config.features.enabled("unified_exec");
  };

  it("switch a feature", async () => {
    expect(await enabled(["unified_exec"], [])).toBe(true);
  });

  it("win over -c, whatever the order", async () => {
    expect(await enabled([], ["unified_exec"], ["features.unified_exec=true"])).toBe(false);
  });

  it("disable wins over enable", async () => {
    expect(await enabled(["unified_exec"], ["unified_exec"])).toBe(false);
  });

  it("know older names", async () => {
    expect(await enabled(["experimental_use_unified_exec_tool"], [])).toBe(true);
  });

  it("refuse names that do not exist", async () => {
    expect((await failure(enabled(["nope"], []))).message).toBe("Unknown feature flag: nope");
  });
});

describe("a fault in -c", () => {
  const loadError = async (...cli: string[]): Promise<string> =>
    (await failure(testHome().load({ overrides: { cli } }))).message;

  it("names the key in a second line", async () => {
    expect(await loadError("model_reasoning_effort=zz")).toBe(
      "unknown variant `zz`, expected one of `none`, `minimal`, `low`, `medium`, `high`, `xhigh`\nin `model_reasoning_effort`\n",
    );
  });

  it("shows the quoting that a text needs which looks like a number", async () => {
    expect(await loadError("model=5")).toBe(
      "invalid type: integer `5`, expected a string (to pass text that looks like something else, quote it twice: -c 'model=\"5\"')\nin `model`\n",
    );
  });
});

describe("paths in -c", () => {
  it("start at the working folder", async () => {
    const home = testHome();
    const cli = ['sandbox_mode="workspace-write"', 'sandbox_workspace_write.writable_roots=["sub", "/abs", "~/x"]'];
    const config = await home.load({ overrides: { cli } });
    expect(config.sandboxPolicy).toMatchObject({
      writable_roots: [join(home.cwd, "sub"), "/abs", join(home.root, "x")],
    });
  });
});

describe("values of a client", () => {
  it("are a layer like -c, by dotted key", async () => {
    const config = await testHome('model = "file"').load({
      overrides: {
        values: { model: "client", "features.undo": true, sandbox_workspace_write: { network_access: true } },
      },
    });
    expect([config.model, config.features.enabled("undo")]).toEqual(["client", true]);
    expect(config.layers.map((layer) => layer.name.type)).toEqual(["system", "user", "sessionFlags"]);
  });
});
