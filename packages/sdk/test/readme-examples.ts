/** The README's examples; each is a function that the README's test runs and compares with the text. */

import { Codex, defineTool, type CodexOptions } from "../src/index.js";
import { Codex as InProcessCodex } from "../src/in-process-entry.js";

/** A turn, and the next. */
export async function conversation(options: CodexOptions, workingDirectory: string): Promise<string[]> {
  // README: conversation
  const codex = new Codex(options);
  const thread = codex.startThread({ workingDirectory, sandboxMode: "workspace-write" });
  const turn = await thread.run("Find out why the test fails");
  const next = await thread.run("Now fix it", { signal: AbortSignal.timeout(600_000) });
  // end
  return [turn.finalResponse, next.finalResponse];
}

/** Events as they happen. */
export async function streaming(
  options: CodexOptions,
  workingDirectory: string,
  log: (text: string) => void,
): Promise<void> {
  const thread = new Codex(options).startThread({ workingDirectory });
  // README: streaming
  const { events } = await thread.runStreamed("Summarise this repository");
  for await (const event of events) {
    if (event.type === "item.started" && event.item.type === "command_execution") log(`$ ${event.item.command}`);
    if (event.type === "item.completed" && event.item.type === "agent_message") log(event.item.text);
    if (event.type === "turn.completed") log(`${event.usage.output_tokens} tokens`);
  }
  // end
}

/** Approvals and a tool. */
export async function approvals(options: CodexOptions, workingDirectory: string): Promise<string> {
  // README: approvals
  await using codex = new Codex(options);
  const ticket = defineTool({
    name: "read_ticket",
    description: "Reads a ticket of our tracker",
    inputSchema: { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
    parse: (args) => String((args as { id: unknown }).id),
    run: async (id) => await Promise.resolve(`Ticket ${id}: the build is red`),
  });
  const thread = codex.startThread({
    workingDirectory,
    approvalPolicy: "untrusted",
    onApproval: (request) =>
      request.kind === "command" && request.command.includes("git push") ? "decline" : "accept",
    tools: [ticket],
  });
  const { finalResponse } = await thread.run("Work on ticket T-1");
  // end
  return finalResponse;
}

/** The same without a child. */
export async function inProcess(
  options: CodexOptions,
  workingDirectory: string,
  log: (text: string) => void,
): Promise<string> {
  // README: in process
  await using codex = new InProcessCodex({
    ...options,
    onCoreEvent: (event) => {
      if (event.type === "item.delta" && event.delta.kind === "text") log(event.delta.text);
    },
  });
  const { finalResponse } = await codex.startThread({ workingDirectory }).run("Explain this folder");
  // end
  return finalResponse;
}
