import { describe, expect, it } from "vitest";
import { DEFAULT_BASE_URLS, type Config, type HarnessOverrides } from "../src/index.js";
import { failure, testHome } from "./homes.js";

describe("nothing configured", () => {
  it("gives the defaults", async () => {
    const home = testHome();
    const config = await home.load();
    const {
      layers: _layers,
      merged: _merged,
      features: _features,
      modelProvider: _provider,
      modelProviders,
      ...rest
    } = config;
    expect([...modelProviders.keys()]).toEqual(["openai", "ollama", "ollama-chat", "lmstudio"]);
    expect(rest).toEqual({
      codexHome: home.codexHome,
      cwd: home.cwd,
      activeProfile: null,
      model: null,
      reviewModel: null,
      modelProviderId: "openai",
      modelContextWindow: null,
      modelAutoCompactTokenLimit: null,
      modelReasoningEffort: null,
      modelReasoningSummary: "auto",
      modelSupportsReasoningSummaries: null,
      modelVerbosity: null,
      modelPersonality: null,
      toolOutputTokenLimit: null,
      baseInstructions: null,
      developerInstructions: null,
      compactPrompt: null,
      approvalPolicy: "on-request",
      sandboxPolicy: { type: "read-only" },
      sandboxDowngraded: false,
      requirements: { approvalPolicies: null, sandboxModes: null, mcpServers: null },
      shellEnvironmentPolicy: {
        inherit: "all",
        ignoreDefaultExcludes: true,
        exclude: [],
        set: {},
        includeOnly: [],
        useProfile: false,
      },
      webSearch: "cached",
      mcpServers: new Map(),
      mcpOauthCredentialsStore: "auto",
      mcpOauthCallbackPort: null,
      projectDocMaxBytes: 32_768,
      projectDocFallbackFilenames: [],
      projectRootMarkers: [".git"],
      project: { root: home.cwd, trust: null },
      history: { persistence: "save-all", maxBytes: null },
      ephemeral: false,
      agents: { maxThreads: 6 },
      skills: [],
      ghostSnapshot: { ignoreLargeUntrackedFiles: 10_485_760, ignoreLargeUntrackedDirs: 200, disableWarnings: false },
      notify: null,
      tui: {
        notifications: true,
        animations: true,
        showTooltips: true,
        alternateScreen: "auto",
        experimentalMode: null,
      },
      notice: { model_migrations: {} },
      fileOpener: "vscode",
      hideAgentReasoning: false,
      showRawAgentReasoning: false,
      disablePasteBurst: false,
      checkForUpdateOnStartup: true,
      windowsWslSetupAcknowledged: false,
      userShellInContext: false,
      chatgptBaseUrl: "https://chatgpt.com/backend-api/",
      cliAuthCredentialsStore: "file",
      forcedLoginMethod: null,
      forcedChatgptWorkspaceId: null,
      ossProvider: null,
      analyticsEnabled: null,
      feedbackEnabled: true,
      otel: { environment: "dev", logUserPrompt: false, exporter: { type: "none" }, traceExporter: { type: "none" } },
      profiles: new Map(),
      warnings: [],
      deprecations: [],
    });
  });
});

describe("a profile", () => {
  const toml = 'model = "top"\nmodel_verbosity = "low"\n[profiles.p]\nmodel = "pm"\n[profiles.q]\nmodel = "qm"\n';

  it.each<[string, string[], string | null, HarnessOverrides, string | null]>([
    ["is off unless named", [], null, {}, "top"],
    ["is named by the configuration", ["profile=p"], null, {}, "pm"],
    ["is named by a flag, which outranks the configuration", ["profile=p"], "q", {}, "qm"],
    ["beats -c of the same key", ["profile=p", "model=sub", "profiles.p.model=pm2"], null, {}, "pm2"],
    ["loses against a flag", ["profile=p"], null, { model: "flag" }, "flag"],
  ])("%s", async (_name, cli, profile, harness, model) => {
    const config = await testHome(toml).load({ overrides: { cli, profile, harness } });
    expect([config.model, config.modelVerbosity]).toEqual([model, "low"]);
  });

  it("that does not exist is an error", async () => {
    expect((await failure(testHome(toml).load({ overrides: { profile: "none" } }))).message).toBe(
      "config profile `none` not found",
    );
  });
});

describe("policies", () => {
  const load = (toml: string, harness: HarnessOverrides = {}): Promise<Config> =>
    testHome(toml).load({ overrides: { harness } });

  it.each<[string, string | null, string, string]>([
    ["no decision", null, "on-request", "read-only"],
    ["trusted", "trusted", "on-request", "workspace-write"],
    ["untrusted", "untrusted", "untrusted", "workspace-write"],
  ])("%s", async (_name, level, approval, sandbox) => {
    const home = testHome();
    home.write("home/config.toml", level === null ? "" : `[projects."${home.cwd}"]\ntrust_level = "${level}"`);
    const config = await home.load();
    expect([config.approvalPolicy, config.sandboxPolicy.type]).toEqual([approval, sandbox]);
  });

  it("workspace-write has the details of its table and the added roots, once each", async () => {
    const toml =
      'sandbox_mode = "workspace-write"\n[sandbox_workspace_write]\nwritable_roots = ["/a"]\nnetwork_access = true\nexclude_slash_tmp = true';
    const config = await load(toml, { additionalWritableRoots: ["/b", "/a"] });
    expect(config.sandboxPolicy).toEqual({
      type: "workspace-write",
      writable_roots: ["/a", "/b"],
      network_access: true,
      exclude_tmpdir_env_var: false,
      exclude_slash_tmp: true,
    });
  });

  it("the table alone does not choose the mode", async () => {
    expect((await load("[sandbox_workspace_write]\nnetwork_access = true")).sandboxPolicy).toEqual({
      type: "read-only",
    });
  });

  it("on Windows without a sandbox, workspace-write becomes read-only", async () => {
    const home = testHome('sandbox_mode = "workspace-write"');
    const plain = await home.load({ platform: "win32" });
    expect([plain.sandboxPolicy, plain.sandboxDowngraded]).toEqual([{ type: "read-only" }, true]);
    expect(plain.warnings.map(({ kind }) => kind)).toEqual(["sandboxDowngraded"]);
    const able = await home.load({
      platform: "win32",
      overrides: { features: { enable: ["experimental_windows_sandbox"] } },
    });
    expect([able.sandboxPolicy.type, able.sandboxDowngraded]).toEqual(["workspace-write", false]);
  });
});

describe("providers", () => {
  const load = (toml: string, env: Record<string, string> = {}): Promise<Config> =>
    testHome(toml).load({ env: { HOME: "/h", ...env } });

  it("a configured one has the defaults of its fields", async () => {
    const config = await load('model_provider = "p"\n[model_providers.p]\nname = "P"');
    expect(config.modelProvider).toEqual({
      id: "p",
      name: "P",
      baseUrl: null,
      envKey: null,
      envKeyInstructions: null,
      experimentalBearerToken: null,
      wireApi: "chat",
      queryParams: {},
      httpHeaders: {},
      envHttpHeaders: {},
      requestMaxRetries: 4,
      streamMaxRetries: 5,
      streamIdleTimeoutMs: 300_000,
      requiresOpenaiAuth: false,
      builtIn: false,
    });
  });

  it("retries are at most 100", async () => {
    const config = await load(
      'model_provider = "p"\n[model_providers.p]\nname = "P"\nrequest_max_retries = 1000\nstream_max_retries = 101',
    );
    expect([config.modelProvider.requestMaxRetries, config.modelProvider.streamMaxRetries]).toEqual([100, 100]);
  });

  it("a built-in one cannot be replaced, and the user is told", async () => {
    const config = await load('[model_providers.openai]\nname = "mine"\nbase_url = "http://mine"');
    expect([config.modelProvider.name, config.modelProvider.baseUrl]).toEqual(["OpenAI", null]);
    expect(config.warnings.map(({ kind, message }) => [kind, message])).toEqual([
      ["noEffect", expect.stringContaining("`model_providers.openai` has no effect")],
    ]);
  });

  it("openai takes its address and headers from the environment", async () => {
    const { modelProvider } = await load("", { OPENAI_BASE_URL: "http://o" });
    expect(modelProvider).toMatchObject({
      baseUrl: "http://o",
      wireApi: "responses",
      httpHeaders: { version: "0.92.0" },
      envHttpHeaders: { "OpenAI-Organization": "OPENAI_ORGANIZATION", "OpenAI-Project": "OPENAI_PROJECT" },
      requiresOpenaiAuth: true,
    });
    expect((await load("", { OPENAI_BASE_URL: " " })).modelProvider.baseUrl).toBe(null);
    expect(DEFAULT_BASE_URLS.apiKey).toBe("https://api.openai.com/v1");
  });

  it("openai's address in the configuration wins over the environment's", async () => {
    const { modelProvider } = await load('openai_base_url = "http://c"', { OPENAI_BASE_URL: "http://o" });
    expect(modelProvider.baseUrl).toBe("http://c");
  });

  it.each([
    ["nothing", {}, "http://localhost:11434/v1", "http://localhost:1234/v1"],
    ["a port", { CODEX_OSS_PORT: "99" }, "http://localhost:99/v1", "http://localhost:99/v1"],
    ["a port that is none", { CODEX_OSS_PORT: "99999" }, "http://localhost:11434/v1", "http://localhost:1234/v1"],
    [
      "a blank address",
      { CODEX_OSS_BASE_URL: " ", CODEX_OSS_PORT: "99" },
      "http://localhost:99/v1",
      "http://localhost:99/v1",
    ],
    ["an address", { CODEX_OSS_BASE_URL: "http://x", CODEX_OSS_PORT: "99" }, "http://x", "http://x"],
  ])("local ones with %s", async (_name, env, ollama, lmstudio) => {
    const { modelProviders } = await load("", env);
    expect(["ollama", "ollama-chat", "lmstudio"].map((id) => modelProviders.get(id)?.baseUrl)).toEqual([
      ollama,
      ollama,
      lmstudio,
    ]);
    expect(modelProviders.get("ollama-chat")?.wireApi).toBe("chat");
  });
});

describe("--oss", () => {
  const load = (toml: string, localProvider: string | null = null, harness: HarnessOverrides = {}): Promise<Config> =>
    testHome(toml).load({ overrides: { harness: { ...harness, oss: { localProvider } } } });

  it.each([
    ["a named provider", "", "lmstudio", "lmstudio", "openai/gpt-oss-20b"],
    ["the configured one", 'oss_provider = "ollama"', null, "ollama", "gpt-oss:20b"],
    [
      "the profile's",
      'profile = "p"\noss_provider = "ollama"\n[profiles.p]\noss_provider = "ollama-chat"',
      null,
      "ollama-chat",
      "gpt-oss:20b",
    ],
  ])("uses %s and its model, whatever `model` says", async (_name, toml, named, provider, model) => {
    const config = await load(`model = "configured"\n${toml}`, named);
    expect([config.modelProviderId, config.model, config.showRawAgentReasoning]).toEqual([provider, model, true]);
  });

  it("a model flag wins, and so does a set show_raw_agent_reasoning", async () => {
    const config = await load("show_raw_agent_reasoning = false", "ollama", { model: "mine" });
    expect([config.model, config.showRawAgentReasoning]).toEqual(["mine", false]);
  });

  it.each([
    [
      "",
      null,
      "No default OSS provider configured. Use --local-provider=provider or set oss_provider to one of: lmstudio, ollama, ollama-chat in config.toml",
    ],
    ["", "bogus", "Model provider `bogus` not found"],
  ])("%j with provider %j is an error", async (toml, named, message) => {
    expect((await failure(load(toml, named))).message).toBe(message);
  });
});

describe("single values", () => {
  it.each<[string, string, (config: Config) => unknown, unknown]>([
    ["an empty notify is off", "notify = []", (config) => config.notify, null],
    ["a blank compact prompt is unset", 'compact_prompt = "  "', (config) => config.compactPrompt, null],
    [
      "a blank workspace is unset",
      'forced_chatgpt_workspace_id = " "',
      (config) => config.forcedChatgptWorkspaceId,
      null,
    ],
    [
      "blank fallback names are dropped",
      'project_doc_fallback_filenames = ["", "A.md", " "]',
      (config) => config.projectDocFallbackFilenames,
      ["A.md"],
    ],
    [
      "milliseconds become seconds",
      '[mcp_servers.a]\ncommand = "c"\nstartup_timeout_ms = 2500',
      (config) => config.mcpServers.get("a")?.startupTimeoutSec,
      2.5,
    ],
    [
      "seconds win",
      '[mcp_servers.a]\ncommand = "c"\nstartup_timeout_ms = 2500\nstartup_timeout_sec = 1',
      (config) => config.mcpServers.get("a")?.startupTimeoutSec,
      1,
    ],
    [
      "no limit for snapshots",
      "[ghost_snapshot]\nignore_large_untracked_files = -1",
      (config) => config.ghostSnapshot.ignoreLargeUntrackedFiles,
      null,
    ],
    [
      "traces go where logs go",
      '[otel]\nexporter = "statsig"',
      (config) => config.otel.traceExporter,
      { type: "statsig" },
    ],
    ["web search by feature", "[features]\nweb_search_request = true", (config) => config.webSearch, "live"],
    [
      "cached web search by feature",
      "[features]\nweb_search_request = true\nweb_search_cached = true",
      (config) => config.webSearch,
      "cached",
    ],
    [
      "web search by key",
      'web_search = "disabled"\n[features]\nweb_search_request = true',
      (config) => config.webSearch,
      "disabled",
    ],
    ["a date without quotes is a text", "model = 2024-01-01", (config) => config.model, "2024-01-01"],
    [
      "an enormous limit",
      "tool_output_token_limit = 9223372036854775807",
      (config) => config.toolOutputTokenLimit,
      Number.MAX_SAFE_INTEGER,
    ],
    [
      "an exporter",
      '[otel.exporter.otlp-http]\nendpoint = "http://e"\nprotocol = "json"\nheaders = { a = "b" }\ntls = { ca-certificate = "ca.pem" }',
      (config) => config.otel.exporter,
      {
        type: "otlp-http",
        endpoint: "http://e",
        protocol: "json",
        headers: { a: "b" },
        tls: {
          caCertificate: expect.stringMatching(/^\/.*\/home\/ca\.pem$/),
          clientCertificate: null,
          clientPrivateKey: null,
        },
      },
    ],
  ])("%s", async (_name, toml, pick, value) => {
    expect(pick(await testHome(toml).load())).toEqual(value);
  });

  it("skills are switched off by the user's own file only", async () => {
    const skills = (path: string): string => `[[skills.config]]\npath = "${path}"\nenabled = false\n`;
    const home = testHome("", { "work/.codex/config.toml": skills("/project"), "etc/config.toml": skills("/system") });
    home.write("home/config.toml", `[projects."${home.cwd}"]\ntrust_level = "trusted"\n`);
    expect((await home.load()).skills).toEqual([]);
    home.write("home/config.toml", `${skills("mine")}[projects."${home.cwd}"]\ntrust_level = "trusted"\n`);
    expect((await home.load()).skills).toEqual([{ path: `${home.codexHome}/mine`, enabled: false }]);
  });
});

describe("unknown keys", () => {
  const warnings = async (toml: string, cli: string[] = []): Promise<[string, boolean][]> => {
    const home = testHome(toml);
    const config = await home.load({ overrides: { cli } });
    return config.warnings.map(({ message, important }) => [message.replace(`${home.codexHome}/`, ""), important]);
  };

  it.each<[string, string, boolean]>([
    [
      'model = "x"\naproval_policy = "never"',
      "config.toml:2:1: unknown key `aproval_policy` is ignored; did you mean `approval_policy`?",
      true,
    ],
    [
      "[tui]\nanimation = true",
      "config.toml:2:1: unknown key `tui.animation` is ignored; did you mean `tui.animations`?",
      true,
    ],
    [
      'sandbox-mode = "read-only"',
      "config.toml:1:1: unknown key `sandbox-mode` is ignored; did you mean `sandbox_mode`?",
      true,
    ],
    ["[something.else]\na = 1", "config.toml:1:2: unknown key `something` is ignored", true],
    [
      "[features]\nunifed_exec = true",
      "config.toml:2:1: unknown feature `features.unifed_exec` is ignored; did you mean `features.unified_exec`?",
      true,
    ],
    ["[features]\nmulti_agent = true", "config.toml:2:1: unknown feature `features.multi_agent` is ignored", false],
    [
      '[mcp_servers.a]\ncommand = "c"\nenvs = {}',
      "config.toml:3:1: unknown key `mcp_servers.a.envs` is ignored; did you mean `mcp_servers.a.env`?",
      true,
    ],
    [
      "[profiles.p]\nsandbox_workspace_write = {}",
      "config.toml:2:1: unknown key `profiles.p.sandbox_workspace_write` is ignored",
      true,
    ],
  ])("%j", async (toml, message, important) => {
    expect(await warnings(toml)).toEqual([[message, important]]);
  });

  it("of -c are reported without a place", async () => {
    expect(await warnings("", ["modle=x"])).toEqual([["unknown key `modle` is ignored; did you mean `model`?", true]]);
  });

  it("do not include keys of disabled layers", async () => {
    const home = testHome("", { "work/.codex/config.toml": "modle = 1" });
    expect((await home.load()).warnings.map(({ kind }) => kind)).toEqual(["untrustedProject"]);
  });
});
