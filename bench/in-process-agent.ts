/** A whole agent in this process, with real services and session files in a temporary home; only the network is not there. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../packages/config/src/index.js";
import type { Thread, ThreadConfig, ThreadManager } from "../packages/core/src/index.js";
import { createAgent } from "../packages/launch/src/agent-entry.js";
import { createModelClient } from "../packages/model-client/src/index.js";
import type { ResponseItem } from "../packages/protocol/src/index.js";

/** An agent whose model says the same each time. */
export interface InProcessAgent extends AsyncDisposable {
  threads: ThreadManager;
  config: ThreadConfig;
}

/** @param answer the bytes of the event stream that every request gets, in the chunks in which they come */
export async function inProcessAgent(answer: readonly Uint8Array[]): Promise<InProcessAgent> {
  const root = mkdtempSync(join(tmpdir(), "bench-agent-"));
  const [codexHome, cwd] = [join(root, "home"), join(root, "workspace")];
  for (const folder of [codexHome, cwd]) mkdirSync(folder);
  writeFileSync(join(codexHome, "config.toml"), CONFIG);
  const env = { HOME: root, CODEX_HOME: codexHome, PATH: process.env["PATH"], SHELL: "/bin/bash" };
  const config = await loadConfig({ codexHome, cwd, env });
  const respond = (): Promise<Response> =>
    Promise.resolve(new Response(new ReadableStream({ start: (controller) => fill(controller, answer) })));
  const threads = createAgent({
    config,
    originator: "bench",
    env,
    program: { executable: undefined, patchProgram: ["false"] },
    wrapClient: (_, { modelProvider: provider }) =>
      createModelClient({
        provider,
        credentials: () => Promise.resolve(null),
        identity: { originator: "bench", userAgent: "bench" },
        env,
        fetch: respond,
      }),
    report: (error, where) => {
      throw new Error(`a defect in ${where}`, { cause: error });
    },
  });
  return {
    threads,
    config,
    [Symbol.asyncDispose]: async () => {
      await threads.closeAll();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Runs one turn to its end. @returns milliseconds */
export async function turn(thread: Thread): Promise<number> {
  const startedAt = performance.now();
  const ended = new Promise<void>((resolve, reject) => {
    const stop = thread.subscribe((event) => {
      if (event.type !== "turn.ended") return;
      stop();
      if (event.outcome.kind === "completed") resolve();
      else reject(new Error(`the turn ${event.outcome.kind}`));
    });
  });
  await thread.submit({ type: "user_input", items: [{ type: "text", text: "hello", text_elements: [] }] });
  await ended;
  return performance.now() - startedAt;
}

/** A stream in which the model says a text in so many pieces. */
export function saying(deltas: number, chunkBytes = 4_096): Uint8Array[] {
  const item = { type: "message", role: "assistant", id: "m" };
  const pieces = Array.from({ length: deltas }, (_, n) => `word${n} `);
  const text = [
    { type: "response.created", response: { id: "r" } },
    { type: "response.output_item.added", item: { ...item, content: [] } },
    ...pieces.map((delta) => ({ type: "response.output_text.delta", item_id: "m", delta })),
    { type: "response.output_item.done", item: { ...item, content: [{ type: "output_text", text: pieces.join("") }] } },
    { type: "response.completed", response: { id: "r", usage: USAGE } },
  ]
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join("");
  const bytes = new TextEncoder().encode(text);
  const chunks = Math.ceil(bytes.length / chunkBytes);
  return Array.from({ length: chunks }, (_, n) => bytes.subarray(n * chunkBytes, (n + 1) * chunkBytes));
}

/** A conversation of so many items: messages, reasoning, calls and outputs, as real ones have them. */
export function conversation(items: number): ResponseItem[] {
  return Array.from({ length: items }, (_, n) => conversationItem(n, Math.floor(n / 5)));
}

/** The value in the middle. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}

// helpers

const CONFIG = `model = "gpt-5.1-codex"
model_provider = "fake"
[model_providers.fake]
name = "fake"
base_url = "http://127.0.0.1:9/v1"
wire_api = "responses"
`;

const USAGE = { input_tokens: 100, output_tokens: 20, total_tokens: 120 };

function fill(controller: ReadableStreamDefaultController<Uint8Array>, chunks: readonly Uint8Array[]): void {
  for (const chunk of chunks) controller.enqueue(chunk);
  controller.close();
}

function conversationItem(n: number, round: number): ResponseItem {
  switch (n % 5) {
    case 0:
      return { type: "message", role: "user", content: [{ type: "input_text", text: `request ${round}` }] };
    case 1:
      return { type: "reasoning", summary: [], encrypted_content: "A".repeat(1_000) };
    case 2:
      return { type: "function_call", name: "shell_command", arguments: '{"command":"ls"}', call_id: `call_${round}` };
    case 3:
      return { type: "function_call_output", call_id: `call_${round}`, output: "a line of output\n".repeat(30) };
    default:
      return { type: "message", role: "assistant", content: [{ type: "output_text", text: "An answer. ".repeat(20) }] };
  }
}
