/** An editor: the official client on the built executable. */

import { spawn } from "node:child_process";
import { Readable, Writable } from "node:stream";
import {
  client,
  methods,
  ndJsonStream,
  type ClientContext,
  type NewSessionResponse,
  type PromptResponse,
  type RequestPermissionRequest,
  type RequestPermissionResponse,
  type SessionUpdate,
} from "@agentclientprotocol/sdk";
import {
  fakeProviderConfig,
  startFakeModel,
  tempHome,
  type Build,
  type FakeModel,
  type Script,
  type TempHome,
} from "@codex-ts/test-support";

/** What an editor sees, and what it can do. */
export interface Editor {
  agent: ClientContext;
  model: FakeModel;
  home: TempHome;
  updates: SessionUpdate[];
  asked: RequestPermissionRequest[];
  /** Resolves with the first update, past or future, that fits. */
  update(fits: (update: SessionUpdate) => boolean): Promise<SessionUpdate>;
  open(): Promise<NewSessionResponse>;
  prompt(sessionId: string, text: string): Promise<PromptResponse>;
}

/** What a test chooses. */
export interface EditorOptions {
  build: Build;
  script: Script;
  /** Top-level lines of config.toml. */
  config?: string;
  files?: Record<string, string>;
  /** Chooses an option of a permission request; default: the test expects no request. */
  choose?: (request: RequestPermissionRequest) => RequestPermissionResponse | Promise<RequestPermissionResponse>;
}

/** Runs a test in an editor. @returns how the agent ended after the editor had closed its input */
export async function inEditor(
  { build, script, config = "", files = {}, choose }: EditorOptions,
  test: (editor: Editor) => Promise<void>,
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  await using model = await startFakeModel(script);
  using home = tempHome({ config: fakeProviderConfig(model.url, config), files });
  const child = spawn(build.command, [...build.prefix, "acp"], {
    cwd: home.workspace,
    env: home.env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  const updates: SessionUpdate[] = [];
  const asked: RequestPermissionRequest[] = [];
  const waiting = new Set<() => void>();
  const app = client({ name: "editor" })
    .onRequest(methods.client.session.requestPermission, async ({ params }) => {
      asked.push(params);
      if (choose === undefined) throw new Error("nobody is there");
      return await choose(params);
    })
    .onNotification(methods.client.session.update, ({ params }) => {
      updates.push(params.update);
      for (const wake of waiting) wake();
    });
  const stream = ndJsonStream(Writable.toWeb(child.stdin), Readable.toWeb(child.stdout) as ReadableStream<Uint8Array>);
  try {
    await app.connectWith(stream, async (agent) => {
      await agent.request(methods.agent.initialize, { protocolVersion: 1, clientCapabilities: {} });
      await test({
        agent,
        model,
        home,
        updates,
        asked,
        update: async (fits) => {
          for (;;) {
            const found = updates.find(fits);
            if (found !== undefined) return found;
            await new Promise<void>((resolve) => waiting.add(resolve));
          }
        },
        open: async () => await agent.request(methods.agent.session.new, { cwd: home.workspace, mcpServers: [] }),
        prompt: async (sessionId, text) =>
          await agent.request(methods.agent.session.prompt, { sessionId, prompt: [{ type: "text", text }] }),
      });
    });
    child.stdin.end();
    return await ended;
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}
