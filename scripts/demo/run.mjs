/** `npm run demo`: the real agent fixes a copy of the sample project; only the model is a recording. */

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { codex, freshWorkspace, recording, task } from "./workspace.mjs";

const { workspace, codexHome, env } = freshWorkspace();
const run = (command, args) => spawnSync(command, args, { cwd: workspace, env, stdio: "inherit" }).status ?? 1;

heading("The tests before");
run("node", ["test/run.js"]);

heading("codex exec");
console.log(`$ codex exec -s workspace-write -m gpt-5.1-codex --replay recording.jsonl "${task}"\n`);
const exit = run(codex, ["exec", "-s", "workspace-write", "-m", "gpt-5.1-codex", "--replay", recording, task]);

heading("The tests after");
const tests = run("node", ["test/run.js"]);

const sessions = join(codexHome, "sessions");
const session = readdirSync(sessions, { recursive: true }).find((name) => String(name).endsWith(".jsonl"));
heading("What is left");
console.log(`project:      ${workspace}`);
console.log(`session file: ${join(sessions, String(session))}`);
process.exitCode = exit === 0 && tests === 0 ? 0 : 1;

function heading(text) {
  console.log(`\n== ${text} ${"=".repeat(Math.max(0, 70 - text.length))}\n`);
}
