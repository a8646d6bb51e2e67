import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  ConfigWriteError,
  readLayers,
  viewConfig,
  writeConfigValues,
  type ConfigValueEdit,
  type ConfigWriteRequest,
  type ConfigWriteResponse,
  type SessionOverrides,
} from "../src/index.js";
import { failure, testHome, type TestHome } from "./homes.js";

const replace = (keyPath: string, value: ConfigValueEdit["value"]): ConfigValueEdit => ({
  keyPath,
  value,
  mergeStrategy: "replace",
});
const upsert = (keyPath: string, value: ConfigValueEdit["value"]): ConfigValueEdit => ({
  keyPath,
  value,
  mergeStrategy: "upsert",
});

function write(
  home: TestHome,
  edits: ConfigValueEdit[],
  more: Partial<ConfigWriteRequest> = {},
  overrides: SessionOverrides = {},
): Promise<ConfigWriteResponse> {
  const readStack = () => readLayers({ codexHome: home.codexHome, cwd: null, overrides, locations: home.locations });
  return writeConfigValues({
    codexHome: home.codexHome,
    env: { HOME: home.root },
    platform: "linux",
    edits,
    readStack,
    ...more,
  });
}

const text = (home: TestHome): string => readFileSync(join(home.codexHome, "config.toml"), "utf8");

describe("writing values", () => {
  it.each<[string, string, ConfigValueEdit[], string]>([
    ["replaces", 'model = "a" # c\n', [replace("model", "b")], 'model = "b" # c\n'],
    ["clears", 'model = "a"\nreview_model = "r"\n', [replace("model", null)], 'review_model = "r"\n'],
    ["clears what is not there", 'model = "a"\n', [replace("review_model", null)], 'model = "a"\n'],
    [
      "merges tables",
      '[projects."/a"]\ntrust_level = "trusted"\n',
      [upsert("projects", { "/x.y": { trust_level: "trusted" } })],
      '[projects."/a"]\ntrust_level = "trusted"\n\n[projects."/x.y"]\ntrust_level = "trusted"\n',
    ],
    [
      "replaces tables",
      '[projects."/a"]\ntrust_level = "trusted"\n',
      [replace("projects", { "/x.y": { trust_level: "trusted" } })],
      '[projects."/x.y"]\ntrust_level = "trusted"\n',
    ],
    [
      "understands quoted parts",
      "",
      [replace('projects."/x.y".trust_level', "trusted")],
      '[projects."/x.y"]\ntrust_level = "trusted"\n',
    ],
    [
      "makes all edits, each on top of the last",
      "",
      [replace("tui", { animations: false }), upsert("tui", { show_tooltips: false })],
      "[tui]\nanimations = false\nshow_tooltips = false\n",
    ],
  ])("%s", async (_name, before, edits, after) => {
    const home = testHome(before);
    const response = await write(home, edits);
    expect([response.status, response.filePath, response.overriddenMetadata]).toEqual([
      "ok",
      join(home.codexHome, "config.toml"),
      null,
    ]);
    expect(text(home)).toBe(after);
  });

  it.each<[string, string, ConfigValueEdit[], Partial<ConfigWriteRequest>, string, string]>([
    [
      "another file",
      "",
      [replace("model", "x")],
      { filePath: "/tmp/other.toml" },
      "configLayerReadonly",
      "Only writes to the user config are allowed",
    ],
    [
      "an old version",
      "",
      [replace("model", "x")],
      { expectedVersion: "sha256:0" },
      "configVersionConflict",
      "Configuration was modified since last read. Fetch latest version and retry.",
    ],
    ["no key", "", [replace("", "x")], {}, "configValidationError", "keyPath must not be empty"],
    [
      "a value that the schema refuses",
      "",
      [replace("approval_policy", "zz")],
      {},
      "configValidationError",
      "Invalid configuration: unknown variant `zz`, expected one of `untrusted`, `on-failure`, `on-request`, `never`\nin `approval_policy`\n",
    ],
    [
      "a null in a list",
      "",
      [replace("notify", [null])],
      {},
      "configValidationError",
      "invalid value: invalid type: null, expected any valid TOML value",
    ],
    [
      "a key below a scalar",
      'model = "x"\n',
      [replace("model.y", "1")],
      {},
      "configValidationError",
      "cannot set value on non-table parent",
    ],
    ["clearing below nothing", "", [replace("nope.bar", null)], {}, "configPathNotFound", "Path not found"],
    [
      "one good and one bad edit",
      'model = "x"\n',
      [replace("model", "y"), replace("hide_agent_reasoning", 5)],
      {},
      "configValidationError",
      "Invalid configuration: invalid type: integer `5`, expected a boolean\nin `hide_agent_reasoning`\n",
    ],
  ])("%s is refused and nothing is written", async (_name, before, edits, more, code, message) => {
    const home = testHome(before === "" ? "# empty\n" : before);
    const error = await failure(write(home, edits, more));
    expect(error).toBeInstanceOf(ConfigWriteError);
    expect(error).toMatchObject({ code, message });
    expect(text(home)).toBe(before === "" ? "# empty\n" : before);
  });

  it("refuses what would make the whole configuration invalid, though the file alone is fine", async () => {
    const home = testHome("# empty\n", { "etc/config.toml": '[model_providers.p]\nbase_url = "http://b"' });
    const error = await failure(write(home, [replace("model", "x")]));
    expect(error.message).toContain("Invalid configuration: missing field `name`");
  });

  it("the version that is answered is the one that is read, and can be expected", async () => {
    const home = testHome('[sandbox_workspace_write]\nwritable_roots = ["rel"]\n');
    const stack = () => readLayers({ codexHome: home.codexHome, cwd: null, overrides: {}, locations: home.locations });
    const seen = (await viewConfig(await stack(), { HOME: home.root }, "linux")).layers[0]?.version ?? null;
    const { version } = await write(home, [replace("model", "x")], { expectedVersion: seen });
    expect((await viewConfig(await stack(), { HOME: home.root }, "linux")).layers[0]?.version).toBe(version);
  });

  it("a link to the user's file is the user's file", async () => {
    const home = testHome("# x\n");
    await write(home, [replace("model", "x")], { filePath: join(home.codexHome, "../home/config.toml") });
    expect(text(home)).toContain('model = "x"');
  });
});

describe("a value without effect", () => {
  it.each<[string, Record<string, string>, SessionOverrides, string]>([
    ["session flags", {}, { cli: ["model=flag"] }, "Overridden by session flags"],
    [
      "the managed file",
      { "etc/managed_config.toml": 'model = "flag"' },
      {},
      "Overridden by legacy managed_config.toml: ETC/managed_config.toml",
    ],
  ])("names %s", async (_name, files, overrides, message) => {
    const home = testHome("", files);
    const response = await write(home, [replace("model", "mine")], {}, overrides);
    expect(response.status).toBe("okOverridden");
    expect(response.overriddenMetadata).toMatchObject({
      message: message.replace("ETC", join(home.root, "etc")),
      effectiveValue: "flag",
      overridingLayer: { version: expect.stringMatching(/^sha256:/) },
    });
  });

  it("clearing a key that the system sets says so", async () => {
    const home = testHome('model = "mine"\n', { "etc/config.toml": 'model = "system"' });
    const response = await write(home, [replace("model", null)]);
    expect(response.overriddenMetadata).toMatchObject({
      message: `Overridden by managed config (system): ${join(home.root, "etc/config.toml")}`,
      effectiveValue: "system",
    });
  });
});
