/** Records the demo: the real agent against a local server that gives the hand-written answers. */

import { spawnSync, spawn } from "node:child_process";
import { createServer } from "node:http";
import { once } from "node:events";
import { answers } from "./answers.mjs";
import { codex, freshWorkspace, recording, task } from "./workspace.mjs";

let next = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of answers[next++] ?? []) response.write(`data: ${JSON.stringify(event)}\n\n`);
    response.end();
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

const { workspace, env } = freshWorkspace();
const provider = `{name="recorder",base_url="http://127.0.0.1:${server.address().port}/v1",wire_api="responses"}`;
const child = spawn(
  codex,
  [
    "exec",
    "-s",
    "workspace-write",
    "-m",
    "gpt-5.1-codex",
    "-c",
    `model_providers.recorder=${provider}`,
    "-c",
    "model_provider=recorder",
    "--record",
    recording,
    task,
  ],
  { cwd: workspace, env, stdio: ["ignore", "inherit", "inherit"] },
);
const [code] = await once(child, "close");
server.close();
const tests = spawnSync("node", ["test/run.js"], { cwd: workspace, encoding: "utf8" });
if (code !== 0 || tests.status !== 0) throw new Error(`the recorded run failed (exit ${code})\n${tests.stdout}`);
console.log(`recorded ${next} answers`);
