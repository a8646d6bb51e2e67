/** Threads with handlers and tools, in an app-server of the built executable. */

import { execFile } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { answer, message, reasoning, shell, tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { Codex, CodexExitError, CodexOutputError, InvalidInputError, type Tool } from "../src/index.js";
import { asksAndListens } from "./questions.js";
import { behavesLikeCodex } from "./same-api.js";
import { fakePlace, sandboxes } from "./support/fake-home.js";

describe("a Codex whose threads ask", () => {
  // a handler is what makes a thread run in the server
  const asking = { onApproval: () => "decline" as const };
  behavesLikeCodex((place) => {
    const codex = new Codex(place.codex);
    return {
      codex: {
        startThread: (options) => codex.startThread({ ...options, ...asking }),
        resumeThread: (id, options) => codex.resumeThread(id, { ...options, ...asking }),
      },
      close: () => codex.close(),
    };
  });
  asksAndListens((place) => new Codex(place.codex));

  it("says what it cannot do", async () => {
    await using place = await fakePlace([answer(reasoning("x"), message("ok"))]);
    const withKey = new Codex({ ...place.codex, apiKey: "K" }).startThread({
      workingDirectory: place.home.workspace,
      ...asking,
    });
    await expect(withKey.run("x")).rejects.toThrow(InvalidInputError);
  });

  it("runs several threads in one server, also when they begin at once", async () => {
    await using place = await fakePlace([answer(message("ok"))]);
    await using codex = new Codex(place.codex);
    const options = { workingDirectory: place.home.workspace, ...asking };
    const turns = await Promise.all([1, 2, 3].map(() => codex.startThread(options).run("x")));
    expect(turns.map(({ finalResponse }) => finalResponse)).toEqual(["ok", "ok", "ok"]);
  });

  it("runs no turn with what was left by one that could not be sent", async () => {
    await using place = await fakePlace([answer(message("ok"))], 'sandbox_mode = "workspace-write"');
    await using codex = new Codex(place.codex);
    const options = { workingDirectory: place.home.workspace, ...asking };
    const online = codex.startThread({ ...options, networkAccessEnabled: true });
    await online.run("x");
    const id = online.id ?? "";
    const offline = codex.resumeThread(id, { ...options, networkAccessEnabled: false });
    // after the thread was resumed with it
    await expect(offline.run("x", { outputSchema: { a: 1n } })).rejects.toThrow(TypeError);
    await offline.run("x");
    expect(sandboxes(place, id)).toMatchObject([{ network_access: true }, { network_access: false }]);
  });

  it("refuses other tools than a thread was started with", async () => {
    await using place = await fakePlace([answer(message("ok"))]);
    await using codex = new Codex(place.codex);
    const tool = (name: string): Tool => ({
      name,
      description: "",
      inputSchema: { type: "object" },
      run: async () => "",
    });
    const options = { workingDirectory: place.home.workspace };
    const thread = codex.startThread({ ...options, tools: [tool("a")] });
    await thread.run("x");
    const resumed = (tools: Tool[]) => codex.resumeThread(thread.id ?? "", { ...options, tools }).run("x");
    await expect(resumed([tool("a"), tool("b")])).rejects.toThrow("A server takes tools for new threads only");
    await expect(resumed([tool("a")])).resolves.toMatchObject({ finalResponse: "ok" });
    await expect(codex.resumeThread(thread.id ?? "", { ...options, ...asking }).run("x")).resolves.toBeDefined();
    await expect(thread.run("x")).resolves.toMatchObject({ finalResponse: "ok" });
  });

  it.each([
    ["says something else", "echo hello", CodexOutputError],
    ["ends", "exit 3", CodexExitError],
  ])("tells that the program %s, each time", async (_name, script, kind) => {
    using home = tempHome();
    const path = join(home.root, "program");
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    const codex = new Codex({ codexPathOverride: path, env: home.env });
    const thread = codex.startThread({ workingDirectory: home.workspace, ...asking });
    await expect(thread.run("x")).rejects.toBeInstanceOf(kind);
    await expect(thread.run("x")).rejects.toBeInstanceOf(kind);
    await codex.close();
  });

  it("ends a program that refuses to be initialized", async () => {
    using home = tempHome();
    const path = join(home.root, "program");
    const pidFile = join(home.root, "pid");
    const refusal = '{"id":0,"error":{"code":-32600,"message":"no"}}';
    writeFileSync(path, `#!/bin/sh\necho $$ > ${pidFile}\nread line\necho '${refusal}'\nexec sleep 100\n`);
    chmodSync(path, 0o755);
    const codex = new Codex({ codexPathOverride: path, env: home.env });
    const thread = codex.startThread({ workingDirectory: home.workspace, ...asking });
    await expect(thread.run("x")).rejects.toThrow("no");
    await gone(Number(readFileSync(pidFile, "utf8")));
    await codex.close();
  });

  it("does not keep its process alive, and its server ends with it", async () => {
    await using place = await fakePlace([answer(shell("true")), answer(message("ok"))]);
    const script = `
      import { Codex } from ${JSON.stringify(join(import.meta.dirname, "../dist/index.js"))};
      const codex = new Codex(${JSON.stringify(place.codex)});
      const options = { workingDirectory: ${JSON.stringify(place.home.workspace)}, onApproval: () => "accept" };
      console.log((await codex.startThread(options).run("x")).finalResponse);`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      timeout: 20_000,
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    expect(stdout).toBe("ok\n");
  });
});

/** Waits until a process has ended. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
