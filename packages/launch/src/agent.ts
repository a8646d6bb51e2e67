/** Puts an agent together from a configuration: the services of its threads, and the manager that owns them. */

import {
  imageLoader,
  modelProfiles,
  policyRules,
  sandboxedRunner,
  skillCatalogue,
  ThreadManager,
  uuidV7,
  type LoadImage,
  type Services,
  type ThreadConfig,
  type ThreadStart,
} from "@codex-ts/core";
import { AuthManager } from "@codex-ts/auth";
import type { Checkpoints } from "@codex-ts/checkpoints";
import { COMPATIBLE_VERSION, DEFAULT_PROVIDER_ID, type ModelProviderInfo } from "@codex-ts/config";
import { createModelCatalogue, createModelClient, type ModelCatalogue, type ModelClient } from "@codex-ts/model-client";
import { detectUserShell, machineShellLookup, shellArgv, type Shell } from "@codex-ts/shell-command";
import { join } from "node:path";
import { mcpConnections } from "./mcp/connections.js";
import { commandPath } from "./command-path.js";
import { pausing } from "./pausing-client.js";
import { headerText, VERSION } from "./product.js";
import type { OwnProgram } from "./program.js";
import { userAgent } from "./user-agent.js";

/** What an agent needs besides the configuration of each thread. */
export interface AgentOptions {
  /** The configuration the program was started with; threads may have others. */
  config: ThreadConfig;
  originator: string;
  /** Added to the user agent: a client's name and version. */
  userAgentSuffix?: string;
  /** The process's environment, with CODEX_HOME's dotenv in it. */
  env: Readonly<Record<string, string | undefined>>;
  /** How this program starts itself. */
  program: OwnProgram;
  /** Whether CODEX_API_KEY counts as a login: only for programs that run without people. */
  useEnvironmentKey?: boolean;
  /** Wraps the client of every thread, for recording and replay. */
  wrapClient?: (client: ModelClient, config: ThreadConfig) => ModelClient;
  /** Resolves when whoever hears of output can take more; null: now. Models and commands are read no faster than that. */
  congestion?: () => Promise<unknown> | null;
  /** Hears of what is of interest to whoever looks for a fault. */
  log?: (level: "warn" | "info" | "debug", text: string) => void;
  /** Hears of defects that were contained. */
  report: (error: unknown, where: string) => void;
}

/** An agent, and what servers work with besides its threads. */
export interface AgentParts {
  threads: ThreadManager;
  models: ModelCatalogue;
  auth: AuthManager;
}

/** A manager whose threads are complete. */
export function createAgent(options: AgentOptions): ThreadManager {
  return assembleAgent(options).threads;
}

/** The same with its parts. */
export function assembleAgent(options: AgentOptions): AgentParts {
  const { config, originator } = options;
  const identity = {
    originator: headerText(originator),
    userAgent: headerText(userAgent(originator, options.env, options.userAgentSuffix ?? null)),
  };
  const auth = new AuthManager({
    codexHome: config.codexHome,
    env: options.env,
    storeMode: config.cliAuthCredentialsStore,
    useEnvironmentKey: options.useEnvironmentKey ?? false,
    headers: { originator: identity.originator, "user-agent": identity.userAgent },
    log: (message) => options.report(new Error(message), "login"),
  });
  const catalogue = createModelCatalogue({
    provider: config.modelProvider,
    credentials: auth.forProvider(config.modelProvider).credentials,
    identity,
    env: options.env,
    fetch: (url, init) => fetch(url, init),
    remoteModels: config.features.enabled("remote_models"),
    cacheFile: join(config.codexHome, "models_cache.json"),
    clientVersion: COMPATIBLE_VERSION,
  });
  const shell = detectUserShell(machineShellLookup(options.env));
  const loadImage = imageLoader();
  const told = new Set<string>();
  const helpers = commandPath({
    env: options.env,
    codexHome: config.codexHome,
    program: options.program,
    warn: (text) => options.log?.("warn", text),
  });
  const services: ThreadStart["services"] = (thread) =>
    threadServices(thread, { ...options, identity, catalogue, shell, auth, loadImage, told, commandPath: helpers });
  const threads = new ThreadManager({
    originator,
    cliVersion: VERSION,
    defaultModel: defaultModel(catalogue),
    services,
  });
  return { threads, models: catalogue, auth };
}

// helpers

type ServedThread = Parameters<ThreadStart["services"]>[0];

interface Shared extends AgentOptions {
  identity: { originator: string; userAgent: string };
  catalogue: ModelCatalogue;
  shell: Shell;
  auth: AuthManager;
  loadImage: LoadImage;
  told: Set<string>;
  commandPath: Services["environment"];
}

function threadServices({ config, source }: ServedThread, shared: Shared): Services {
  const { env, catalogue, identity, shell, program } = shared;
  const client = createModelClient({
    provider: spokenTo(config),
    ...shared.auth.forProvider(config.modelProvider),
    identity,
    betaFeatures: config.features.list
      .filter(({ spec, enabled }) => enabled && spec.stage === "experimental")
      .map(({ spec }) => spec.key),
    compressRequests: config.features.enabled("enable_request_compression"),
    env,
  });
  const rulesOn = config.features.enabled("exec_policy");
  return {
    model: pacedModel(shared.wrapClient?.(client, config) ?? client, shared),
    models: modelProfiles(catalogue, {
      supportsReasoningSummaries: config.modelSupportsReasoningSummaries,
      contextWindow: config.modelContextWindow,
      autoCompactTokenLimit: config.modelAutoCompactTokenLimit,
      toolOutputTokenLimit: config.toolOutputTokenLimit,
      verbosity: config.modelVerbosity,
    }),
    runner: sandboxedRunner({
      executable: program.executable,
      codexHome: config.codexHome,
      tmpdir: env["TMPDIR"],
      ...(shared.congestion === undefined ? {} : { congestion: shared.congestion }),
    }),
    rules: policyRules({
      layers: rulesOn ? ruleLayers(config) : [],
      codexHome: config.codexHome,
      proposes: rulesOn,
      userShell: shell.path,
    }),
    mcp: mcpConnections({
      config,
      env,
      cwd: process.cwd(),
      executable: program.executable,
      singleTurn: source === "exec",
      account: () => shared.auth.credentials(),
      log: (level, text) => shared.log?.(level, text),
    }),
    skills: skillCatalogue({
      codexHome: config.codexHome,
      projectFolders: () => projectFolders(config),
      disabled: new Set(config.skills.filter(({ enabled }) => !enabled).map(({ path }) => path)),
    }),
    openCheckpoints: (cwd) => openCheckpointsAt(cwd, config.codexHome),
    loadImage: shared.loadImage,
    patchProgram: program.patchProgram,
    environment: shared.commandPath,
    congestion: shared.congestion ?? (() => null),
    shell: { name: shell.kind, argv: (script, { login }) => shellArgv(shell, script, { login }) },
    told: shared.told,
    newId: () => uuidV7(),
    now: () => new Date(),
    sleep,
    report: shared.report,
  };
}

function pacedModel(client: ModelClient, { congestion }: Shared): ModelClient {
  return congestion === undefined ? client : pausing(client, congestion);
}

/** The built-in provider speaks over a websocket when the feature for it is on. */
function spokenTo({ modelProvider, features }: ThreadConfig): ModelProviderInfo {
  const overSocket =
    modelProvider.id === DEFAULT_PROVIDER_ID &&
    modelProvider.wireApi === "responses" &&
    features.enabled("responses_websockets");
  return overSocket ? { ...modelProvider, wireApi: "responses_websocket" } : modelProvider;
}

function ruleLayers(config: ThreadConfig): { dir: string; trusted: boolean; label: string }[] {
  return config.layers.flatMap((layer) =>
    layer.folder === null
      ? []
      : [
          {
            dir: layer.folder,
            trusted: layer.name.type !== "project" || layer.trust === "trusted",
            label: layer.name.type,
          },
        ],
  );
}

/** `.codex` folders of the project, most specific first, trusted or not: skills are texts, as AGENTS.md is. */
function projectFolders(config: ThreadConfig): string[] {
  return config.layers
    .filter((layer) => layer.name.type === "project")
    .flatMap((layer) => (layer.folder === null ? [] : [layer.folder]))
    .toReversed();
}

async function openCheckpointsAt(cwd: string, codexHome: string): Promise<Checkpoints | null> {
  const { NotCoveredError, openCheckpoints, workspaceRoot } = await import("@codex-ts/checkpoints");
  try {
    return openCheckpoints({ codexHome, root: workspaceRoot(cwd) });
  } catch (error) {
    // Outside of a project, in HOME, or without git there are no checkpoints, and nobody needs to be told each time.
    if (error instanceof NotCoveredError) return null;
    throw error;
  }
}

function defaultModel(catalogue: ModelCatalogue): string {
  const presets = catalogue.presets(false);
  return (presets.find(({ is_default: isDefault }) => isDefault) ?? presets[0])?.model ?? "gpt-5.2-codex";
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
