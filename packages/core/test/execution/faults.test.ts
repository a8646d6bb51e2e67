/** Commands that misbehave: what the model is told, what stays behind, and how much it costs. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CommandItem } from "@codex-ts/protocol";
import { answer, functionCall, message } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { killProcessesWith, marker, processesWith } from "../support/processes.js";
import { say, testThread } from "../support/test-thread.js";

const SANDBOXES = ["workspace-write", "danger-full-access"] as const;
const MEBIBYTE = 1024 * 1024;
/** How much a command writes that writes too much. */
const FLOOD = process.env["CODEX_TS_NIGHTLY"] === undefined ? 64 * MEBIBYTE : 1024 * MEBIBYTE;

interface Ran {
  output: string;
  item: CommandItem;
}

/** Runs a script through `shell_command`. */
async function run(command: string, args: Record<string, unknown> = {}, sandbox = "workspace-write"): Promise<Ran> {
  return await call("shell_command", { command, login: false, ...args }, sandbox);
}

async function call(tool: string, args: unknown, sandbox = "workspace-write"): Promise<Ran> {
  await using test = await testThread([answer(functionCall(tool, args)), answer(message("ok"))], {
    config: `sandbox_mode = "${sandbox}"\napproval_policy = "never"`,
  });
  const events = await test.turn();
  expect(test.reports).toEqual([]);
  const [item, ...others] = events.flatMap((event) =>
    event.type === "item.ended" && event.item.type === "command" ? [event.item] : [],
  );
  expect(others).toEqual([]);
  if (item === undefined) throw new Error("no command has ended");
  return { output: test.outputs()["call_1"] ?? "", item };
}

describe.each(SANDBOXES)("under %s a command", (sandbox) => {
  it("that runs out of time is ended with all it started, whatever it ignores", async () => {
    const word = marker();
    const script = `echo begun; trap '' TERM; (trap '' TERM; sleep ${word}) & sleep ${word}; sleep ${word}`;
    // Long enough for a busy machine to say its word.
    const { output, item } = await run(script, { timeout_ms: 2_000 }, sandbox);
    expect(output).toMatch(
      /^Exit code: 124\nWall time: [\d.]+ seconds\nOutput:\ncommand timed out after \d+ milliseconds\nbegun\n/,
    );
    expect(item).toMatchObject({ status: "failed", result: { exitCode: 124, timedOut: true, stdout: "begun\n" } });
    await expect.poll(() => processesWith(word)).toBe(0);
  });

  it("that ends at once when its time is up leaves no child that does not", async () => {
    const word = marker();
    await run(`(trap '' TERM; sleep ${word}) & sleep ${word}`, { timeout_ms: 300 }, sandbox);
    await expect.poll(() => processesWith(word)).toBe(0);
  });

  it("gets a moment to tidy up when its time is up", async () => {
    // Long enough for a busy machine to come to the trap.
    const { output } = await run("trap 'echo tidy; exit' TERM; sleep 1000 & wait", { timeout_ms: 2_000 }, sandbox);
    expect(output).toContain("milliseconds\ntidy\n");
  });

  it("does not go on with its script when its time is up", async () => {
    const script = "for n in 1 2 3 4 5 6 7 8; do sleep 1000; echo went on; done";
    const { output } = await run(script, { timeout_ms: 500 }, sandbox);
    expect(output).toMatch(/^Exit code: 124\n/);
    expect(output).not.toContain("went on");
  });

  it("is given no time at all with a timeout of zero", async () => {
    const { output, item } = await run("sleep 1000", { timeout_ms: 0 }, sandbox);
    expect(output).toMatch(/^Exit code: 124\n/);
    expect(item.result?.timedOut).toBe(true);
  });

  it("whose child holds the pipe keeps the output it had", async () => {
    const { output } = await run("(sleep 5 &) ; echo bg", {}, sandbox);
    expect(output).toContain("Output:\nbg\n");
  });

  it("that dies by a signal has the code a shell would give, and its output", async () => {
    const { output, item } = await run("echo before; kill -9 $$", {}, sandbox);
    expect(output).toMatch(/^Exit code: 137\n/);
    expect(output).toContain("before\n");
    expect(item).toMatchObject({ status: "failed", result: { exitCode: 137 } });
  });

  it("that floods its output costs a bounded amount of memory and keeps both ends", async () => {
    const before = process.memoryUsage().rss;
    const { item } = await run(`echo first; head -c ${FLOOD} /dev/zero; echo last`, { timeout_ms: 120_000 }, sandbox);
    const { stdout = "" } = item.result ?? {};
    expect(stdout.startsWith("first\n")).toBe(true);
    expect(stdout).toContain(" bytes omitted ");
    expect(stdout.endsWith("last\n")).toBe(true);
    expect(stdout.length).toBeLessThan(MEBIBYTE + 200);
    // The events of a test are kept, 10,000 pieces of 8 KiB at the most; what comes after is not.
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * MEBIBYTE);
  });

  it("that writes byte by byte is read as it is", async () => {
    const { item } = await run("for i in 1 2 3 4 5 6 7 8 9; do printf $i; printf $i >&2; done", {}, sandbox);
    expect(item.result).toMatchObject({ stdout: "123456789", stderr: "123456789" });
  });

  it("reads an empty input", async () => {
    expect((await run("cat; echo end", {}, sandbox)).output).toContain("Output:\nend\n");
  });

  it("that is empty succeeds without a word", async () => {
    expect((await run("", {}, sandbox)).output).toMatch(/^Exit code: 0\nWall time: [\d.]+ seconds\nOutput:\n$/);
  });

  it.each([
    { what: "whose folder is missing", tool: "shell_command", args: { command: "ls", workdir: "/no/such" } },
    { what: "whose program is missing", tool: "shell", args: { command: ["no-such-program"] } },
    { what: "that is no program", tool: "shell", args: { command: ["/etc/passwd"] } },
  ])("$what says so in a sentence", async ({ tool, args }) => {
    const { output, item } = await call(tool, args, sandbox);
    expect(output).toMatch(/^execution error: .*(\/no\/such|no-such-program|\/etc\/passwd)/);
    expect(output).not.toContain("Os {");
    expect(item).toMatchObject({ status: "failed", result: { exitCode: -1, stderr: output, durationMs: 0 } });
  });

  it("that is cut short ends as interrupted with what it had said, and its process is gone", async () => {
    const word = marker();
    const script = `echo begun; trap '' TERM; sleep ${word}`;
    await using test = await testThread([answer(functionCall("shell_command", { command: script, login: false }))], {
      config: `sandbox_mode = "${sandbox}"\napproval_policy = "never"`,
    });
    await test.thread.submit(say("go"));
    await test.event("item.delta", (event) => event.delta.kind === "commandOutput");
    await test.thread.submit({ type: "interrupt" });
    const { item } = await test.event("item.ended", (event) => event.item.type === "command");
    expect(item).toMatchObject({ status: "interrupted", result: { exitCode: -1, stdout: "begun\n" } });
    await test.event("turn.ended");
    const told = await test.event("response.item", (event) => event.item.type === "function_call_output");
    expect(told.item).toMatchObject({ output: expect.stringMatching(/^Wall time: \d+\.\d seconds\naborted by user$/) });
    await expect.poll(() => processesWith(word)).toBe(0);
  });
});

it.each([
  { tool: "shell_command", features: [], args: { command: "touch ran", login: false } },
  { tool: "exec_command", features: ["unified_exec"], args: { cmd: "touch ran", login: false } },
  { tool: "exec_command", features: ["unified_exec"], args: { cmd: "touch ran", login: false, tty: true } },
])("a command of $tool does not start in a turn that was cut short while its sandbox was planned", async (given) => {
  const begun = Promise.withResolvers<void>();
  /** As when the machine is probed, which takes a while. */
  const planning = async (signal: AbortSignal): Promise<void> => {
    begun.resolve();
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  };
  await using test = await testThread([answer(functionCall(given.tool, given.args))], {
    features: given.features,
    config: 'sandbox_mode = "danger-full-access"\napproval_policy = "never"',
    services: ({ runner }) => ({
      runner: {
        ...runner,
        run: (request, observer) => planning(observer.signal).then(() => runner.run(request, observer)),
        open: (request, observer) => planning(observer.signal).then(() => runner.open(request, observer)),
      },
    }),
  });
  await test.thread.submit(say("go"));
  await begun.promise;
  await test.thread.submit({ type: "interrupt" });
  await test.event("turn.ended");
  const { item } = await test.event("item.ended", (event) => event.item.type === "command");
  expect(item).toMatchObject({ status: "interrupted" });
  await test.manager.closeAll();
  expect(existsSync(join(test.home.workspace, "ran"))).toBe(false);
  expect(test.reports).toEqual([]);
});

describe("survivors", () => {
  it("of a sandboxed command end with it", async () => {
    const word = marker();
    await run(`setsid sleep ${word} >/dev/null 2>&1 & echo left`, {}, "workspace-write");
    await expect.poll(() => processesWith(word)).toBe(0);
  });

  it("of a command without a sandbox may be a server that was started, and stay", async () => {
    const word = marker();
    const { output } = await run(`sleep ${word} >/dev/null 2>&1 & echo left`, {}, "danger-full-access");
    expect(output).toContain("left\n");
    expect(processesWith(word)).toBe(1);
    killProcessesWith(word);
  });
});

describe("arguments that make no sense", () => {
  it.each([
    { what: "an empty argv", tool: "shell", args: { command: [] }, text: "command args are empty" },
    {
      what: "a negative time",
      tool: "shell_command",
      args: { command: "ls", timeout_ms: -1 },
      text: "failed to parse function arguments: invalid value: integer `-1`, expected u64 at line 1 column 31",
    },
    {
      what: "no command",
      tool: "shell_command",
      args: {},
      text: "failed to parse function arguments: missing field `command` at line 1 column 2",
    },
    {
      what: "no JSON",
      tool: "shell_command",
      args: "{'command'}",
      text: "failed to parse function arguments: key must be a string at line 1 column 2",
    },
  ])("($what) are told, and nothing runs", async ({ tool, args, text }) => {
    await using test = await testThread([answer(functionCall(tool, args)), answer(message("ok"))]);
    const events = await test.turn();
    expect(test.outputs()["call_1"]).toBe(text);
    expect(events.some((event) => event.type === "item.started" && event.item.type === "command")).toBe(false);
  });
});
