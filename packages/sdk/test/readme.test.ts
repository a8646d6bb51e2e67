import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answer, functionCall, message, shell } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { approvals, conversation, inProcess, streaming } from "./readme-examples.js";
import { fakePlace } from "./support/fake-home.js";

describe("the README", () => {
  const readme = readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8");
  const source = readFileSync(join(import.meta.dirname, "readme-examples.ts"), "utf8");

  it.each(["conversation", "streaming", "approvals", "in process"])(
    "has the example that is tested here: %s",
    (name) => {
      const example = new RegExp(`// README: ${name}\n([^]*?) *// end`).exec(source)?.[1] ?? "missing";
      expect(readme).toContain(example.replaceAll(/^ {2}/gm, ""));
    },
  );

  it("tells the truth about conversations", async () => {
    await using place = await fakePlace([answer(message("one")), answer(message("two"))]);
    expect(await conversation(place.codex, place.home.workspace)).toEqual(["one", "two"]);
  });

  it("tells the truth about streaming", async () => {
    await using place = await fakePlace([answer(shell("ls")), answer(message("done"))]);
    const lines: string[] = [];
    await streaming(place.codex, place.home.workspace, (line) => lines.push(line));
    expect(lines).toEqual(["$ /bin/bash -lc ls", "done", "40 tokens"]);
  });

  it("tells the truth about approvals and tools", async () => {
    const script = [
      answer(functionCall("read_ticket", { id: "T-1" })),
      answer(shell("git push")),
      answer(message("done")),
    ];
    await using place = await fakePlace(script);
    expect(await approvals(place.codex, place.home.workspace)).toBe("done");
    expect(place.sent(1)).toContain("Ticket T-1: the build is red");
    expect(place.sent(2).at(-1)).toContain("rejected by user");
  });

  it("tells the truth about running in process", async () => {
    await using place = await fakePlace([answer(message("It is a folder.", { deltas: 3 }))]);
    const pieces: string[] = [];
    expect(await inProcess(place.codex, place.home.workspace, (text) => pieces.push(text))).toBe("It is a folder.");
    expect(pieces).toHaveLength(3);
  });
});
