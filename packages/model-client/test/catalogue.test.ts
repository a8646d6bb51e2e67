import type { Credentials } from "@codex-ts/auth";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  builtinEntries,
  createModelCatalogue,
  modelFamily,
  modelPresets,
  resolveModel,
  withOverrides,
  type ModelCatalogue,
  type ModelCatalogueOptions,
} from "../src/index.js";
import { readModels } from "../src/catalogue/read-models.js";
import { testProvider } from "./requests.js";

describe("a model by its slug", () => {
  const no = false;
  it.each([
    // slug, window, shell, patch, reasoning, effort, verbosity, parallel, truncation, text
    ["o3", 200_000, "shell", null, true, null, no, no, "bytes", "general-with-patch"],
    ["o4-mini-high", 200_000, "shell", null, true, null, no, no, "bytes", "general-with-patch"],
    ["codex-mini-latest", 200_000, "local_shell", null, true, null, no, no, "bytes", "general-with-patch"],
    ["gpt-4.1-mini", 1_047_576, "shell", null, no, null, no, no, "bytes", "general-with-patch"],
    ["gpt-oss:20b", 96_000, "shell", "function", no, null, no, no, "bytes", "general"],
    ["openai/gpt-oss-20b", 96_000, "shell", "function", no, null, no, no, "bytes", "general"],
    ["gpt-4o", 128_000, "shell", null, no, null, no, no, "bytes", "general-with-patch"],
    ["gpt-3.5-turbo", 16_385, "shell", null, no, null, no, no, "bytes", "general-with-patch"],
    ["test-gpt-5", 272_000, "shell_command", null, true, null, true, true, "tokens", "codex"],
    ["exp-codex", 272_000, "shell_command", "freeform", true, null, no, true, "tokens", "codex-5.2"],
    ["codex-1p", 272_000, "shell_command", "freeform", true, null, no, true, "tokens", "codex-5.2"],
    ["exp-x", 272_000, "unified_exec", "freeform", true, "medium", true, true, "bytes", "general"],
    ["gpt-5.2-codex", 272_000, "shell_command", "freeform", true, null, no, true, "tokens", "codex-5.2"],
    ["bengalfox", 272_000, "shell_command", "freeform", true, null, no, true, "tokens", "codex-5.2"],
    ["gpt-5.1-codex-max", 272_000, "shell_command", "freeform", true, null, no, no, "tokens", "codex-max"],
    ["gpt-5-codex", 272_000, "shell_command", "freeform", true, null, no, no, "tokens", "codex"],
    ["gpt-5.1-codex", 272_000, "shell_command", "freeform", true, null, no, no, "tokens", "codex"],
    ["gpt-5.1-codex-mini", 272_000, "shell_command", "freeform", true, null, no, no, "tokens", "codex"],
    ["codex-x", 272_000, "shell_command", "freeform", true, null, no, no, "tokens", "codex"],
    ["gpt-5.2", 272_000, "shell_command", "freeform", true, "medium", true, true, "bytes", "gpt-5.2"],
    ["boomslang", 272_000, "shell_command", "freeform", true, "medium", true, true, "bytes", "gpt-5.2"],
    ["gpt-5.1", 272_000, "shell_command", "freeform", true, "medium", true, true, "bytes", "gpt-5.1"],
    ["gpt-5-mini", 272_000, "shell", null, true, null, true, no, "bytes", "general-with-patch"],
    ["llama3", null, "shell", null, no, null, no, no, "bytes", "general"],
  ] as const)("%s", (slug, window, shell, patch, reasoning, effort, verbosity, parallel, truncation, text) => {
    expect(modelFamily(slug)).toMatchObject({
      slug,
      contextWindow: window,
      effectiveContextWindowPercent: 95,
      autoCompactTokenLimit: null,
      shellTool: shell,
      applyPatchTool: patch,
      supportsReasoningSummaries: reasoning,
      defaultReasoningEffort: effort,
      supportsVerbosity: verbosity,
      supportsParallelToolCalls: parallel,
      truncation: { mode: truncation, limit: 10_000 },
      instructions: text,
      known: window !== null,
    });
  });

  it("has extra tools only for the test model, a default verbosity only with GPT-5.1 and 5.2", () => {
    expect(modelFamily("test-gpt-5").experimentalTools).toEqual([
      "read_file",
      "list_dir",
      "grep_files",
      "test_sync_tool",
    ]);
    expect(modelFamily("gpt-5.1").defaultVerbosity).toBe("low");
    expect(modelFamily("gpt-5").defaultVerbosity).toBeNull();
    expect(modelFamily("exp-codex").supportsPersonality).toBe(true);
  });

  it("is overridden by config.toml", () => {
    const nothing = {
      supportsReasoningSummaries: null,
      contextWindow: null,
      autoCompactTokenLimit: null,
      toolOutputTokenLimit: null,
    };
    const family = modelFamily("llama3");
    expect(withOverrides(family, nothing)).toEqual(family);
    expect(
      withOverrides(family, {
        supportsReasoningSummaries: true,
        contextWindow: 5,
        autoCompactTokenLimit: 4,
        toolOutputTokenLimit: 3,
      }),
    ).toMatchObject({
      supportsReasoningSummaries: true,
      contextWindow: 5,
      autoCompactTokenLimit: 4,
      truncation: { mode: "bytes", limit: 12 },
    });
    expect(withOverrides(modelFamily("gpt-5-codex"), { ...nothing, toolOutputTokenLimit: 3 }).truncation).toEqual({
      mode: "tokens",
      limit: 3,
    });
  });
});

describe("the built-in list", () => {
  it("has these models, all with medium effort by default", () => {
    expect(
      builtinEntries().map(({ slug, visibility, supportedReasoningEfforts, upgrade }) => [
        slug,
        visibility,
        supportedReasoningEfforts.map(({ effort }) => effort).join(" "),
        upgrade?.model ?? null,
      ]),
    ).toEqual([
      ["gpt-5.2-codex", "list", "low medium high xhigh", null],
      ["gpt-5.2", "list", "low medium high xhigh", "gpt-5.2-codex"],
      ["gpt-5.1-codex-max", "list", "low medium high xhigh", "gpt-5.2-codex"],
      ["gpt-5.1-codex", "hide", "low medium high", "gpt-5.2-codex"],
      ["gpt-5.1-codex-mini", "list", "medium high", "gpt-5.2-codex"],
      ["gpt-5.1", "hide", "low medium high", "gpt-5.2-codex"],
      ["gpt-5-codex", "hide", "low medium high", "gpt-5.2-codex"],
      ["gpt-5", "hide", "minimal low medium high", "gpt-5.2-codex"],
      ["gpt-5-codex-mini", "hide", "medium high", "gpt-5.2-codex"],
    ]);
    expect(builtinEntries().every(({ family }) => family.defaultReasoningEffort === "medium")).toBe(true);
    expect(resolveModel("gpt-5-codex", builtinEntries()).defaultReasoningEffort).toBe("medium");
    expect(resolveModel("gpt-5-codex-2026", builtinEntries()).defaultReasoningEffort).toBeNull();
  });

  it("shows four of them, the best first and as the default, and ends with the hidden ones", () => {
    const presets = modelPresets(builtinEntries(), false);
    const shown = presets.filter((preset) => preset.show_in_picker);
    expect(shown.map(({ id, is_default }) => [id, is_default])).toEqual([
      ["gpt-5.2-codex", true],
      ["gpt-5.2", false],
      ["gpt-5.1-codex-max", false],
      ["gpt-5.1-codex-mini", false],
    ]);
    expect(presets.slice(-2).map(({ id }) => id)).toEqual(["bengalfox", "boomslang"]);
    expect(presets[1]?.upgrade).toMatchObject({ id: "gpt-5.2-codex" });
  });

  it("leaves models that need a login out without one", () => {
    const entries = builtinEntries().map((entry) => ({ ...entry, supportedInApi: entry.slug !== "gpt-5.2-codex" }));
    expect(modelPresets(entries, false).find((preset) => preset.is_default)?.id).toBe("gpt-5.2");
    expect(modelPresets(entries, true).find((preset) => preset.is_default)?.id).toBe("gpt-5.2-codex");
  });
});

describe("a server's list", () => {
  it("is read entry by entry; what is missing is taken from the slug", () => {
    const [full, bare] = readModels([
      {
        slug: "new-model",
        display_name: "New",
        description: "d",
        default_reasoning_level: "high",
        supported_reasoning_levels: [{ effort: "high", description: "h" }, { effort: "dance" }, 5],
        shell_type: "default",
        visibility: "list",
        supported_in_api: false,
        priority: 3,
        upgrade: { model: "newer", migration_markdown: "# Go" },
        base_instructions: "Be good.",
        model_instructions_template: {
          template: "Be {{ personality_message }}",
          personality_messages: { friendly: "nice", pragmatic: "terse" },
        },
        supports_reasoning_summaries: true,
        support_verbosity: true,
        default_verbosity: "low",
        apply_patch_tool_type: "freeform",
        truncation_policy: { mode: "tokens", limit: 5000 },
        supports_parallel_tool_calls: true,
        context_window: 1000,
        auto_compact_token_limit: 900,
        effective_context_window_percent: 90,
        experimental_supported_tools: ["grep_files", 5],
      },
      { slug: "gpt-5-codex", apply_patch_tool_type: null },
      { display_name: "no slug" },
      5,
    ]);
    expect(full).toEqual({
      slug: "new-model",
      displayName: "New",
      description: "d",
      visibility: "list",
      supportedInApi: false,
      priority: 3,
      supportedReasoningEfforts: [{ effort: "high", description: "h" }],
      defaultReasoningEffort: "high",
      upgrade: { model: "newer", text: "# Go" },
      family: {
        slug: "new-model",
        known: true,
        contextWindow: 1000,
        effectiveContextWindowPercent: 90,
        autoCompactTokenLimit: 900,
        shellTool: "shell",
        applyPatchTool: "freeform",
        supportsReasoningSummaries: true,
        defaultReasoningEffort: "high",
        supportsVerbosity: true,
        defaultVerbosity: "low",
        supportsParallelToolCalls: true,
        truncation: { mode: "tokens", limit: 5000 },
        experimentalTools: ["grep_files"],
        instructions: "general",
        remoteInstructions: {
          text: "Be good.",
          template: {
            text: "Be {{ personality_message }}",
            personalities: { friendly: "nice", pragmatic: "terse" },
          },
        },
        supportsPersonality: true,
      },
    });
    expect(bare?.family).toMatchObject({
      contextWindow: 272_000,
      shellTool: "shell_command",
      applyPatchTool: null,
      instructions: "codex",
      remoteInstructions: null,
    });
    expect(readModels(5)).toEqual([]);
  });
});

describe("the catalogue", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "models-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const chatgpt: Credentials = { kind: "chatgpt", token: "t", accountId: "acc" };
  const remote = { slug: "gpt-5.2-codex", description: "from the server", visibility: "list", priority: 1 };
  const start = Date.parse("2026-11-20T12:00:00Z");

  interface Setup {
    catalogue: ModelCatalogue;
    urls: string[];
    headers: Headers[];
    failures: string[];
    clock: { now: number };
    cacheFile: string;
  }
  function setUp(options: Partial<ModelCatalogueOptions> = {}, reply?: () => Response): Setup {
    const [urls, headers, failures]: [string[], Headers[], string[]] = [[], [], []];
    const clock = { now: start };
    const cacheFile = join(home, "models_cache.json");
    const catalogue = createModelCatalogue({
      provider: { ...testProvider, name: "OpenAI" },
      credentials: async () => chatgpt,
      identity: { originator: "o", userAgent: "ua" },
      env: {},
      remoteModels: true,
      cacheFile,
      clientVersion: "0.92.0",
      onFailure: (message) => void failures.push(message),
      now: () => clock.now,
      fetch: async (url, init) => {
        urls.push(url);
        headers.push(new Headers(init.headers));
        return (
          reply?.() ?? new Response(JSON.stringify({ models: [remote] }), { headers: { etag: `v${urls.length}` } })
        );
      },
      ...options,
    });
    return { catalogue, urls, headers, failures, clock, cacheFile };
  }
  const description = (catalogue: ModelCatalogue): string | undefined => catalogue.presets(true)[0]?.description;

  it("knows the built-in models before anything is asked", () => {
    const { catalogue, urls } = setUp();
    expect(catalogue.presets(true)).toHaveLength(11);
    expect(urls).toEqual([]);
  });

  it("asks the provider that has a list, keeps the answer, and asks again only when it is old", async () => {
    const { catalogue, urls, headers, clock, cacheFile } = setUp();
    await Promise.all([catalogue.refresh(), catalogue.refresh()]);
    expect(description(catalogue)).toBe("from the server");
    expect(urls).toEqual(["https://chatgpt.com/backend-api/codex/models?client_version=0.92.0"]);
    expect(headers[0]?.get("authorization")).toBe("Bearer t");
    expect(headers[0]?.get("accept")).toBe("*/*");
    expect(headers[0]?.get("originator")).toBe("o");
    expect(readFileSync(cacheFile, "utf8")).toBe(
      JSON.stringify({ fetched_at: "2026-11-20T12:00:00.000Z", etag: "v1", models: [remote] }, null, 2),
    );
    clock.now = start + 300_000;
    await catalogue.refresh();
    expect(urls).toHaveLength(1);
    clock.now = start + 300_001;
    await catalogue.refresh();
    expect(urls).toHaveLength(2);
  });

  it("takes a fresh cache instead of asking", async () => {
    const { catalogue, urls, cacheFile } = setUp();
    const cached = { fetched_at: new Date(start - 1000).toISOString(), etag: "v9", models: [remote] };
    writeFileSync(cacheFile, JSON.stringify(cached));
    await catalogue.refresh();
    expect(description(catalogue)).toBe("from the server");
    expect(urls).toEqual([]);
  });

  it.each([
    ["too old", JSON.stringify({ fetched_at: new Date(start - 300_001).toISOString(), models: [] })],
    [
      "from a clock that was set back",
      JSON.stringify({ fetched_at: new Date(start + 60_000).toISOString(), models: [] }),
    ],
    ["without a time", JSON.stringify({ models: [] })],
    ["without models", JSON.stringify({ fetched_at: new Date(start).toISOString() })],
    ["not JSON", "{"],
  ])("asks when the cache is %s", async (_, content) => {
    const { catalogue, urls, cacheFile } = setUp();
    writeFileSync(cacheFile, content);
    await catalogue.refresh();
    expect(urls).toHaveLength(1);
  });

  it("renews the cache's time when a response names the same list, and asks when it names another", async () => {
    const { catalogue, urls, clock, cacheFile } = setUp();
    await catalogue.refresh();
    clock.now = start + 1000;
    await catalogue.noteEtag("v1");
    expect(urls).toHaveLength(1);
    expect(readFileSync(cacheFile, "utf8")).toContain("2026-11-20T12:00:01.000Z");
    await catalogue.noteEtag("v2");
    expect(urls).toHaveLength(2);
  });

  it.each<{ what: string; options: Partial<ModelCatalogueOptions> }>([
    { what: "another provider is used", options: { provider: testProvider } },
    { what: "there is no login", options: { credentials: async () => null } },
    { what: "the login is an API key", options: { credentials: async () => ({ ...chatgpt, kind: "apiKey" }) } },
    { what: "the feature is off", options: { remoteModels: false } },
  ])("asks nobody when $what", async ({ options }) => {
    const { catalogue, urls } = setUp(options);
    await catalogue.refresh();
    await catalogue.noteEtag("v7");
    expect(urls).toEqual([]);
  });

  it("knows models by their slugs alone when the feature is off", () => {
    expect(setUp({ remoteModels: false }).catalogue.family("gpt-5-codex").defaultReasoningEffort).toBeNull();
    expect(setUp().catalogue.family("gpt-5-codex").defaultReasoningEffort).toBe("medium");
  });

  it.each<{ what: string; reply: () => Response; reason: RegExp }>([
    { what: "an error", reply: () => new Response("no", { status: 500 }), reason: /unexpected status 500/ },
    { what: "a web page", reply: () => new Response("<html>"), reason: /did not answer with a list/ },
    {
      what: "nothing",
      reply: () => {
        throw new TypeError("fetch failed");
      },
      reason: /fetch failed/,
    },
  ])(
    "stays with what it has when the server answers with $what, and does not ask again at once",
    async ({ reply, reason }) => {
      const { catalogue, urls, failures, clock } = setUp({}, reply);
      await catalogue.refresh();
      await catalogue.refresh();
      expect(urls).toHaveLength(1);
      expect(failures).toEqual([expect.stringMatching(/^failed to refresh available models: /)]);
      expect(failures[0]).toMatch(reason);
      expect(catalogue.presets(true)).toHaveLength(11);
      clock.now += 300_001;
      await catalogue.refresh();
      expect(urls).toHaveLength(2);
    },
  );

  it("uses the list even when its cache cannot be written", async () => {
    const { catalogue, failures } = setUp({ cacheFile: join(home, "missing", "models_cache.json") });
    await catalogue.refresh();
    expect(description(catalogue)).toBe("from the server");
    expect(failures).toHaveLength(1);
  });
});
