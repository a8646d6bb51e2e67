/** Outcomes that the session file knows and the conversation does not. */

import { copyFileSync } from "node:fs";
import { answer, message, patch, shell } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { outputsOf, say, testThread } from "../support/test-thread.js";

describe("a process that was killed between the calls of an answer", () => {
  it("tells the model after a resume what had ended, and what is not known", async () => {
    await using test = await testThread(
      (request) => {
        const input = JSON.stringify(request.body["input"]);
        if (input.includes("go on") || input.includes("_output")) return answer(message("ok"));
        return answer(shell("echo one", {}, "a"), patch("*** Add File: x.txt\n+x\n", "b"), shell("echo two", {}, "c"));
      },
      { config: 'sandbox_mode = "workspace-write"' },
    );
    const path = test.thread.rolloutPath ?? "";
    // What the disk holds when the patch has ended and the last command has not: what a kill would leave.
    test.thread.subscribe((event) => {
      if (event.type === "item.ended" && event.item.type === "fileChange") copyFileSync(path, `${path}.killed`);
    });
    await test.turn();
    const again = await test.manager.fork(test.config, "exec", `${path}.killed`, null);
    const ended = new Promise<void>((resolve) => {
      again.subscribe((event) => event.type === "turn.ended" && resolve());
    });
    await again.submit(say("go on"));
    await ended;
    expect(outputsOf(test.model.requests.at(-1))).toEqual({
      a: "Exit code: 0\nOutput:\none\n",
      b: expect.stringMatching(/^Exit code: 0\nOutput:\nSuccess\. Updated the following files:\nA .*x\.txt\n$/),
      c: "aborted",
    });
  });
});
