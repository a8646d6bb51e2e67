/** Thousands of lines of every kind of nonsense: no crash, an answer for each that has an id, and the server goes on. */

import { existsSync, readFileSync } from "node:fs";
import { clientRequests } from "@codex-ts/app-server-protocol";
import {
  anything,
  array,
  constant,
  constantFrom,
  jsonValue,
  oneof,
  sample,
  string,
  tuple,
  type Arbitrary,
} from "fast-check";
import { answer, message } from "@codex-ts/test-support";
import { expect, it } from "vitest";
import { startServer } from "./support/server.js";

const LINES = process.env["CODEX_TS_NIGHTLY"] === undefined ? 5_000 : 1_000_000;
const BATCH = 500;
const SEED = 20261120;

/** Methods that leave the machine, and those that load one thread more with each call: these stay loaded. */
const KEPT_OUT = new Set([
  "account/login/start",
  "loginChatGpt",
  "mcpServer/oauth/login",
  "initialize",
  "thread/start",
  "thread/fork",
  "newConversation",
  "forkConversation",
]);
const methods = Object.keys(clientRequests).filter((method) => !KEPT_OUT.has(method));

/** Stands for the id of a thread that is loaded. */
const THREAD = "01a1f9d5-2f01-76c3-af40-51ce70dcf175";
/** KiB that the server may take at the most. */
const MOST_MEMORY = 300_000;
const member = constantFrom(
  "threadId",
  "input",
  "limit",
  "cursor",
  "path",
  "cwd",
  "command",
  "query",
  "roots",
  "keyPath",
  "conversationId",
  "items",
  "numTurns",
  "target",
  "config",
  "sandboxPolicy",
  "edits",
  "history",
);
const value = oneof(
  jsonValue(),
  constant(THREAD),
  constant([{ type: "text", text: "x" }]),
  constantFrom(-1, 2 ** 53, 1e300, "", "\u0000", "/no/such"),
);
const params = oneof(
  jsonValue(),
  array(tuple(member, value), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs)),
);
const request = tuple(constantFrom(...methods), params).map(([method, given]) =>
  JSON.stringify({ id: "ID", method, params: given }),
);
const damaged = tuple(request, string({ maxLength: 3 })).map(
  ([text, noise]) => text.slice(0, Math.floor(text.length / 2)) + noise,
);
const line: Arbitrary<string> = oneof(
  { weight: 6, arbitrary: request },
  { weight: 2, arbitrary: damaged },
  { weight: 1, arbitrary: string() },
  { weight: 1, arbitrary: anything().map((made) => JSON.stringify(made) ?? "") },
  { weight: 1, arbitrary: jsonValue().map((result) => JSON.stringify({ id: 1, result })) },
);

it(`${LINES} lines of nonsense are survived, and every request is answered`, { timeout: 3_600_000 }, async () => {
  await using server = await startServer({ script: [answer(message("x"))] });
  const threadId = await server.thread();
  let peak = 0;
  for (let sent = 0; sent < LINES; sent += BATCH) {
    const from = server.received.length;
    const lines = sample(line, { numRuns: BATCH, seed: SEED + sent }).map((text, n) => {
      return text
        .replaceAll("\n", " ")
        .replaceAll(THREAD, threadId)
        .replace('"id":"ID"', `"id":"${sent + n}"`);
    });
    await server.write(`${lines.join("\n")}\n`);
    await server.result("getUserAgent");
    const asked = lines.filter((text) => /^\{"id":"\d+","method":"[^"]+","params":.*\}$/.test(text) && isJson(text));
    for (const text of asked) await server.reply(/"id":"(\d+)"/.exec(text)?.[1]);
    peak = Math.max(peak, server.received.length - from);
    server.received.length = from; // what was answered has been counted
  }
  expect(peak).toBeGreaterThan(BATCH / 2);
  expect(memoryOf(server.child.pid)).toBeLessThan(MOST_MEMORY);
  await expect(server.end()).resolves.toBe(0);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // a damaged line has no reply of its own
  }
}

/** The most that the process has ever had, in KiB; 0 where the system does not say. */
function memoryOf(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  return existsSync(file) ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync(file, "utf8"))?.[1]) : 0;
}
