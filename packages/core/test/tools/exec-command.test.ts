/** Commands that live on between calls: texts, sessions, terminals, events. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandItem, ThreadEvent } from "@codex-ts/protocol";
import { answer, functionCall, message, type Answer, type RecordedRequest } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { outputsOf, say, testThread, type TestThread, type TestThreadOptions } from "../support/test-thread.js";
import { marker, processesWith } from "../support/processes.js";

const OPTIONS: TestThreadOptions = { features: ["unified_exec"], config: 'sandbox_mode = "workspace-write"' };

/** One call, and what the model was told. */
async function told(name: string, args: unknown, options: TestThreadOptions = {}): Promise<string> {
  await using test = await testThread([answer(functionCall(name, args)), answer(message("ok"))], {
    ...OPTIONS,
    ...options,
  });
  await test.turn();
  expect(test.reports).toEqual([]);
  return test.outputs()["call_1"] ?? "";
}

type Call = [tool: string, args: Record<string, unknown>] | ((before: string) => Call);

/** The model makes the calls one after the other, each knowing the output of the one before. */
function script(...calls: Call[]): (request: RecordedRequest, index: number) => Answer {
  return (request, index) => {
    let call = calls[index];
    if (call === undefined) return answer(message("ok"));
    if (typeof call === "function") call = call(outputsOf(request)[`call_${index - 1}`] ?? "");
    const [tool, args] = call as Exclude<Call, Function>;
    return answer(functionCall(tool, args, `call_${index}`));
  };
}

/** Types into the session that the output before names. */
function write(chars: string, args: Record<string, unknown> = {}): Call {
  return (before) => ["write_stdin", { session_id: sessionIn(before), chars, ...args }];
}

function sessionIn(output: string): number {
  return Number(/session ID (\d+)/.exec(output)?.[1]);
}

function start(cmd: string, args: Record<string, unknown> = {}): Call {
  return ["exec_command", { cmd, login: false, yield_time_ms: 250, ...args }];
}

function body(output: string | undefined): string {
  return output?.split("\nOutput:\n")[1] ?? "";
}

function ends(events: readonly ThreadEvent[]): CommandItem[] {
  return events.flatMap((event) => (event.type === "item.ended" && event.item.type === "command" ? [event.item] : []));
}

describe("exec_command", () => {
  it("answers with the reference's sections", async () => {
    expect(await told("exec_command", { cmd: "echo hi; echo err >&2" })).toMatch(
      /^Chunk ID: [0-9a-f]{6}\nWall time: \d+\.\d{4} seconds\nProcess exited with code 0\nOriginal token count: 2\nOutput:\nhi\nerr\n$/,
    );
  });

  it.each([
    { what: "an exit code", cmd: "exit 3", line: "Process exited with code 3" },
    { what: "a signal", cmd: "kill -9 $$", line: "Process exited with code 137" },
    { what: "a program that is not there", cmd: "no-such-program", line: "Process exited with code 127" },
    { what: "an empty script", cmd: "", line: "Process exited with code 0" },
  ])("tells of $what", async ({ cmd, line }) => {
    const output = await told("exec_command", { cmd, login: false });
    expect(output).toContain(line);
  });

  it("has the output of a command that a signal ended", async () => {
    expect(body(await told("exec_command", { cmd: "echo x; kill -9 $$", login: false }))).toBe("x\n");
  });

  it.each([
    ["NO_COLOR", "1"],
    ["TERM", "dumb"],
    ["LC_ALL", "C.UTF-8"],
    ["PAGER", "cat"],
    ["GIT_PAGER", "cat"],
    ["GH_PAGER", "cat"],
    ["CODEX_CI", "1"],
    ["COLORTERM", ""],
    ["CODEX_SANDBOX_NETWORK_DISABLED", "1"],
  ])("sets %s", async (name, value) => {
    expect(body(await told("exec_command", { cmd: `printf %s "$${name}"`, login: false }))).toBe(value);
  });

  it("has no input without a terminal", async () => {
    expect(body(await told("exec_command", { cmd: "cat; echo done", login: false }))).toBe("done\n");
  });

  it("gives a terminal of 24 lines and 80 columns", async () => {
    const output = await told("exec_command", { cmd: "test -t 0 && stty size", tty: true, login: false });
    expect(body(output)).toBe("24 80\r\n");
  });

  it("keeps the sandbox on a terminal", async () => {
    const output = await told(
      "exec_command",
      { cmd: "echo x > ../outside; ls ../outside", tty: true, login: false },
      { config: 'approval_policy = "never"\nsandbox_mode = "workspace-write"' },
    );
    expect(output).toMatch(/^exec_command failed: the sandbox did not allow/);
    expect(output).toContain("Read-only file system");
  });

  it("cuts the output to max_output_tokens and says how long it was", async () => {
    const output = await told("exec_command", { cmd: "seq 1 30000", login: false, max_output_tokens: 50 });
    expect(output).toContain("Original token count: 42224\nOutput:\nTotal output lines: 30000\n\n1\n2\n");
    expect(output).toContain("…42174 tokens truncated…");
    expect(output.match(/truncated…/g)).toHaveLength(1);
  });

  it("keeps the beginning and the end of more than a mebibyte and marks the gap", async () => {
    const cmd = "echo first; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo last";
    await using test = await testThread(
      script(start(cmd, { yield_time_ms: 30_000, max_output_tokens: 1_000_000 })),
      OPTIONS,
    );
    const [item] = ends(await test.turn());
    expect(item?.result?.stdout).toMatch(/^first\nx+\n\[\.\.\. \d+ bytes omitted \.\.\.\]\nx+\nlast\n$/);
    expect(item?.result?.stdout.length).toBeLessThan(1_048_576 + 100);
  });

  it.each([
    { what: "a folder that is missing", args: { cmd: "true", workdir: "/no/such" }, text: "/no/such: not a folder" },
    { what: "that on a terminal", args: { cmd: "true", workdir: "/no/such", tty: true }, text: "/no/such" },
    { what: "an unknown shell", args: { cmd: "true", shell: "fish" }, text: "unknown shell `fish`" },
  ])("says in a plain sentence what is wrong with $what", async ({ args, text }) => {
    const output = await told("exec_command", { login: false, ...args });
    expect(output).toMatch(/^exec_command failed: /);
    expect(output).toContain(text);
    expect(output).not.toMatch(/Rejected|Os \{|CreateProcess/);
  });

  it("runs the script with the shell that is asked for", async () => {
    expect(body(await told("exec_command", { cmd: "echo $0", shell: "sh", login: false }))).toBe("sh\n");
  });

  it("refuses an escalation where nobody can be asked, and shows it as declined", async () => {
    await using test = await testThread(
      [
        answer(functionCall("exec_command", { cmd: "touch x", sandbox_permissions: "require_escalated" })),
        answer(message("ok")),
      ],
      { ...OPTIONS, config: 'approval_policy = "never"' },
    );
    const events = await test.turn();
    expect(test.outputs()["call_1"]).toBe(
      "approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is Never",
    );
    expect(ends(events)).toMatchObject([{ status: "declined", result: { exitCode: -1 } }]);
  });

  it("is not there without the feature", async () => {
    expect(await told("exec_command", { cmd: "true" }, { features: [] })).toBe("unsupported call: exec_command");
  });

  it("applies a patch that comes as a script", async () => {
    const cmd = "apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: new.txt\n+x\n*** End Patch\nEOF";
    await using test = await testThread(script(["exec_command", { cmd }]), OPTIONS);
    await test.turn();
    expect(readFileSync(join(test.home.workspace, "new.txt"), "utf8")).toBe("x\n");
    expect(JSON.parse(test.outputs()["call_0"] ?? "")).toMatchObject({
      output: "Success. Updated the following files:\nA new.txt\n",
      metadata: { exit_code: 0 },
    });
  });
});

describe("a session", () => {
  it("goes on after the call and gives what came since at each look", async () => {
    await using test = await testThread(
      script(start("read a; echo got-$a; read b; echo got-$b", { tty: true }), write("one\n", { yield_time_ms: 300 }), [
        "write_stdin",
        {},
      ]),
      OPTIONS,
    );
    await test.turn();
    const { call_0: first, call_1: second } = test.outputs();
    expect(first).toMatch(/\nProcess running with session ID \d{4,5}\nOriginal token count: 0\nOutput:\n$/);
    expect(body(second)).toBe("one\r\ngot-one\r\n");
  });

  it("is forgotten when its end was told", async () => {
    let id = 0;
    await using test = await testThread(
      script(
        start("read a; echo got-$a; exit 4", { tty: true }),
        (before) => {
          id = sessionIn(before);
          return ["write_stdin", { session_id: id, chars: "x\n", yield_time_ms: 10_000 }];
        },
        () => ["write_stdin", { session_id: id }],
      ),
      OPTIONS,
    );
    await test.turn();
    expect(test.outputs()["call_1"]).toContain("\nProcess exited with code 4\n");
    expect(test.outputs()["call_2"]).toMatch(new RegExp(`^write_stdin failed: Unknown process id ${id} \\(`));
  });

  it.each([
    { what: "Ctrl-C", chars: "\u0003", code: 130 },
    { what: "Ctrl-D", chars: "\u0004", code: 0 },
  ])("hears $what, in the sandbox too", async ({ chars, code }) => {
    await using test = await testThread(script(start("cat", { tty: true }), write(chars, { yield_time_ms: 10_000 })), {
      ...OPTIONS,
      config: 'sandbox_mode = "workspace-write"',
    });
    await test.turn();
    expect(test.outputs()["call_1"]).toMatch(new RegExp(`Process exited with code (${code}|129)\n`));
  });

  it("without a terminal takes no input, but can be looked at", async () => {
    await using test = await testThread(
      script(start("sleep 1000"), write("x"), ["write_stdin", { session_id: 1 }]),
      OPTIONS,
    );
    await test.turn();
    expect(test.outputs()["call_1"]).toBe(
      "write_stdin failed: stdin is closed for this session; rerun exec_command with tty=true to keep stdin open",
    );
    expect(test.outputs()["call_2"]).toBe("write_stdin failed: Unknown process id 1");
  });

  it("ends a look early when the command ends", async () => {
    const cmd = "until [ -e go ]; do sleep 0.05; done; echo late";
    await using test = await testThread(script(start(cmd), write("", { yield_time_ms: 30_000 })), OPTIONS);
    const turn = test.turn();
    await test.event("item.delta", (event) => event.delta.kind === "terminalInput");
    writeFileSync(join(test.home.workspace, "go"), "");
    await turn;
    const output = test.outputs()["call_1"] ?? "";
    expect(body(output)).toBe("late\n");
    expect(Number(/Wall time: ([\d.]+) seconds/.exec(output)?.[1])).toBeLessThan(25);
  });

  it("lives on in later turns, and its end belongs to the turn that began it", async () => {
    await using test = await testThread((request, index) => {
      const session = sessionIn(outputsOf(request)["call_0"] ?? "");
      const typed = { session_id: session, chars: "x\n", yield_time_ms: 10_000 };
      if (index === 0) {
        return answer(
          functionCall("exec_command", { cmd: "read a; echo got-$a", tty: true, yield_time_ms: 250 }, "call_0"),
        );
      }
      return index === 2 ? answer(functionCall("write_stdin", typed, "call_2")) : answer(message("ok"));
    }, OPTIONS);
    const first = await test.turn();
    const begun = first.find((event) => event.type === "item.started" && event.item.type === "command");
    expect(begun).toMatchObject({
      item: { source: "unified_exec_startup", processId: expect.stringMatching(/^\d+$/) },
    });
    expect(ends(test.events)).toEqual([]);
    await test.turn();
    expect(test.outputs()["call_2"]).toContain("\nProcess exited with code 0\n");
    const [end, ...others] = test.events.filter(
      (event) => event.type === "item.ended" && event.item.type === "command",
    );
    expect(others).toEqual([]);
    expect(end).toMatchObject({ turnId: begun?.turnId, item: { id: "call_0", status: "completed" } });
  });

  it("tells what is typed, also when it is nothing, as input of its command", async () => {
    await using test = await testThread(
      script(start("cat", { tty: true }), write("a\n"), () => ["update_plan", { plan: [] }]),
      OPTIONS,
    );
    const events = await test.turn();
    const inputs = events.flatMap((event) =>
      event.type === "item.delta" && event.delta.kind === "terminalInput" ? [[event.itemId, event.delta.text]] : [],
    );
    expect(inputs).toEqual([["call_0", "a\n"]]);
  });

  it.each([
    { sandbox: "workspace-write", tty: true },
    { sandbox: "workspace-write", tty: false },
    { sandbox: "danger-full-access", tty: true },
    { sandbox: "danger-full-access", tty: false },
  ])("is ended with its thread, whatever it started or ignores ($sandbox, tty: $tty)", async ({ sandbox, tty }) => {
    const word = marker();
    const cmd = `trap '' TERM HUP INT; (trap '' TERM HUP; sleep ${word}) & wait; sleep ${word}`;
    await using test = await testThread(script(start(cmd, { tty })), {
      ...OPTIONS,
      config: `sandbox_mode = "${sandbox}"`,
    });
    await test.turn();
    expect(processesWith(word)).toBeGreaterThan(0);
    await test.manager.closeAll();
    expect(ends(test.events)).toMatchObject([{ status: "interrupted", result: { exitCode: -1 } }]);
    await expect.poll(() => processesWith(word)).toBe(0);
  });

  it("is ended when the turn is cut short before the model knows of it", async () => {
    const word = marker();
    await using test = await testThread(script(start(`sleep ${word}`, { yield_time_ms: 30_000 })), OPTIONS);
    const id = await test.thread.submit(say("go"));
    await expect.poll(() => processesWith(word)).toBeGreaterThan(0);
    await test.thread.submit({ type: "interrupt" });
    await test.event("turn.ended", (event) => event.turnId === id);
    const told = await test.event("response.item", (event) => event.item.type === "function_call_output");
    expect(told.item).toMatchObject({ output: expect.stringMatching(/^aborted by user after \d+\.\ds$/) });
    expect(ends(test.events)).toMatchObject([{ status: "interrupted" }]);
    await expect.poll(() => processesWith(word)).toBe(0);
  });

  it("outlives an interrupted look at it", async () => {
    await using test = await testThread(script(start("sleep 1000"), write("", { yield_time_ms: 30_000 })), OPTIONS);
    await test.thread.submit(say("go"));
    await test.event("item.delta", (event) => event.delta.kind === "terminalInput");
    await test.thread.submit({ type: "interrupt" });
    await test.event("turn.ended");
    expect(ends(test.events)).toEqual([]);
  });
});

describe("a command without a sandbox that has ended while a child of it goes on writing", () => {
  const BARE = { ...OPTIONS, config: 'sandbox_mode = "danger-full-access"\napproval_policy = "never"' };
  /** The child takes no notice of a pipe that nobody reads, nor of being asked to end. */
  const chatty = (word: string): string =>
    `(trap '' PIPE TERM; while :; do echo ${word}; done) 2>/dev/null & echo started`;
  const written = (test: TestThread): number =>
    test.events.filter((event) => event.type === "item.delta" && event.delta.kind === "commandOutput").length;

  it("counts as ended soon, however much comes", async () => {
    const word = marker();
    const output = await told("exec_command", { cmd: `yes ${word} & echo started`, login: false }, BARE);
    expect(output).toContain("Process exited with code 0\n");
    await expect.poll(() => processesWith(word)).toBe(0);
  });

  it("is ended with its thread", async () => {
    const word = marker();
    await using test = await testThread(script(start(chatty(word))), BARE);
    await test.turn();
    await test.manager.closeAll();
    expect(ends(test.events)).toMatchObject([{ status: "interrupted" }]);
    await expect.poll(() => processesWith(word)).toBe(0);
  });

  it("is ended when the turn is cut short", async () => {
    const word = marker();
    await using test = await testThread(script(start(chatty(word), { yield_time_ms: 30_000 })), BARE);
    await test.thread.submit(say("go"));
    await expect.poll(() => written(test), { timeout: 10_000 }).toBeGreaterThan(4);
    await test.thread.submit({ type: "interrupt" });
    await test.event("turn.ended");
    expect(ends(test.events)).toMatchObject([{ status: "interrupted" }]);
    await expect.poll(() => processesWith(word)).toBe(0);
  });
});

describe("many sessions", () => {
  // Each start waits a quarter of a second, as the model cannot ask for less.
  it("are limited: the model is warned, and the least recently used one goes", { timeout: 120_000 }, async () => {
    const count = 66;
    const cmd = "sleep 1000";
    const starts = Array.from({ length: count }, (_, n) =>
      functionCall("exec_command", { cmd, login: false, yield_time_ms: 250 }, `call_${n}`),
    );
    await using test = await testThread(
      (request, index) => {
        if (index === 0) return answer(...starts);
        if (index > 1) return answer(message("ok"));
        const first = sessionIn(outputsOf(request)["call_0"] ?? "");
        return answer(functionCall("write_stdin", { session_id: first }, "call_late"));
      },
      { ...OPTIONS, config: 'sandbox_mode = "danger-full-access"' },
    );
    await test.turn();
    const warnings = test.events.flatMap((event) =>
      event.type === "response.item" && event.item.type === "message" && event.item.role === "user"
        ? event.item.content.flatMap((part) => ("text" in part && part.text.startsWith("Warning: ") ? [part.text] : []))
        : [],
    );
    expect(warnings.filter((text) => text.startsWith("Warning: The maximum"))).toHaveLength(count - 59);
    expect(warnings).toContain(
      "Warning: The maximum number of unified exec processes you can keep open is 60 and you currently have 60 processes open. Reuse older processes or close them to prevent automatic pruning of old processes",
    );
    const ended = (): string[] => ends(test.events).flatMap(({ id, status }) => (status === "interrupted" ? [id] : []));
    await expect.poll(ended).toEqual(["call_0", "call_1"]);
    expect(warnings.filter((text) => text.includes("(`sleep 1000`) was ended"))).toHaveLength(2);
    // Servers refuse anything between calls and their outputs.
    const input = (test.model.requests[1]?.body["input"] ?? []) as { type: string }[];
    const first = input.findIndex(({ type }) => type === "function_call");
    const types = input.slice(first, first + 2 * count).map(({ type }) => type);
    expect(types).toEqual([...Array(count).fill("function_call"), ...Array(count).fill("function_call_output")]);
    expect(test.outputs()["call_late"]).toMatch(
      /^write_stdin failed: Unknown process id \d+ \(it was ended to make room/,
    );
  });
});
