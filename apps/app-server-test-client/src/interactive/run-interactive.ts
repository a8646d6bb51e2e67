/** The interactive client: raw server lines go to stdout, its own words to stderr. */

import type { ParsedCommand } from "@codex-ts/launch";
import type { ApprovalPolicy } from "@codex-ts/protocol";
import type { ThreadStartParams } from "@codex-ts/app-server-protocol";
import { AppServerClient, type ClientOptions, type Direction, ServerError } from "../client/app-server-client.js";
import { approve } from "../flows/approve.js";
import { initialize } from "../flows/initialize.js";
import { sendMessage } from "../flows/messages.js";
import type { Terminal } from "../run-test-client.js";
import { finalMessage } from "./final-message.js";
import { HELP, type InputLine, readInputLine } from "./input-line.js";

/** @returns the exit code */
export async function runInteractive(
  called: ParsedCommand,
  options: ClientOptions,
  terminal: Terminal,
): Promise<number> {
  const client = new AppServerClient({
    ...options,
    onLine: shown(called.has("final-only"), terminal),
    onRequest: called.has("auto-approve") ? approve : decline,
  });
  await initialize(client, terminal);
  const session = new Session(client, startParams(called), terminal);
  await session.begin(called.value("thread-id") ?? null);
  for await (const line of terminal.lines()) {
    const input = readInputLine(line);
    if (input.kind === "quit") break;
    await session.take(input);
    session.prompt();
  }
  return (await client.close()) ?? 1;
}

// helpers

function shown(finalOnly: boolean, terminal: Terminal): ClientOptions["onLine"] {
  return (direction: Direction, line: string) => {
    if (direction === "sent") return;
    const text = finalOnly ? finalMessage(line) : line;
    if (text !== null) terminal.stdout(`${text}\n`);
  };
}

/** Says no to every approval that it knows. */
function decline(method: string): unknown {
  switch (method) {
    case "item/commandExecution/requestApproval":
    case "item/fileChange/requestApproval":
      return { decision: "decline" };
    default:
      throw new Error(`this client does not serve ${method}`);
  }
}

function startParams(called: ParsedCommand): ThreadStartParams {
  const policies: readonly ApprovalPolicy[] = ["untrusted", "on-failure", "on-request", "never"];
  return {
    approvalPolicy: policies.find((policy) => policy === called.value("approval-policy")) ?? "on-request",
    model: called.value("model") ?? null,
    modelProvider: called.value("model-provider") ?? null,
    cwd: called.value("cwd") ?? null,
  };
}

/** The thread that messages go to. */
class Session {
  readonly #client: AppServerClient;
  readonly #params: ThreadStartParams;
  readonly #terminal: Terminal;
  #threadId = "";

  constructor(client: AppServerClient, params: ThreadStartParams, terminal: Terminal) {
    this.#client = client;
    this.#params = params;
    this.#terminal = terminal;
  }

  async begin(threadId: string | null): Promise<void> {
    await this.take(threadId === null ? { kind: "new" } : { kind: "resume", threadId });
    this.prompt();
  }

  prompt(): void {
    this.#terminal.stderr(`(${this.#threadId === "" ? "no thread" : this.#threadId})> `);
  }

  /** Carries a line out; what the server refuses is shown. */
  async take(input: InputLine): Promise<void> {
    try {
      await this.#perform(input);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.#terminal.stderr(`${error.message}\n`);
    }
  }

  async #perform(input: InputLine): Promise<void> {
    switch (input.kind) {
      case "nothing":
      case "quit":
        return;
      case "help":
        return this.#terminal.stderr(HELP);
      case "wrong":
        return this.#terminal.stderr(`${input.why}\n`);
      case "new":
        this.#threadId = (await this.#client.request("thread/start", this.#params)).thread.id;
        return;
      case "resume": {
        const params = { ...this.#params, threadId: input.threadId };
        this.#threadId = (await this.#client.request("thread/resume", params)).thread.id;
        return;
      }
      case "use":
        this.#threadId = input.threadId;
        return;
      case "list": {
        const { data } = await this.#client.request("thread/list", {});
        for (const { id, preview } of data) this.#terminal.stderr(`${id} ${preview.split("\n")[0]}\n`);
        return;
      }
      case "message":
        return await sendMessage(this.#client, this.#threadId, input.text);
    }
  }
}
