import { parseToml } from "@codex-ts/config";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigOverrideError, sharedOverrides, threadOverrides } from "../src/config-overrides.js";
import type { CodexConfigObject, CodexConfigValue, ThreadOptions } from "../src/options.js";

describe("settings become key=value pairs", () => {
  it.each<[name: string, config: CodexConfigObject, pairs: string[]]>([
    ["nothing", {}, []],
    ["a text", { model: "o3" }, ['model="o3"']],
    ["a text with quotes and lines", { a: 'q"\n' }, ['a="q\\"\\n"']],
    ["numbers and switches", { a: 1.5, b: false }, ["a=1.5", "b=false"]],
    ["a table, as dotted paths", { a: { b: { c: 1 }, d: true } }, ["a.b.c=1", "a.d=true"]],
    ["an empty table", { a: {} }, ["a={}"]],
    ["a list with a table", { a: [1, "x", { d: true }] }, ['a=[1, "x", {d = true}]']],
    ["keys that are paths already", { "a.b": 1 }, ["a.b=1"]],
    ["keys that need quotes", { projects: { "/p.x": { n: 1 } }, "i j": 2 }, ['projects."/p.x".n=1', '"i j"=2']],
  ])("%s", (_name, config, pairs) => {
    expect(sharedOverrides({ config })).toEqual(pairs);
  });

  it("come first, then the raw ones, then the address", () => {
    const options = { config: { a: 1 }, configOverrides: ["a=2", "raw"], baseUrl: 'http://x/"y' };
    expect(sharedOverrides(options)).toEqual(["a=1", "a=2", "raw", 'openai_base_url="http://x/\\"y"']);
  });

  it.each<[name: string, config: Record<string, unknown>]>([
    ["null", { a: { b: null } }],
    ["not a number", { a: Number.NaN }],
    ["an endless number", { a: [Number.POSITIVE_INFINITY] }],
    ["a function", { a: () => 1 }],
    ["an empty key", { a: { "": 1 } }],
  ])("or are refused: %s", (_name, config) => {
    expect(() => sharedOverrides({ config: config as CodexConfigObject })).toThrow(ConfigOverrideError);
  });

  it("leave out what is undefined", () => {
    expect(sharedOverrides({ config: { a: undefined } as unknown as CodexConfigObject })).toEqual([]);
  });

  it("are TOML whatever they say", () => {
    const value = fc.letrec<{ value: CodexConfigValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: "binary" }),
        fc.integer(),
        fc.boolean(),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { maxKeys: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), (list) => {
        const [pair = ""] = sharedOverrides({ config: { key: list } });
        expect(() =>
          parseToml({ file: null, text: pair, folder: null, layer: { type: "sessionFlags" } }),
        ).not.toThrow();
      }),
      { numRuns: process.env["CODEX_TS_NIGHTLY"] === undefined ? 200 : 20_000 },
    );
  });
});

describe("a thread's options that have no flag", () => {
  it.each<[options: ThreadOptions, pairs: string[]]>([
    [{}, []],
    [{ modelReasoningEffort: "high" }, ['model_reasoning_effort="high"']],
    [{ networkAccessEnabled: false }, ["sandbox_workspace_write.network_access=false"]],
    [{ webSearchMode: "cached", webSearchEnabled: true }, ['web_search="cached"']],
    [{ webSearchEnabled: true }, ['web_search="live"']],
    [{ webSearchEnabled: false }, ['web_search="disabled"']],
    [{ approvalPolicy: "on-request" }, ['approval_policy="on-request"']],
  ])("%j", (options, pairs) => {
    expect(threadOverrides(options)).toEqual(pairs);
  });
});
