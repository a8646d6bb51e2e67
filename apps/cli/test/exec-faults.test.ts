/** `codex exec` under hard conditions: killed at any moment, two processes on one session, a home that cannot be used. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRollout, rebuildTurns } from "@codex-ts/rollout";
import {
  answer,
  created,
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

/** What a whole run of the work brings. */
const ITEMS_OF_A_ROUND = 4;
const ITEMS = 3 * ITEMS_OF_A_ROUND + 1;

/** Work in three rounds with everything that a session file keeps; the answer of one round may be made not to end. */
function worker(endless: () => number | null): Promise<FakeModel> {
  return startFakeModel((request, index) => {
    if (JSON.stringify(request.body["input"]).includes("go on")) return answer(message("resumed"));
    const n = index % 4;
    const parts =
      n === 3
        ? [message("done", { id: "last" })]
        : [
            reasoning("hm", { id: `r${n}` }),
            message(`step ${n}`, { id: `m${n}`, deltas: 3 }),
            shell(`echo first-${n}; sleep 0.01`, {}, `a${n}`),
            patch(`*** Add File: file-${n}.txt\n+x\n`, `b${n}`),
            shell(`echo last-${n}`, {}, `c${n}`),
          ];
    return n === endless() ? stream(created(), ...parts, hold("killed")) : answer(...parts);
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
  /** Starts a run and kills it a moment after it said that so many items were complete. @returns what it had said */
  async function killedRun(home: TempHome, items: number, momentMs: number): Promise<string> {
    const { command, prefix } = executable();
    const child = spawn(command, [...prefix, "exec", "--json", "do it"], {
      cwd: home.workspace,
      env: home.env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let stdout = "";
    let timer: NodeJS.Timeout | undefined;
    const killSoon = (): void => void (timer ??= setTimeout(() => child.kill("SIGKILL"), momentMs));
    if (items === 0) killSoon();
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (completed(stdout).length >= items) killSoon();
    });
    await once(child, "close");
    return stdout;
  }

  it(`is resumed with every completed item, ${KILLS} times`, { timeout: KILLS * 4_000 }, async () => {
    let endless: number | null = null;
    await using model = await worker(() => endless);
    const config = fakeProviderConfig(model.url, CONFIG);
    using whole = tempHome({ config });
    const { stdout } = await runCodex(executable(), ["exec", "--json", "do it"], {
      cwd: whole.workspace,
      env: whole.env,
    });
    expect(completed(stdout)).toHaveLength(ITEMS);
    expect(await recorded(whole)).toEqual(expect.arrayContaining(completed(stdout)));

    for (let kill = 0; kill < KILLS; kill += 1) {
      using home = tempHome({ config });
      model.requests.length = 0;
      const items = kill % ITEMS;
      // The work stands still in the round of the kill, so that it cannot be done before.
      endless = Math.floor(items / ITEMS_OF_A_ROUND);
      const said = await killedRun(home, items, (kill * 37) % 100);
      const told = completed(said);
      expect(told.length).toBeGreaterThanOrEqual(items);
      const kept = await recorded(home);
      for (const item of told) expect(kept).toContain(item);
      const id = /"thread_id":"([^"]+)"/.exec(said)?.[1];
      if (id === undefined) continue;
      const resumed = await runCodex(executable(), ["exec", "--json", "resume", id, "go on"], {
        cwd: home.workspace,
        env: home.env,
      });
      expect([resumed.code, resumed.code === 0 ? "" : resumed.stderr]).toEqual([0, ""]);
      for (const request of model.requests) expect(unpaired(request)).toEqual([]);
      const sent = JSON.stringify(model.requests.at(-1)?.body["input"]);
      for (const item of told.filter((text) => text !== "fileChange")) {
        const words = item.slice(item.indexOf(" ") + 1);
        expect(sent).toContain(JSON.stringify(words).slice(1, -1));
      }
    }
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
