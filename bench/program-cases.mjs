/** What is measured of a whole program: start-up and single runs of `exec` against a local model server. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";

const event = (fields) => `event: ${fields.type}\ndata: ${JSON.stringify(fields)}\n\n`;
const usage = { input_tokens: 100, output_tokens: 20, total_tokens: 120 };
const completed = event({ type: "response.completed", response: { id: "r", usage } });
const message = (pieces) =>
  event({ type: "response.output_item.added", item: { type: "message", role: "assistant", id: "m", content: [] } }) +
  pieces.map((delta) => event({ type: "response.output_text.delta", item_id: "m", delta })).join("") +
  event({
    type: "response.output_item.done",
    item: { type: "message", role: "assistant", id: "m", content: [{ type: "output_text", text: pieces.join("") }] },
  });
const command = (n) =>
  event({
    type: "response.output_item.done",
    item: {
      type: "function_call",
      id: `f${n}`,
      call_id: `c${n}`,
      name: "shell_command",
      arguments: '{"command":"true"}',
    },
  });

export const plain = [message(["hi"]) + completed];
const commands = [...Array.from({ length: 10 }, (_, n) => command(n) + completed), message(["done"]) + completed];
export const words = Array.from({ length: 20_000 }, (_, n) => `word${n} `);
export const deltas = [message(words) + completed];

export const programCases = [
  {
    name: "--version",
    measure: (program) => timed(program, ["--version"], { env: { PATH: "/usr/bin:/bin", HOME: "/tmp" }, cwd: "/" }),
  },
  { name: "exec, one turn", measure: (program) => exec(program, plain), check: expectText("hi") },
  {
    name: "exec, 10 sandboxed commands",
    measure: (program) => exec(program, commands, ["-s", "workspace-write"]),
    check: (result, who) => {
      const ran = result.stdout
        .split("\n")
        .filter((line) => line.includes('"item.completed"') && line.includes('"exit_code":0'));
      if (ran.length !== 10) throw new Error(`${who}: ${ran.length} of 10 commands ran`);
    },
  },
  { name: "exec, 20,000 deltas", measure: (program) => exec(program, deltas), check: expectText("word19999") },
];

/** Nothing may be cut to be fast. */
function expectText(text) {
  return (result, who) => {
    if (!result.stdout.includes(text)) throw new Error(`${who}: the answer is not complete`);
  };
}

async function exec(program, answers, flags = []) {
  return await withModel(answers, ({ env, workspace }) =>
    timed(program, ["exec", "--json", ...flags, "go"], { env, cwd: workspace }),
  );
}

/** Runs something with a model server that gives these answers, in a home and a repository of its own. */
export async function withModel(answers, work) {
  let next = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      if (request.method === "GET") return response.end('{"models":[]}');
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(answers[Math.min(next++, answers.length - 1)]);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = join(homedir(), ".cache");
  mkdirSync(base, { recursive: true });
  const root = mkdtempSync(join(base, "codex-ts-bench-"));
  const home = join(root, "home", ".codex");
  const workspace = join(root, "workspace");
  mkdirSync(home, { recursive: true });
  mkdirSync(join(workspace, ".git"), { recursive: true });
  writeFileSync(
    join(home, "config.toml"),
    `model = "gpt-5.1-codex"\nmodel_provider = "local"\n[features]\nremote_models = false\n[model_providers.local]\nname = "local"\nbase_url = "http://127.0.0.1:${server.address().port}/v1"\nwire_api = "responses"\n`,
  );
  const env = {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: join(root, "home"),
    CODEX_HOME: home,
    SHELL: "/bin/bash",
    LANG: "C.UTF-8",
  };
  try {
    return await work({ env, workspace });
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** @returns wall time in ms, peak memory in MB, and what was printed */
async function timed(program, args, options) {
  const startedAt = performance.now();
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "ignore"] });
  let mb = 0;
  const watch = setInterval(() => (mb = Math.max(mb, peakMemory(child.pid))), 3);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  const [code] = await once(child, "close");
  clearInterval(watch);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
  return { ms: performance.now() - startedAt, mb, stdout };
}

function peakMemory(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has ended
  }
}
