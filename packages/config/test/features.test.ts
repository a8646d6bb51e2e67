import { describe, expect, it } from "vitest";
import { featureSpecs } from "../src/index.js";
import { testHome } from "./homes.js";

describe("the list of features", () => {
  it("is that of the original, in its order", () => {
    const listed = featureSpecs("linux").filter((spec) => spec.hidden !== true);
    expect(listed.map(({ key, stage, defaultEnabled }) => `${key} | ${stage} | ${defaultEnabled}`)).toEqual([
      "undo | stable | false",
      "shell_tool | stable | true",
      "web_search_request | stable | false",
      "web_search_cached | under development | false",
      "unified_exec | experimental | false",
      "shell_snapshot | experimental | false",
      "child_agents_md | under development | false",
      "apply_patch_freeform | under development | false",
      "exec_policy | under development | true",
      "experimental_windows_sandbox | under development | false",
      "elevated_windows_sandbox | under development | false",
      "remote_compaction | under development | true",
      "remote_models | under development | true",
      "powershell_utf8 | under development | false",
      "enable_request_compression | under development | false",
      "collab | under development | false",
      "connectors | under development | false",
      "steer | experimental | false",
      "collaboration_modes | under development | false",
      "responses_websockets | under development | false",
    ]);
  });

  it("has PowerShell's UTF-8 on and experimental on Windows", () => {
    expect(featureSpecs("win32").find(({ key }) => key === "powershell_utf8")).toMatchObject({
      stage: "experimental",
      defaultEnabled: true,
    });
  });
});

describe("what is on", () => {
  it.each<[string, string, boolean]>([
    ["a default", "", false],
    ["a top-level older key", "experimental_use_unified_exec_tool = true", true],
    [
      "the table over the older key",
      "experimental_use_unified_exec_tool = true\n[features]\nunified_exec = false",
      false,
    ],
    [
      "the profile's older key over the table",
      'profile = "p"\n[features]\nunified_exec = false\n[profiles.p]\nexperimental_use_unified_exec_tool = true',
      true,
    ],
    [
      "the profile's table over all of it",
      'profile = "p"\n[profiles.p]\nexperimental_use_unified_exec_tool = true\nfeatures = { unified_exec = false }',
      false,
    ],
    [
      "names in alphabetical order: the alias first",
      "[features]\nunified_exec = false\nexperimental_use_unified_exec_tool = true",
      false,
    ],
  ])("%s", async (_name, toml, on) => {
    expect((await testHome(toml).load()).features.enabled("unified_exec")).toBe(on);
  });

  it("what a program decides is above all files", async () => {
    const config = await testHome("[features]\nsteer = true").load({
      overrides: { harness: { features: { steer: false } } },
    });
    expect(config.features.enabled("steer")).toBe(false);
  });

  it("the assessment of commands can be switched on in both places", async () => {
    for (const toml of [
      "experimental_sandbox_command_assessment = true",
      "[features]\nexperimental_sandbox_command_assessment = true",
    ]) {
      const { features, warnings } = await testHome(toml).load();
      expect(features.enabled("experimental_sandbox_command_assessment")).toBe(true);
      expect(features.list.some(({ spec }) => spec.key === "experimental_sandbox_command_assessment")).toBe(false);
      expect(warnings.filter(({ kind }) => kind !== "unstableFeatures")).toEqual([]);
    }
  });
});

describe("older names", () => {
  const details = (key: string): string =>
    `Enable it with \`--enable ${key}\` or \`[features].${key}\` in config.toml. See https://github.com/openai/codex/blob/main/docs/config.md#feature-flags for details.`;

  it.each([
    ["[features]\nweb_search = true", "web_search", "web_search_request"],
    ["[features]\ninclude_apply_patch_tool = true", "include_apply_patch_tool", "apply_patch_freeform"],
    ["[tools]\nweb_search = true", "tools.web_search", "web_search_request"],
    ["[tools]\nweb_search_request = false", "tools.web_search", "web_search_request"],
    ["experimental_use_freeform_apply_patch = true", "experimental_use_freeform_apply_patch", "apply_patch_freeform"],
  ])("%j gives one notice", async (toml, alias, key) => {
    expect((await testHome(toml).load()).deprecations).toEqual([
      { summary: `\`${alias}\` is deprecated. Use \`[features].${key}\` instead.`, details: details(key) },
    ]);
  });

  it("an older instructions file gives a notice and is ignored", async () => {
    const config = await testHome('experimental_instructions_file = "/nowhere"').load();
    expect(config.deprecations.map(({ summary }) => summary)).toEqual([
      expect.stringContaining("Use `model_instructions_file` instead."),
    ]);
  });
});

describe("features under development", () => {
  it("are announced when they are switched on", async () => {
    const home = testHome("[features]\ncollab = true\nchild_agents_md = true\nremote_models = false\nsteer = true");
    const { warnings } = await home.load();
    expect(warnings.map(({ message }) => message)).toEqual([
      `Under-development features enabled: child_agents_md, collab. Under-development features are incomplete and may behave unpredictably. To suppress this warning, set \`suppress_unstable_features_warning = true\` in ${home.codexHome}/config.toml.`,
    ]);
  });

  it("unless the user does not want to hear it", async () => {
    const { warnings } = await testHome("suppress_unstable_features_warning = true\n[features]\ncollab = true").load();
    expect(warnings).toEqual([]);
  });
});
