/** What is measured of `codex app-server`: the handshake, many turns, many threads, many deltas. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { withModel, deltas, plain, words } from "./program-cases.mjs";

export const serverCases = [
  { name: "app-server, handshake", measure: (program) => session(program, plain, async () => undefined, "handshake") },
  { name: "app-server, 100 turns", measure: (program) => session(program, plain, (client) => threads(client, 1, 100)) },
  {
    name: "app-server, 20 threads x 10 turns",
    measure: (program) => session(program, plain, (client) => threads(client, 20, 10)),
  },
  {
    name: "app-server, 20,000 deltas",
    measure: (program) => session(program, deltas, (client) => threads(client, 1, 1)),
    check: (result, who) => {
      if (result.deltas !== words.length) throw new Error(`${who}: ${result.deltas} of ${words.length} deltas arrived`);
    },
  },
];

async function threads(client, count, turns) {
  const ids = await Promise.all(
    Array.from({ length: count }, async () => (await client.call("thread/start", {})).thread.id),
  );
  await Promise.all(
    ids.map(async (threadId) => {
      for (let turn = 0; turn < turns; turn += 1) {
        const ended = client.turnEnd(threadId);
        await client.call("turn/start", { threadId, input: [{ type: "text", text: "go", text_elements: [] }] });
        await ended;
      }
    }),
  );
}

/** @param timed what counts: the handshake alone, or the work after it */
async function session(program, answers, work, timed = "work") {
  return await withModel(answers, async ({ env, workspace }) => {
    const child = spawn(program, ["app-server"], { cwd: workspace, env, stdio: ["pipe", "pipe", "ignore"] });
    const client = connect(child);
    const startedAt = performance.now();
    await client.call("initialize", { clientInfo: { name: "bench", title: "Bench", version: "1" } });
    child.stdin.write('{"method":"initialized"}\n');
    const handshake = performance.now() - startedAt;
    const workAt = performance.now();
    await work(client);
    const ms = timed === "handshake" ? handshake : performance.now() - workAt;
    const mb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
    child.kill("SIGKILL");
    return { ms, mb, deltas: client.deltas() };
  });
}

function connect(child) {
  let buffer = "";
  let lastId = 0;
  let deltas = 0;
  const replies = new Map();
  const ends = new Map();
  child.stdout.setEncoding("utf8").on("data", (text) => {
    buffer += text;
    let from = 0;
    for (let at = buffer.indexOf("\n"); at !== -1; at = buffer.indexOf("\n", from)) {
      const message = JSON.parse(buffer.slice(from, at));
      from = at + 1;
      if (message.id !== undefined && message.method === undefined) replies.get(message.id)?.(message.result);
      else if (message.method === "item/agentMessage/delta") deltas += 1;
      else if (message.method === "turn/completed") ends.get(message.params.threadId)?.();
    }
    buffer = buffer.slice(from);
  });
  return {
    call: (method, params) =>
      new Promise((resolve) => {
        lastId += 1;
        replies.set(lastId, resolve);
        child.stdin.write(`${JSON.stringify({ id: lastId, method, params })}\n`);
      }),
    turnEnd: (threadId) => new Promise((resolve) => ends.set(threadId, resolve)),
    deltas: () => deltas,
  };
}
