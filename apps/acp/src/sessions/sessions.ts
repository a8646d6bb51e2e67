/** The sessions of an editor: opened, loaded, found, ended. */

import { realpathSync } from "node:fs";
import {
  RequestError,
  type AgentContext,
  type ListSessionsRequest,
  type ListSessionsResponse,
  type LoadSessionRequest,
  type LoadSessionResponse,
  type McpServer,
  type NewSessionRequest,
  type NewSessionResponse,
} from "@agentclientprotocol/sdk";
import { loadConfig, type Config, type Json, type SessionOverrides } from "@codex-ts/config";
import type { Thread, ThreadManager } from "@codex-ts/core";
import { originatorFrom, type Program } from "@codex-ts/launch";
import { createAgent } from "@codex-ts/launch/agent";
import { findRollout, listRollouts, readRollout, type Rollout } from "@codex-ts/rollout";
import { Session } from "./session.js";
import { storedItems } from "./stored-items.js";

/** What the sessions have in common. */
export interface SessionsOptions {
  /** The configuration that the program was started with. */
  config: Config;
  /** `-c`, `--enable`, `--disable`: they hold for all sessions. */
  overrides: SessionOverrides;
  program: Program;
  /** Resolves when the editor has read enough; null: now. */
  congestion: () => Promise<unknown> | null;
}

/** Where a session works, and with what. */
type Place = Pick<LoadSessionRequest, "cwd" | "additionalDirectories"> & { mcpServers?: McpServer[] };

const PAGE = 50;

/** All sessions of one editor. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #agent: ThreadManager;
  readonly #sessions = new Map<string, Session>();
  #editor: AgentContext | null = null;

  constructor(options: SessionsOptions) {
    const { config, program, congestion } = options;
    this.#options = options;
    this.#agent = createAgent({
      config,
      originator: originatorFrom(program.env, "codex_acp"),
      env: program.env,
      program: program.self,
      congestion,
      report: (error, where) => this.#log(`${where}: ${error instanceof Error ? error.message : String(error)}`),
    });
    this.#agent.onCreated((thread) => {
      if (typeof thread.source === "object") refuseQuestions(thread);
    });
  }

  /** The editor is there. */
  attach(editor: AgentContext): void {
    this.#editor = editor;
  }

  /** @throws {RequestError} */
  async open(request: NewSessionRequest): Promise<NewSessionResponse> {
    const config = await this.#configOf(request);
    const session = this.#add(await this.#agent.start(config, "vscode"), config);
    return { sessionId: session.id, modes: session.modes };
  }

  /** Goes on with a stored session, and tells all that it is made of. @throws {RequestError} */
  async load(request: LoadSessionRequest): Promise<LoadSessionResponse> {
    const { session, rollout } = await this.#goOn(request.sessionId, request);
    await session.replay(await storedItems(rollout.items));
    return { modes: session.modes };
  }

  /** Goes on with a stored session without a word. @throws {RequestError} */
  async resume({ sessionId, ...place }: Place & { sessionId: string }): Promise<LoadSessionResponse> {
    const { session } = await this.#goOn(sessionId, place);
    return { modes: session.modes };
  }

  /** Stored sessions, the newest first. */
  async list({ cwd, cursor }: ListSessionsRequest): Promise<ListSessionsResponse> {
    const { codexHome } = this.#options.config;
    const page = await listRollouts({
      codexHome,
      pageSize: PAGE,
      sort: "updated_at",
      ...(cursor === null || cursor === undefined ? {} : { cursor }),
      ...(cwd === null || cwd === undefined ? {} : { cwd }),
    });
    return {
      sessions: page.sessions.map(({ id, preview, updatedAt, meta }) => ({
        sessionId: id,
        cwd: meta.cwd,
        title: preview,
        updatedAt: new Date(updatedAt * 1000).toISOString(),
      })),
      nextCursor: page.nextCursor,
    };
  }

  /** @throws {RequestError} */
  get(id: string): Session {
    const session = this.#sessions.get(id);
    if (session === undefined) throw RequestError.invalidParams(undefined, `there is no open session ${id}`);
    return session;
  }

  /** Cuts a session's turn short; a session that is gone has none. */
  async cancel(id: string): Promise<void> {
    await this.#sessions.get(id)?.cancel();
  }

  /** Ends a session; its file stays. */
  async end(id: string): Promise<void> {
    this.#sessions.delete(id);
    await this.#agent.close(id);
  }

  /** Ends all sessions. */
  async close(): Promise<void> {
    this.#sessions.clear();
    await this.#agent.closeAll();
  }

  async #goOn(id: string, place: Place): Promise<{ session: Session; rollout: Rollout }> {
    const path = findRollout({ codexHome: this.#options.config.codexHome, id });
    if (path === null) throw RequestError.invalidParams(undefined, `there is no session ${id}`);
    const [config, rollout] = await Promise.all([this.#configOf(place), readRollout(path)]);
    const thread = await this.#agent.resume(config, "vscode", rollout);
    return { session: this.#sessions.get(thread.id) ?? this.#add(thread, config), rollout };
  }

  #add(thread: Thread, config: Config): Session {
    if (this.#editor === null) throw new Error("nobody is connected");
    const session = new Session(thread, config, this.#editor, (text) => this.#log(text));
    this.#sessions.set(session.id, session);
    return session;
  }

  async #configOf({ cwd, additionalDirectories = [], mcpServers = [] }: Place): Promise<Config> {
    const { config, overrides, program } = this.#options;
    try {
      return await loadConfig({
        codexHome: config.codexHome,
        cwd: realpathSync(cwd),
        env: program.env,
        overrides: {
          ...overrides,
          values: Object.fromEntries(mcpServers.flatMap(mcpServerSetting)),
          harness: { additionalWritableRoots: additionalDirectories },
        },
      });
    } catch (error) {
      throw RequestError.invalidParams(undefined, error instanceof Error ? error.message : String(error));
    }
  }

  #log(text: string): void {
    this.#options.program.log("error", text);
  }
}

// helpers

/** Of an agent that an agent started the editor knows nothing: there is nobody to ask. */
function refuseQuestions(thread: Thread): void {
  thread.subscribe((event) => {
    if (event.type === "question.asked") thread.refuseQuestions("policy");
  });
}

/** An editor's MCP server as config.toml has it. Servers over SSE alone are not supported: there is none. */
function mcpServerSetting(server: McpServer): [key: string, value: Json][] {
  const key = `mcp_servers.${server.name.replaceAll(/[^\w-]/g, "_")}`;
  const pairs = (list: readonly { name: string; value: string }[]): Json =>
    Object.fromEntries(list.map(({ name, value }) => [name, value]));
  if (!("type" in server)) return [[key, { command: server.command, args: server.args, env: pairs(server.env) }]];
  return server.type === "http" ? [[key, { url: server.url, http_headers: pairs(server.headers) }]] : [];
}
