/** Runs one flow of the test client against a server that it starts. */

import { helpText, parseArguments, type ParsedCommand, type ParsedLine } from "@codex-ts/launch";
import { AppServerClient, type ClientOptions, ServerError, ServerGoneError } from "./client/app-server-client.js";
import { lineText } from "./client/line-text.js";
import { approve } from "./flows/approve.js";
import { initialize } from "./flows/initialize.js";
import { listModels, listThreads, readRateLimits } from "./flows/lists.js";
import { logIn } from "./flows/log-in.js";
import { sendMessageV1 } from "./flows/message-v1.js";
import { COMMAND_PROMPT, PATCH_PROMPT, sendMessages } from "./flows/messages.js";
import { watch } from "./flows/watch.js";
import { testClientCommand } from "./test-client-command.js";

/** What the program works with; a test gives its own. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Lines of the person's input. */
  lines(): AsyncIterable<string>;
}

/** @param words after the program's name. @returns the exit code */
export async function runTestClient(words: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(testClientCommand, words);
  switch (parsed.kind) {
    case "help":
      terminal.stdout(helpText(parsed.path, { long: parsed.long }));
      return 0;
    case "version":
      terminal.stdout(`${parsed.text}\n`);
      return 0;
    case "error":
      terminal.stderr(parsed.text);
      return 2;
    case "run":
      return await runFlow(parsed.line, terminal);
  }
}

// helpers

async function runFlow(line: ParsedLine, terminal: Terminal): Promise<number> {
  const called = line.path.at(-1);
  if (called === undefined) return 2;
  const options = serverOptions(line, terminal);
  if (called.spec.name === "interactive") {
    const { runInteractive } = await import("./interactive/run-interactive.js");
    return await runInteractive(called, options, terminal);
  }
  const client = new AppServerClient(options);
  try {
    await initialize(client, terminal);
    await flow(called, client, terminal);
    return (await client.close()) ?? 1;
  } catch (error) {
    if (!(error instanceof ServerError || error instanceof ServerGoneError)) throw error;
    terminal.stderr(`Error: ${error.message}\n`);
    await client.close();
    return 1;
  }
}

function serverOptions({ path }: ParsedLine, terminal: Terminal): ClientOptions {
  const value = (name: string): string | undefined => path.map((each) => each.value(name)).findLast((found) => found);
  const program = value("codex-bin") ?? terminal.env["CODEX_BIN"] ?? "codex";
  const overrides = path.flatMap((each) => each.values("config")).flatMap((override) => ["-c", override]);
  return {
    command: [program, ...overrides],
    cwd: terminal.cwd,
    env: terminal.env,
    onLine: (direction, text) => terminal.stdout(lineText(direction, text)),
    onStderr: (text) => terminal.stderr(text),
    onRequest: approve,
  };
}

async function flow(called: ParsedCommand, client: AppServerClient, terminal: Terminal): Promise<void> {
  const given = (name: string, otherwise = ""): string => called.argument(name) ?? otherwise;
  const cautious = { approvalPolicy: "on-request", sandboxPolicy: { type: "readOnly" } } as const;
  switch (called.spec.name) {
    case "send-message":
      return await sendMessageV1(client, given("USER_MESSAGE"));
    case "send-message-v2":
      return await sendMessages(client, [given("USER_MESSAGE")]);
    case "send-follow-up-v2":
      return await sendMessages(client, [given("FIRST_MESSAGE"), given("FOLLOW_UP_MESSAGE")]);
    case "trigger-cmd-approval":
      return await sendMessages(client, [given("USER_MESSAGE", COMMAND_PROMPT)], cautious);
    case "trigger-patch-approval":
      return await sendMessages(client, [given("USER_MESSAGE", PATCH_PROMPT)], cautious);
    case "no-trigger-cmd-approval":
      return await sendMessages(client, [COMMAND_PROMPT]);
    case "login":
      return await logIn(client, terminal);
    case "get-account-rate-limits":
      return await readRateLimits(client, terminal);
    case "model-list":
      return await listModels(client, terminal);
    case "thread-list":
      return await listThreads(client, terminal);
    case "watch":
      return await watch(client, called.argument("THREAD_ID") ?? null, terminal);
    default:
      throw new Error(`no such command: ${called.spec.name}`);
  }
}
