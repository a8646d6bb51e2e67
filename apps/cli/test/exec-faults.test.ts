/** `codex exec` under hard conditions: killed at any moment, two processes on one session, a home that cannot be used. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRollout, rebuildTurns } from "@codex-ts/rollout";
import {
  answer,
  executable,
  fakeProviderConfig,
  hold,
  jsonLines,
  message,
  patch,
  reasoning,
  runCodex,
  shell,
  startFakeModel,
  stream,
  tempHome,
  type FakeModel,
  type RecordedRequest,
  type TempHome,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

const KILLS = process.env["CODEX_TS_NIGHTLY"] === undefined ? 20 : 200;
const CONFIG = 'sandbox_mode = "workspace-write"\n';

/** Work in three rounds with everything that a session file keeps. */
function worker(): Promise<FakeModel> {
  return startFakeModel((request, index) => {
    if (JSON.stringify(request.body["input"]).includes("go on")) return answer(message("resumed"));
    const n = index % 4;
    if (n === 3) return answer(message("done", { id: "last" }));
    return answer(
      reasoning("hm", { id: `r${n}` }),
      message(`step ${n}`, { id: `m${n}`, deltas: 3 }),
      shell(`echo first-${n}; sleep 0.01`, {}, `a${n}`),
      patch(`*** Add File: file-${n}.txt\n+x\n`, `b${n}`),
      shell(`echo last-${n}`, {}, `c${n}`),
    );
  });
}

/** The items that a program was told were complete: type and what it says. */
function completed(stdout: string): string[] {
  const whole = stdout.slice(0, stdout.lastIndexOf("\n") + 1);
  return jsonLines(whole).flatMap((line) => {
    if (line["type"] !== "item.completed") return [];
    const { type, text, aggregated_output: output } = line["item"] as Record<string, unknown>;
    if (type === "agent_message") return [`agentMessage ${String(text)}`];
    if (type === "command_execution") return [`command ${String(output)}`];
    return type === "file_change" ? ["fileChange"] : [];
  });
}

/** The same items as the session file has them. */
async function recorded(home: TempHome): Promise<string[]> {
  const folder = join(home.codexHome, "sessions");
  if (!existsSync(folder)) return [];
  const [file] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".jsonl"));
  // Killed before the first line: nobody was told of the session either.
  if (file === undefined || statSync(join(folder, file)).size === 0) return [];
  const { items } = await readRollout(join(folder, file));
  return rebuildTurns(items, { commandActions: () => [], patchChanges: () => ({}) }).flatMap((turn) =>
    turn.items.flatMap((item) => {
      if (item.type === "agentMessage") return [`agentMessage ${item.text}`];
      if (item.type === "command") return [`command ${item.result?.aggregatedOutput ?? ""}`];
      return item.type === "fileChange" ? ["fileChange"] : [];
    }),
  );
}

/** Ids of calls without outputs and of outputs without calls. */
function unpaired(request: RecordedRequest): string[] {
  const input = (request.body["input"] ?? []) as { type: string; call_id?: string }[];
  const ids = (end: RegExp): string[] => input.flatMap(({ type, call_id: id }) => (end.test(type) ? [id ?? ""] : []));
  const [calls, outputs] = [ids(/_call$/), ids(/_call_output$/)];
  return [...calls.filter((id) => !outputs.includes(id)), ...outputs.filter((id) => !calls.includes(id))];
}

describe("a run that is killed with SIGKILL", () => {
  /** Starts a run and kills it after a time. @returns what it had said */
  async function killedRun(home: TempHome, afterMs: number | null): Promise<{ stdout: string; ms: number }> {
    const startedAt = performance.now();
    const { command, prefix } = executable();
    const child = spawn(command, [...prefix, "exec", "--json", "do it"], {
      cwd: home.workspace,
      env: home.env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    const timer = afterMs === null ? undefined : setTimeout(() => child.kill("SIGKILL"), afterMs);
    await once(child, "close");
    clearTimeout(timer);
    return { stdout, ms: performance.now() - startedAt };
  }

  it(`is resumed with every completed item, ${KILLS} times`, { timeout: KILLS * 4_000 }, async () => {
    await using model = await worker();
    const config = fakeProviderConfig(model.url, CONFIG);
    using whole = tempHome({ config });
    const { stdout, ms } = await killedRun(whole, null);
    expect(completed(stdout)).toHaveLength(13);
    expect(await recorded(whole)).toEqual(expect.arrayContaining(completed(stdout)));

    let inTheMiddle = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      using home = tempHome({ config });
      model.requests.length = 0;
      const killed = await killedRun(home, 20 + ((kill + 0.5) / KILLS) * (ms - 20));
      const told = completed(killed.stdout);
      if (told.length > 0 && told.length < 13) inTheMiddle += 1;
      const kept = await recorded(home);
      for (const item of told) expect(kept).toContain(item);
      const id = /"thread_id":"([^"]+)"/.exec(killed.stdout)?.[1];
      if (id === undefined) continue;
      const resumed = await runCodex(executable(), ["exec", "--json", "resume", id, "go on"], {
        cwd: home.workspace,
        env: home.env,
      });
      expect([resumed.code, resumed.code === 0 ? "" : resumed.stderr]).toEqual([0, ""]);
      for (const request of model.requests) expect(unpaired(request)).toEqual([]);
      const sent = JSON.stringify(model.requests.at(-1)?.body["input"]);
      for (const item of told.filter((text) => text !== "fileChange")) {
        const said = item.slice(item.indexOf(" ") + 1);
        expect(sent).toContain(JSON.stringify(said).slice(1, -1));
      }
    }
    expect(inTheMiddle).toBeGreaterThan(0);
  });
});

describe("two processes", () => {
  it("cannot write one session; the second is told who has it", async () => {
    await using model = await startFakeModel([stream(message("hello"), hold("go")), answer(message("x"))]);
    using home = tempHome({ config: fakeProviderConfig(model.url) });
    let pid: number | undefined;
    const first = runCodex(executable(), ["exec", "--json", "wait"], {
      cwd: home.workspace,
      env: home.env,
      onStart: (child) => (pid = child.pid),
    });
    await model.reached("go");
    const second = await runCodex(executable(), ["exec", "resume", "--last", "me too"], {
      cwd: home.workspace,
      env: home.env,
    });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`is open in process ${pid}. Close it there first, or fork it.`);
    expect(model.requests).toHaveLength(1);
    model.release("go");
    await first;
  });

  it("work in one folder with a session each", async () => {
    await using model = await startFakeModel((request) => {
      const name = /session-(\w)/.exec(JSON.stringify(request.body["input"]))?.[1] ?? "?";
      const said = JSON.stringify(request.body["input"]).includes("custom_tool_call_output");
      return said
        ? answer(message(`done ${name}`))
        : answer(patch(`*** Add File: ${name}.txt\n+${name}\n`, name), shell(`cat ${name}.txt`, {}, `s${name}`));
    });
    using home = tempHome({ config: fakeProviderConfig(model.url, CONFIG) });
    const run = (name: string) =>
      runCodex(executable(), ["exec", "--json", `session-${name}`], { cwd: home.workspace, env: home.env });
    const results = await Promise.all(["A", "B", "C"].map(run));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(results.map(({ stdout }) => completed(stdout).at(-1))).toEqual(
      ["A", "B", "C"].map((name) => `agentMessage done ${name}`),
    );
    const files = readdirSync(join(home.codexHome, "sessions"), { recursive: true, encoding: "utf8" });
    expect(files.filter((name) => name.endsWith(".jsonl"))).toHaveLength(3);
  });
});

describe("a file in the place of the sessions folder", () => {
  it("ends the run with what to do about it", async () => {
    await using model = await startFakeModel([answer(message("x"))]);
    using home = tempHome({ config: fakeProviderConfig(model.url) });
    writeFileSync(join(home.codexHome, "sessions"), "");
    const { code, stderr } = await runCodex(executable(), ["exec", "hi"], { cwd: home.workspace, env: home.env });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /Session storage path \S+\/sessions (is blocked by an existing file|has an unexpected type)/,
    );
    expect(model.requests).toEqual([]);
  });
});
