/** What happens when a run is interrupted or killed, and that the next one goes on where it was. */

import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  answer,
  builds,
  completed,
  created,
  executable,
  fakeProviderConfig,
  hold,
  jsonLines,
  message,
  runCodex,
  shell,
  startFakeModel,
  stream,
  tempHome,
  type FakeModel,
  type TempHome,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

interface Item {
  type: string;
  role?: string;
  call_id?: string;
  output?: string;
  content?: { text: string }[];
}

/** Whether a process with this word in its command line is alive. */
function isAlive(word: string): boolean {
  const processes = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return processes.split("\n").some((line) => line.includes(word));
}

/** Starts a run whose command never ends by itself, and sends a signal when it runs. */
async function interruptedRun(signal: NodeJS.Signals, home: TempHome, build = executable()) {
  const mark = `mark-${randomUUID()}`;
  await using model = await startFakeModel([
    answer(shell(`: ${mark}; echo begun; sleep 1000`, { timeout_ms: 100_000 })),
    answer(message("x")),
  ]);
  home.writeConfig(fakeProviderConfig(model.url));
  const result = await runCodex(build, ["exec", "--json", "wait"], {
    cwd: home.workspace,
    env: home.env,
    onStdout: (text, child) => {
      if (text.includes('"item.started"')) child.kill(signal);
    },
  });
  return { ...result, lines: jsonLines(result.stdout), mark };
}

/** Resumes the newest session and gives what the model was sent. */
async function resumedInput(home: TempHome): Promise<Item[]> {
  await using model = await startFakeModel([answer(message("resumed"))]);
  home.writeConfig(fakeProviderConfig(model.url));
  const result = await runCodex(executable(), ["exec", "--json", "resume", "--last", "go on"], {
    cwd: home.workspace,
    env: home.env,
  });
  expect({ code: result.code, stderr: result.stderr }).toMatchObject({ code: 0 });
  return model.requests[0]?.body["input"] as Item[];
}

describe.each(builds())("an interrupted run ($name)", (build) => {
  it.each([
    { signal: "SIGINT" as const, code: 130, last: [{ type: "turn.failed", error: { message: "interrupted" } }] },
    // An SDK's abort: a failed turn would hide it from its caller.
    { signal: "SIGTERM" as const, code: 143, last: [] },
  ])("ends its items, its turn and its processes on $signal", async ({ signal, code, last }) => {
    using home = tempHome();
    const run = await interruptedRun(signal, home, build);
    expect(run.code).toBe(code);
    expect(run.lines.slice(-1 - last.length)).toMatchObject([
      { type: "item.completed", item: { type: "command_execution", status: "failed" } },
      ...last,
    ]);
    expect(isAlive(run.mark)).toBe(false);
  });
});

describe("the session of an interrupted run", () => {
  it("tells the model that the user stopped it", async () => {
    using home = tempHome();
    await interruptedRun("SIGINT", home);
    const input = await resumedInput(home);
    const [call, output, marker, next] = input.slice(-4);
    expect(call).toMatchObject({ type: "function_call", call_id: "call_1" });
    expect(output?.output).toMatch(/^Wall time: \d+\.\d seconds\naborted by user$/);
    expect(marker?.content?.[0]?.text).toMatch(/^<turn_aborted>\n/);
    expect(next?.content?.[0]?.text).toBe("go on");
  });

  it("has the whole history after kill -9, with the cut call closed", async () => {
    using home = tempHome();
    const run = await interruptedRun("SIGKILL", home);
    expect(run.signal).toBe("SIGKILL");
    expect(isAlive(run.mark)).toBe(false);
    const input = await resumedInput(home);
    expect(input.slice(-4)).toMatchObject([
      { type: "message", role: "user", content: [{ text: "wait" }] },
      { type: "function_call", call_id: "call_1" },
      { type: "function_call_output", call_id: "call_1", output: "aborted" },
      { type: "message", role: "user", content: [{ text: "go on" }] },
    ]);
  });
});

describe.each(builds())("a run whose output is not read ($name)", (build) => {
  // More than fits between the two programs, and less than makes the run wait for its reader.
  const long = "x".repeat(400_000);

  async function unread(test: (run: ChildProcessWithoutNullStreams, model: FakeModel) => Promise<void>): Promise<void> {
    await using model = await startFakeModel([
      answer(message(long), shell("true")),
      stream(created(), hold("second"), message("ok"), completed()),
    ]);
    using home = tempHome({ config: fakeProviderConfig(model.url) });
    const args = [...build.prefix, "exec", "--json", "--skip-git-repo-check", "x"];
    const child = spawn(build.command, args, { cwd: home.workspace, env: home.env });
    child.stdin.end();
    try {
      await model.reached("second"); // it goes on without its reader
      await test(child, model);
    } finally {
      child.kill("SIGKILL");
    }
  }

  it("goes on, and its lines are all there when they are read", async () => {
    await unread(async (child, model) => {
      const text = collected(child);
      model.release("second");
      expect(jsonLines(await text)).toMatchObject([
        { type: "thread.started" },
        { type: "turn.started" },
        { item: { text: long } },
        { type: "item.started" },
        { type: "item.completed" },
        { item: { text: "ok" } },
        { type: "turn.completed" },
      ]);
    });
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("is ended by %s", async (signal, code) => {
    await unread(async (child) => {
      const exited = once(child, "exit");
      child.kill(signal);
      expect(await exited).toEqual([code, null]);
    });
  });
});

async function collected(child: ChildProcessWithoutNullStreams): Promise<string> {
  let text = "";
  for await (const piece of child.stdout.setEncoding("utf8")) text += String(piece);
  return text;
}
