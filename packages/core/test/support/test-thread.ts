/** A thread with real services in this process: real sandbox, shell and files below a temporary home, and a fake model. */

import { join } from "node:path";
import { NotCoveredError, openCheckpoints, workspaceRoot, type Checkpoints } from "@codex-ts/checkpoints";
import { loadConfig } from "@codex-ts/config";
import { createModelCatalogue, createModelClient } from "@codex-ts/model-client";
import type { Answer, Op, Question, ThreadEvent, ThreadEventBody } from "@codex-ts/protocol";
import {
  imageLoader,
  modelProfiles,
  noMcpConnections,
  policyRules,
  sandboxedRunner,
  skillCatalogue,
  ThreadManager,
  uuidV7,
  type ClientToolSpec,
  type Services,
  type Thread,
  type ThreadConfig,
} from "@codex-ts/core";
import {
  fakeProviderConfig,
  startFakeModel,
  tempHome,
  type FakeModel,
  type RecordedRequest,
  type Script,
  type TempHome,
} from "@codex-ts/test-support";

/** What a test may choose. */
export interface TestThreadOptions {
  /** Lines at the top level of config.toml. */
  config?: string;
  /** Tables of config.toml, after those that every test has. */
  tables?: string;
  /** Lines of the fake provider's table. */
  provider?: string;
  /** Those that are on; with a `!` before it, one that is off. */
  features?: readonly string[];
  /** Files of the workspace by relative path. */
  files?: Record<string, string>;
  /** Takes the place of real services. */
  services?: (real: Services) => Partial<Services>;
  env?: Record<string, string>;
  clientTools?: readonly ClientToolSpec[];
  /** Nothing is kept on disk. */
  ephemeral?: boolean;
  /** Done to the homes before the thread begins. */
  beforeStart?: (home: TempHome) => void;
}

/** A thread, and what was seen of it. */
export interface TestThread extends AsyncDisposable {
  manager: ThreadManager;
  thread: Thread;
  home: TempHome;
  model: FakeModel;
  config: ThreadConfig;
  events: ThreadEvent[];
  /** Defects that were reported; a test that makes none should see none. */
  reports: unknown[];
  /** Answers questions of all turns from now on; without it they stay open. */
  answer(reply: (question: Question) => Answer | null): void;
  /** Submits an operation that begins a turn and waits for its end. @returns the turn's events */
  turn(op?: Op): Promise<ThreadEvent[]>;
  /** Resolves with the first event, past or future, that fits. */
  event<T extends ThreadEventBody["type"]>(
    type: T,
    fits?: (event: Extract<ThreadEvent, { type: T }>) => boolean,
  ): Promise<Extract<ThreadEvent, { type: T }>>;
  /** Text outputs of tools in the last request, by call id. */
  outputs(): Record<string, string>;
}

/** The user says something. */
export function say(text: string): Op {
  return { type: "user_input", items: [{ type: "text", text, text_elements: [] }] };
}

/** Starts a thread whose model follows the script. */
export async function testThread(script: Script, options: TestThreadOptions = {}): Promise<TestThread> {
  const model = await startFakeModel(script);
  const features = (options.features ?? [])
    .map((name) => (name.startsWith("!") ? `${name.slice(1)} = false\n` : `${name} = true\n`))
    .join("");
  const text = fakeProviderConfig(model.url, options.config, options.provider).replace(
    "[features]\n",
    `[features]\n${features}`,
  );
  const home = tempHome({ config: `${text}${options.tables ?? ""}`, files: options.files ?? {} });
  options.beforeStart?.(home);
  const env = { ...home.env, ...options.env };
  const loaded = await loadConfig({ codexHome: home.codexHome, cwd: home.workspace, env });
  const config = { ...loaded, ephemeral: options.ephemeral ?? false };
  const reports: unknown[] = [];
  const services = (thread: { config: ThreadConfig }): Services => {
    const real = realServices(thread.config, env, reports);
    return { ...real, ...options.services?.(real) };
  };
  const manager = new ThreadManager({
    originator: "codex_test",
    cliVersion: "0.0.0",
    defaultModel: "gpt-5.1-codex",
    services,
  });
  const thread = await manager.start(config, "exec", options.clientTools);
  const events: ThreadEvent[] = [];
  const waiting = new Set<(event: ThreadEvent) => void>();
  thread.subscribe((event) => {
    events.push(event);
    for (const hear of waiting) hear(event);
  });
  const test: TestThread = {
    manager,
    thread,
    home,
    model,
    config,
    events,
    reports,
    answer: (reply) =>
      void thread.subscribe((event) => {
        if (event.type !== "question.asked") return;
        const answer = reply(event.question);
        // Clients answer later, never in the middle of being told.
        if (answer !== null) setImmediate(() => thread.answer(event.question.id, answer));
      }),
    turn: async (op = say("do it")) => {
      const id = await thread.submit(op);
      await test.event("turn.ended", (event) => event.turnId === id);
      return events.filter((event) => event.turnId === id);
    },
    event: (type, fits = () => true) =>
      new Promise((resolve) => {
        const matches = (event: ThreadEvent): event is Extract<ThreadEvent, { type: typeof type }> =>
          event.type === type && fits(event as Extract<ThreadEvent, { type: typeof type }>);
        const past = events.find(matches);
        if (past !== undefined) return resolve(past);
        const hear = (event: ThreadEvent): void => {
          if (!matches(event)) return;
          waiting.delete(hear);
          resolve(event);
        };
        waiting.add(hear);
      }),
    outputs: () => outputsOf(model.requests.at(-1)),
    [Symbol.asyncDispose]: async () => {
      await manager.closeAll();
      await model.close();
      home[Symbol.dispose]();
    },
  };
  return test;
}

/** Text outputs of tools that a request carries, by call id. */
export function outputsOf(request: RecordedRequest | undefined): Record<string, string> {
  const input = (request?.body["input"] ?? []) as { type: string; call_id?: string; output?: unknown }[];
  return Object.fromEntries(
    input.flatMap(({ type, call_id: id, output }) =>
      type.endsWith("_output") && id !== undefined
        ? [[id, typeof output === "string" ? output : JSON.stringify(output)] as const]
        : [],
    ),
  );
}

// helpers

function realServices(config: ThreadConfig, env: Record<string, string>, reports: unknown[]): Services {
  const identity = { originator: "codex_test", userAgent: "codex_test/0" };
  const credentials = (): Promise<null> => Promise.resolve(null);
  const catalogue = createModelCatalogue({
    provider: config.modelProvider,
    credentials,
    identity,
    env,
    fetch: (url, init) => fetch(url, init),
    remoteModels: false,
    cacheFile: join(config.codexHome, "models_cache.json"),
    clientVersion: "0.92.0",
  });
  const report = (error: unknown): void => void reports.push(error);
  const bun = join(import.meta.dirname, "../../../../node_modules/.bin/bun");
  return {
    model: createModelClient({
      provider: config.modelProvider,
      credentials,
      identity,
      betaFeatures: [],
      compressRequests: false,
      env,
    }),
    models: modelProfiles(catalogue, {
      supportsReasoningSummaries: config.modelSupportsReasoningSummaries,
      contextWindow: config.modelContextWindow,
      autoCompactTokenLimit: config.modelAutoCompactTokenLimit,
      toolOutputTokenLimit: config.toolOutputTokenLimit,
      verbosity: config.modelVerbosity,
    }),
    runner: sandboxedRunner({ executable: undefined, codexHome: config.codexHome, tmpdir: env["TMPDIR"] }),
    rules: policyRules({
      layers: [{ dir: config.codexHome, trusted: true, label: "user" }],
      codexHome: config.codexHome,
      proposes: true,
      userShell: "/bin/bash",
    }),
    mcp: noMcpConnections,
    skills: skillCatalogue({ codexHome: config.codexHome, projectFolders: () => [], disabled: new Set() }),
    openCheckpoints: (cwd) => openCheckpointsAt(cwd, config.codexHome),
    loadImage: imageLoader(),
    patchProgram: [bun, "--conditions=@codex-ts/source", join(import.meta.dirname, "patch-program.ts")],
    environment: () => env,
    congestion: () => null,
    shell: { name: "bash", argv: (script, { login }) => ["/bin/bash", login ? "-lc" : "-c", script] },
    told: new Set(),
    newId: () => uuidV7(),
    now: () => new Date(),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener("abort", () => [clearTimeout(timer), resolve()], { once: true });
      }),
    report,
  };
}

async function openCheckpointsAt(cwd: string, codexHome: string): Promise<Checkpoints | null> {
  try {
    return openCheckpoints({ codexHome, root: workspaceRoot(cwd) });
  } catch (error) {
    if (error instanceof NotCoveredError) return null;
    throw error;
  }
}
