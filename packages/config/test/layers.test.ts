import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, layerVersion, viewConfig } from "../src/index.js";
import { failure, testHome, type TestHome } from "./homes.js";

/** A home whose working folder is `work/a/b` of a repository at `work`. */
function nested(
  config: (home: TestHome) => string,
  files: Readonly<Record<string, string>> = {},
): TestHome & { deep: string } {
  const home = testHome("", files);
  const deep = join(home.cwd, "a/b");
  mkdirSync(deep, { recursive: true });
  home.write("home/config.toml", config(home));
  return { ...home, deep };
}

const trust = (path: string, level = "trusted"): string => `[projects."${path}"]\ntrust_level = "${level}"\n`;

describe("precedence", () => {
  const files = {
    "etc/config.toml": 'model = "system"\nreview_model = "system"\nmodel_verbosity = "low"',
    "work/.codex/config.toml": 'model = "project"\nreview_model = "project"',
    "work/a/.codex/config.toml": 'model = "inner"',
  };
  const config = (home: TestHome): string => `model = "user"\nreview_model = "user"\n${trust(home.cwd)}`;

  it("goes from the system over the user to the innermost project folder", async () => {
    const home = nested(config, files);
    const loaded = await home.load({ cwd: home.deep });
    expect([loaded.modelVerbosity, loaded.reviewModel, loaded.model]).toEqual(["low", "project", "inner"]);
    expect(loaded.layers.map((layer) => layer.name)).toEqual([
      { type: "system", file: join(home.root, "etc/config.toml") },
      { type: "user", file: join(home.codexHome, "config.toml") },
      { type: "project", dotCodexFolder: join(home.cwd, ".codex") },
      { type: "project", dotCodexFolder: join(home.cwd, "a/.codex") },
    ]);
  });

  it("every layer of files names the folder of its rules and skills", async () => {
    const home = nested(config, files);
    const { layers } = await home.load({ overrides: { cli: ["model=x"] } });
    const folders = layers.map((layer) => layer.folder);
    expect(folders).toEqual([join(home.root, "etc"), home.codexHome, join(home.cwd, ".codex"), null]);
  });

  it("-c is above all files but the managed one", async () => {
    const home = nested(config, files);
    const cli = ["model=flag"];
    expect((await home.load({ cwd: home.deep, overrides: { cli } })).model).toBe("flag");
    home.write("etc/managed_config.toml", 'model = "managed"');
    expect((await home.load({ cwd: home.deep, overrides: { cli } })).model).toBe("managed");
  });

  it("a flag of the program is above everything", async () => {
    const home = nested(config, { ...files, "etc/managed_config.toml": 'model = "managed"' });
    expect((await home.load({ overrides: { harness: { model: "flag" } } })).model).toBe("flag");
  });

  it("a managed preference is above the managed file", async () => {
    const home = testHome("", { "etc/managed_config.toml": 'model = "file"\nreview_model = "file"' });
    const encoded = Buffer.from('model = "preference"').toString("base64");
    const readPreference = async (key: string): Promise<string | null> =>
      key === "config_toml_base64" ? `${encoded}\n` : null;
    const loaded = await home.load({ locations: { ...home.locations, readPreference } });
    expect([loaded.model, loaded.reviewModel]).toEqual(["preference", "file"]);
  });

  it.each([["!!!"], ["model = 1"]])("a preference that is not base64 is an error: %j", async (value) => {
    const home = testHome();
    const readPreference = async (): Promise<string> => value;
    const error = await failure(home.load({ locations: { ...home.locations, readPreference } }));
    expect(error.message).toContain("MDM com.openai.codex:config_toml_base64");
  });

  it("tables are merged key by key, arrays are replaced", async () => {
    const home = testHome('notify = ["user"]\n[shell_environment_policy]\nset = { A = "1", B = "1" }', {
      "etc/config.toml":
        'notify = ["a", "b"]\n[shell_environment_policy]\ninherit = "core"\nset = { B = "0", C = "0" }',
    });
    const loaded = await home.load();
    expect(loaded.notify).toEqual(["user"]);
    expect(loaded.shellEnvironmentPolicy).toMatchObject({ inherit: "core", set: { A: "1", B: "1", C: "0" } });
  });

  it("a broken value that a higher layer replaces is no error", async () => {
    const home = testHome('model = "x"', { "etc/config.toml": "model = 5" });
    expect((await home.load()).model).toBe("x");
  });
});

describe("project files", () => {
  const file = { "work/.codex/config.toml": 'model = "project"' };

  it("count when the project is trusted", async () => {
    const home = nested((each) => trust(each.cwd), file);
    expect((await home.load({ cwd: home.deep })).model).toBe("project");
  });

  it.each([
    [
      "undecided",
      "",
      (home: TestHome) => `To load config.toml, add ${home.cwd} as a trusted project in ${home.codexHome}/config.toml.`,
    ],
    [
      "untrusted",
      "untrusted",
      (home: TestHome) =>
        `${home.cwd} is marked as untrusted in ${home.codexHome}/config.toml. To load config.toml, mark it trusted.`,
    ],
  ])("of an %s project are disabled with a reason, and the user is told once", async (_name, level, reason) => {
    const home = nested((each) => (level === "" ? "" : trust(each.cwd, level)), file);
    const loaded = await home.load({ cwd: home.deep });
    expect(loaded.model).toBe(null);
    const layer = loaded.layers.find((each) => each.name.type === "project");
    expect(layer?.disabledReason).toBe(reason(home));
    const told = loaded.warnings.filter((warning) => warning.kind === "untrustedProject");
    expect(told.map((warning) => warning.message)).toEqual([
      `${home.cwd}/.codex/config.toml is not used. ${reason(home)}`,
    ]);
  });

  it("trust of an inner folder outranks that of the root", async () => {
    const home = nested((each) => trust(each.cwd, "trusted") + trust(join(each.cwd, "a"), "untrusted"), {
      ...file,
      "work/a/.codex/config.toml": 'model = "inner"',
    });
    const loaded = await home.load({ cwd: home.deep });
    expect(loaded.model).toBe("project");
    expect(loaded.layers.map((layer) => [layer.name.type, layer.trust])).toEqual([
      ["system", null],
      ["user", null],
      ["project", "trusted"],
      ["project", "untrusted"],
    ]);
  });

  it("a .codex folder without a file is a layer that is never disabled", async () => {
    const home = nested(() => "");
    mkdirSync(join(home.cwd, ".codex/skills"), { recursive: true });
    const loaded = await home.load({ cwd: home.deep });
    expect(loaded.layers.at(-1)).toMatchObject({ folder: join(home.cwd, ".codex"), disabledReason: null, trust: null });
    expect(loaded.warnings).toEqual([]);
  });

  it("broken TOML is fatal in a trusted project and ignored in another", async () => {
    const broken = { "work/.codex/config.toml": "model = " };
    const trusted = nested((each) => trust(each.cwd), broken);
    const error = await failure(trusted.load({ cwd: trusted.deep }));
    expect(error.message).toContain(`${trusted.cwd}/.codex/config.toml:1:9: string values must be quoted`);
    const other = nested(() => "", broken);
    expect((await other.load({ cwd: other.deep })).model).toBe(null);
  });

  it("are left out of loads that are about no project", async () => {
    const home = nested((each) => trust(each.cwd), file);
    expect((await home.load({ cwd: home.deep, projectLayers: false })).model).toBe(null);
  });

  it("cannot trust themselves, nor name the markers", async () => {
    const home = nested(() => "", {
      "work/.codex/config.toml":
        'model = "project"\nproject_root_markers = []\n[projects."/"]\ntrust_level = "trusted"',
    });
    expect((await home.load({ cwd: home.cwd })).model).toBe(null);
  });

  it("trust given with -c counts", async () => {
    const home = nested(() => "", file);
    const cli = [`projects={"${home.cwd}"={trust_level="trusted"}}`];
    expect((await home.load({ cwd: home.deep, overrides: { cli } })).model).toBe("project");
  });
});

describe("the project root", () => {
  const file = { "work/.codex/config.toml": 'model = "project"' };

  it.each([
    ["markers of your own", 'project_root_markers = ["MARK"]', "work/a"],
    ["no markers: the working folder", "project_root_markers = []", "work/a/b"],
    ["markers that are nowhere: the working folder", 'project_root_markers = ["nowhere-to-be-found"]', "work/a/b"],
    ["by default, the folder with .git", "", "work"],
  ])("%s", async (_name, config, root) => {
    const home = nested(() => config, { "work/a/MARK": "", ...file });
    expect((await home.load({ cwd: home.deep })).project.root).toBe(join(home.root, root));
  });

  it("a linked worktree inherits the trust of its main checkout", async () => {
    const home = testHome("", { "tree/.codex/config.toml": 'model = "tree"' });
    home.write("home/config.toml", trust(home.cwd));
    mkdirSync(join(home.cwd, ".git/worktrees/tree"), { recursive: true });
    writeFileSync(join(home.cwd, ".git/worktrees/tree/commondir"), "../..\n");
    home.write("tree/.git", `gitdir: ${home.cwd}/.git/worktrees/tree\n`);
    const loaded = await home.load({ cwd: join(home.root, "tree") });
    expect([loaded.model, loaded.project.trust]).toEqual(["tree", "trusted"]);
  });

  it("a pointer that leads nowhere is no repository", async () => {
    const home = testHome("", {
      "tree/.git": "gitdir: /nowhere/at/all\n",
      "tree/.codex/config.toml": 'model = "tree"',
    });
    expect((await home.load({ cwd: join(home.root, "tree") })).model).toBe(null);
  });

  it("CODEX_HOME itself is not a project layer", async () => {
    const home = testHome();
    const codexHome = join(home.cwd, ".codex");
    home.write("work/.codex/config.toml", 'model = "user"');
    const loaded = await home.load({ codexHome });
    expect([loaded.model, loaded.layers.map((layer) => layer.name.type)]).toEqual(["user", ["system", "user"]]);
  });
});

describe("relative paths", () => {
  it("start at the folder of the file they are in", async () => {
    const home = nested((each) => `model_instructions_file = "user.md"\n${trust(each.cwd)}`, {
      "home/user.md": "user text",
      "work/.codex/config.toml":
        'experimental_compact_prompt_file = "sub/../prompt.md"\n[sandbox_workspace_write]\nwritable_roots = ["~", "../x/"]',
      "work/.codex/prompt.md": " compact \n",
    });
    const loaded = await home.load({ cwd: home.deep });
    expect([loaded.baseInstructions, loaded.compactPrompt]).toEqual(["user text", "compact"]);
    expect(loaded.sandboxPolicy).toMatchObject({ writable_roots: [home.root, join(home.cwd, "x")] });
  });
});

describe("files that cannot be read", () => {
  it.each([
    ["home/config.toml", "config file", "Is a directory (os error 21)"],
    ["etc/config.toml", "config file", "Is a directory (os error 21)"],
  ])("%s: a folder in its place", async (path, what, reason) => {
    const home = testHome();
    mkdirSync(join(home.root, path), { recursive: true });
    const error = await failure(home.load());
    expect(error.message).toBe(`Failed to read ${what} ${join(home.root, path)}: ${reason}`);
    expect(error).toBeInstanceOf(ConfigError);
  });

  it("bytes that are no UTF-8 are refused", async () => {
    const home = testHome("x");
    writeFileSync(join(home.codexHome, "config.toml"), Buffer.from([0x61, 0xff]));
    expect((await failure(home.load())).message).toContain("stream did not contain valid UTF-8");
  });

  it("a byte order mark is skipped", async () => {
    expect((await testHome('\ufeffmodel = "x"').load()).model).toBe("x");
  });

  it("a link to a file is followed", async () => {
    const home = testHome("", { "elsewhere.toml": 'model = "linked"' });
    symlinkSync(join(home.root, "elsewhere.toml"), join(home.codexHome, "config.toml"));
    expect((await home.load()).model).toBe("linked");
  });
});

describe("versions and origins", () => {
  const empty = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

  it("an empty layer has the known version", async () => {
    const [system] = (await testHome().load()).layers;
    expect(system === undefined ? null : await layerVersion(system.table)).toBe(empty);
  });

  it("a layer's version is that of its content", async () => {
    const version = async (toml: string): Promise<string> => {
      const layer = (await testHome(toml).load()).layers[1];
      return layer === undefined ? "" : layerVersion(layer.table);
    };
    expect(await version('model = "a" # x\n\n[tui]\nanimations = true')).toBe(
      await version('tui.animations = true\nmodel="a"'),
    );
    expect(await version('model = "a"')).not.toBe(await version('model = "b"'));
    expect(await version('model = "sess"')).toBe(
      "sha256:162891bedef1df7fdbbf6bc5654eeb7138732e6e750f698fdcd63401db991857",
    );
  });

  it("every leaf names the layer that set it", async () => {
    const home = testHome(
      'model = "x"\nnotify = ["a"]\nunknown_thing = 1\n[tools]\nweb_search = true\n[profiles.p]\nmodel = "y"',
      {
        "etc/config.toml": 'review_model = "r"\nmodel = "system"',
      },
    );
    const loaded = await home.load({ overrides: { cli: ["model=flag"] } });
    const view = await viewConfig(loaded, { HOME: home.root }, "linux");
    expect(Object.fromEntries(Object.entries(view.origins).map(([path, { name }]) => [path, name.type]))).toEqual({
      "notify.0": "user",
      unknown_thing: "user",
      "tools.web_search": "user",
      "profiles.p.model": "user",
      review_model: "system",
      model: "sessionFlags",
    });
    expect(view.origins["model"]).toEqual({ name: { type: "sessionFlags" }, version: view.layers[0]?.version });
    expect(view.layers.map((layer) => layer.name.type)).toEqual(["sessionFlags", "user", "system"]);
    expect(view.config).toMatchObject({
      model: "flag",
      review_model: "r",
      approval_policy: null,
      unknown_thing: 1,
      tools: { web_search: true, view_image: null },
      profiles: { p: { model: "y", model_provider: null } },
      sandbox_workspace_write: null,
    });
  });

  it("paths are shown absolute, and a disabled layer with its reason", async () => {
    const home = nested(() => '[sandbox_workspace_write]\nwritable_roots = ["rel"]', {
      "work/.codex/config.toml": 'model = "p"',
    });
    const view = await viewConfig(await home.load({ cwd: home.deep }), { HOME: home.root }, "linux");
    expect(view.config["sandbox_workspace_write"]).toEqual({
      writable_roots: [join(home.codexHome, "rel")],
      network_access: false,
      exclude_tmpdir_env_var: false,
      exclude_slash_tmp: false,
    });
    expect(view.layers[0]).toMatchObject({
      config: { model: "p" },
      disabledReason: expect.stringContaining("To load config.toml"),
    });
  });
});
