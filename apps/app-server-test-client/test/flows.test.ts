/** Each command of the test client against the built server and a fake model. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  answer,
  executable,
  fakeProviderConfig,
  message,
  patch,
  shell,
  startFakeModel,
  tempHome,
  type Script,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { runTestClient } from "../src/index.js";

interface Played {
  code: number;
  stdout: string;
  stderr: string;
  made: (name: string) => boolean;
}

async function play(words: string[], script: Script = [], lines: string[] = []): Promise<Played> {
  await using model = await startFakeModel(script);
  using home = tempHome({ config: fakeProviderConfig(model.url) });
  let [stdout, stderr] = ["", ""];
  const code = await runTestClient(words, {
    env: { ...home.env, CODEX_BIN: executable().command },
    cwd: home.workspace,
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    lines: async function* () {
      yield* lines;
    },
  });
  const files = new Map(["made.txt"].map((name) => [name, existsSync(join(home.workspace, name))]));
  return { code, stdout, stderr, made: (name) => files.get(name) ?? false };
}

const hello: Script = [answer(message("Hello!")), answer(message("Again!"))];

describe("the test client", () => {
  it.each<[string[], RegExp]>([
    [["send-message", "hi"], /^< {3}"method": "codex\/event\/task_complete"/m],
    [["send-message-v2", "hi"], /^< {3}"method": "turn\/completed"/m],
    [["send-follow-up-v2", "hi", "and"], /"text": "Again!"/],
    [["no-trigger-cmd-approval"], /should-trigger-approval/],
    [["model-list"], /"isDefault": true/],
    [["thread-list"], /"nextCursor": null/],
    [["watch"], /"userAgent"/],
  ])("%j prints both directions", async (words, printed) => {
    const { code, stdout } = await play(words, hello);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^> {3}"method": "initialize"/m);
    expect(stdout).toMatch(printed);
  });

  it("accepts what it is asked for: a command", async () => {
    const script = [
      answer(shell("touch made.txt", { sandbox_permissions: "require_escalated", justification: "x" })),
      answer(message("ok")),
    ];
    const { stdout, made } = await play(["trigger-cmd-approval"], script);
    expect(stdout).toContain('"decision": "accept"');
    expect(made("made.txt")).toBe(true);
  });

  it("accepts what it is asked for: a patch", async () => {
    const { stdout, made } = await play(
      ["trigger-patch-approval"],
      [answer(patch("*** Add File: made.txt\n+x\n")), answer(message("ok"))],
    );
    expect(stdout).toContain("item/fileChange/requestApproval");
    expect(made("made.txt")).toBe(true);
  });

  it("says what the server refuses", async () => {
    const { code, stderr } = await play(["watch", "nonsense"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("Error: thread/resume failed: invalid thread id")]);
  });

  it("says that there is no server", async () => {
    const { code, stderr } = await play(["--codex-bin", "/no/such", "model-list"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("cannot start /no/such")]);
  });

  it("asks for a command", async () => {
    await expect(play([])).resolves.toMatchObject({ code: 2 });
  });
});

describe("the interactive client", () => {
  it("sends lines as messages, and declines what it is asked for", async () => {
    const script = [answer(patch("*** Add File: made.txt\n+x\n")), answer(message("Done."))];
    const { code, stdout, stderr, made } = await play(["interactive", "--approval-policy", "untrusted"], script, [
      "change it",
      ":nope",
      ":",
      ":use",
      ":help",
      ":refresh-thread",
      ":resume x",
      ":new",
      ":quit",
      "never sent",
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('"method":"turn/completed"');
    expect(made("made.txt")).toBe(false);
    for (const said of [
      "unknown command: nope",
      "empty command after ':'",
      "missing required argument: thread-id",
      ":resume <thread-id>",
      "change it",
      "invalid thread id",
    ]) {
      expect(stderr).toContain(said);
    }
  });

  it("prints complete messages only, when told to", async () => {
    const { stdout } = await play(["interactive", "--final-only"], hello, ["hi"]);
    expect(stdout).toBe("Hello!\n");
  });
});
