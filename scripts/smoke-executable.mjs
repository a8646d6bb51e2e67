/**
 * Runs the standalone executable as somebody gets it: copied alone into another folder, the source tree out of reach
 * where bubblewrap can hide it, in a folder with files that would run code if the runtime read them.
 */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..");
const cache = join(homedir(), ".cache");
mkdirSync(cache, { recursive: true });
const root = mkdtempSync(join(cache, "codex-ts-smoke-"));
const codex = join(root, "codex");
const workspace = join(root, "workspace");
const home = join(root, "home");
const proof = join(root, "foreign-code-ran");
mkdirSync(join(workspace, ".git"), { recursive: true });
mkdirSync(join(home, ".codex"), { recursive: true });
copyFileSync(join(repository, "apps", "cli", "dist", "codex"), codex);

// Anything of these that is read leaves the proof behind.
const trap = join(root, "trap.js");
writeFileSync(trap, `require("node:fs").writeFileSync(${JSON.stringify(proof)}, process.argv.join(" "));\n`);
writeFileSync(join(workspace, "bunfig.toml"), `preload = [${JSON.stringify(trap)}]\n`);
writeFileSync(join(workspace, ".env"), `BUN_OPTIONS=--preload=${trap}\nFROM_WORKSPACE_ENV=1\n`);
writeFileSync(join(home, ".codex", ".env"), `BUN_OPTIONS=--preload=${trap}\nFROM_HOME_ENV=1\n`);

const hidden = spawnSync("bwrap", ["--dev-bind", "/", "/", "--tmpfs", repository, "--", "true"]).status === 0;
console.log(hidden ? "the source tree is hidden" : "bubblewrap is not usable: the source tree stays visible");

try {
  assert.match(run(["--version"]).stdout, /^codex-cli \d+\.\d+\.\d+\n$/);
  assert.match(run(["exec", "--help"]).stdout, /Usage: codex exec/);
  await turn("in a hostile folder", {});
  await turn("with BUN_OPTIONS in the policy for commands", {
    config: `[shell_environment_policy]\nset = { BUN_OPTIONS = "--preload=${trap}", BUN_BE_BUN = "1", NODE_OPTIONS = "--require=${trap}" }\n`,
  });
  console.log("ok: version, help, a turn with a sandboxed command and a patch; no foreign code ran");
} finally {
  rmSync(root, { recursive: true, force: true });
}

function environment() {
  return { PATH: process.env.PATH, HOME: home, CODEX_HOME: join(home, ".codex"), SHELL: "/bin/bash", LANG: "C.UTF-8" };
}

function command(args) {
  return hidden ? ["bwrap", ["--dev-bind", "/", "/", "--tmpfs", repository, "--", codex, ...args]] : [codex, args];
}

function run(args) {
  const [program, words] = command(args);
  const result = spawnSync(program, words, { cwd: workspace, env: environment(), encoding: "utf8" });
  assert.equal(result.status, 0, result.stderr);
  return result;
}

async function turn(what, { config = "" }) {
  const event = (fields) => `data: ${JSON.stringify(fields)}\n\n`;
  const call = (item) => event({ type: "response.output_item.done", item });
  const end = event({ type: "response.completed", response: { id: "r", usage: null } });
  const script =
    "echo sandboxed > made.txt; echo $FROM_WORKSPACE_ENV$FROM_HOME_ENV; (echo x > ../escaped.txt) 2>/dev/null; true";
  const patch = "*** Begin Patch\n*** Add File: patched.txt\n+hello\n*** End Patch";
  const answers = [
    call({
      type: "function_call",
      call_id: "c1",
      name: "shell_command",
      arguments: JSON.stringify({ command: script, login: false }),
    }) +
      call({ type: "custom_tool_call", call_id: "c2", name: "apply_patch", input: patch }) +
      end,
    call({ type: "message", role: "assistant", id: "m", content: [{ type: "output_text", text: "done" }] }) + end,
  ];
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(answers[Math.min(requests++, 1)]);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  writeFileSync(
    join(home, ".codex", "config.toml"),
    `model = "gpt-5.1-codex"\nmodel_provider = "local"\n${config}\n[model_providers.local]\nname = "local"\nbase_url = "http://127.0.0.1:${server.address().port}/v1"\nwire_api = "responses"\n`,
  );
  const [program, words] = command(["exec", "--json", "-s", "workspace-write", "go"]);
  const child = spawn(program, words, { cwd: workspace, env: environment(), stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  server.closeAllConnections();
  server.close();
  assert.equal(code, 0, `${what}: ${output}`);
  assert.equal(readFileSync(join(workspace, "made.txt"), "utf8"), "sandboxed\n", what);
  assert.equal(readFileSync(join(workspace, "patched.txt"), "utf8"), "hello\n", what);
  assert.ok(!existsSync(join(root, "escaped.txt")), `${what}: the command wrote outside of the workspace`);
  assert.ok(!existsSync(proof), `${what}: foreign code ran in our executable`);
  assert.match(output, /"aggregated_output":"1\\n"/, `${what}: only CODEX_HOME's dotenv counts: ${output}`);
  rmSync(join(workspace, "patched.txt"));
  const sessions = readdirSync(join(home, ".codex", "sessions"), { recursive: true }).filter((name) =>
    String(name).endsWith(".jsonl"),
  );
  assert.ok(sessions.length > 0, `${what}: a session file was written`);
}
