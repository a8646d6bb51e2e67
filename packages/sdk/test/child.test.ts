/** Turns as children of the built executable. */

import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answer, created, hold, message, stream, tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { Codex, CodexExitError, CodexNotFoundError, CodexOutputError } from "../src/index.js";
import { behavesLikeCodex } from "./same-api.js";
import { fakePlace } from "./support/fake-home.js";

describe("a Codex whose turns are children", () => {
  behavesLikeCodex(({ codex }) => ({ codex: new Codex(codex), close: () => Promise.resolve() }));

  it("ends the child when nobody reads on", async () => {
    await using place = await fakePlace([stream(created(), message("one"), hold("h")), answer(message("two"))]);
    const thread = new Codex(place.codex).startThread({ workingDirectory: place.home.workspace });
    const { events } = await thread.runStreamed("x");
    for await (const event of events) if (event.type === "item.completed") break;
    // while it lives its session is locked
    expect((await thread.run("y")).finalResponse).toBe("two");
  });

  it("takes the folder of a schema away again", async () => {
    await using place = await fakePlace([answer(message("{}"))]);
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = place.home.root;
    try {
      await new Codex(place.codex)
        .startThread({ workingDirectory: place.home.workspace })
        .run("x", { outputSchema: {} });
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    }
    expect(readdirSync(place.home.root).filter((name) => name.startsWith("codex-output-schema"))).toEqual([]);
  });
});

describe("a program that is no Codex", () => {
  const runOf = async (script: string): Promise<unknown> => {
    using home = tempHome();
    const path = join(home.root, "program");
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return await new Codex({ codexPathOverride: path }).startThread().run("x");
  };

  it("is named when it is not there", async () => {
    const run = new Codex({ codexPathOverride: "/nowhere/codex" }).startThread().run("x");
    await expect(run).rejects.toThrow(CodexNotFoundError);
    await expect(run).rejects.toThrow("/nowhere/codex");
  });

  it.each([
    ["a line that is no JSON", "echo hello", CodexOutputError, "Failed to parse item: hello"],
    ["an empty line", "echo", CodexOutputError, "Failed to parse item: "],
    ["JSON that is no event", "echo 1", CodexOutputError, "Failed to parse item: 1"],
    ["an exit code", "echo why >&2; exit 3", CodexExitError, "Codex Exec exited with code 3: why\n"],
    ["a signal", "kill -9 $$", CodexExitError, "Codex Exec exited with signal SIGKILL: "],
  ])("is told by %s", async (_name, script, kind, text) => {
    const run = runOf(script);
    await expect(run).rejects.toThrow(kind);
    await expect(run).rejects.toThrow(text);
  });

  it("is killed when it does not listen to an abort", async () => {
    using home = tempHome();
    const path = join(home.root, "program");
    writeFileSync(path, `#!/bin/sh\ntrap '' TERM\necho '{"type":"turn.started"}'\nwhile :; do sleep 0.1; done\n`);
    chmodSync(path, 0o755);
    const controller = new AbortController();
    const { events } = await new Codex({ codexPathOverride: path })
      .startThread()
      .runStreamed("x", { signal: controller.signal });
    const reading = (async () => {
      for await (const _event of events) controller.abort("enough");
    })();
    await expect(reading).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
  });
});
