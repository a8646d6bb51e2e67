/** `codex exec review` and `codex review`: what is asked for, and where the result goes. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  answer,
  executable,
  fakeProviderConfig,
  jsonLines,
  message,
  runCodex,
  startFakeModel,
  tempHome,
  type RunResult,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

const findings = JSON.stringify({
  findings: [
    {
      title: "[P1] Bad",
      body: "Body of it",
      confidence_score: 0.9,
      priority: 1,
      code_location: { absolute_file_path: "/r/a.txt", line_range: { start: 3, end: 5 } },
    },
  ],
  overall_correctness: "patch is incorrect",
  overall_explanation: "Overall bad.",
  overall_confidence_score: 0.8,
});

const shown = "Overall bad.\n\nReview comment:\n\n- [P1] Bad — /r/a.txt:3-5\n  Body of it";

interface Reviewed extends RunResult {
  last: string | null;
  asked: string;
}

async function review(args: string[], reply = findings, input = ""): Promise<Reviewed> {
  await using model = await startFakeModel([answer(message(reply))]);
  using home = tempHome({ config: fakeProviderConfig(model.url) });
  const result = await runCodex(executable(), args, { cwd: home.workspace, env: home.env, input });
  const last = args.includes("-o") ? readFileSync(join(home.workspace, "out"), "utf8") : null;
  return { ...result, last, asked: JSON.stringify(model.requests[0]?.body["input"] ?? []) };
}

describe("a review", () => {
  it("is on stdout, in the file of -o, and its tokens count", async () => {
    const human = await review(["exec", "-o", "out", "review", "--uncommitted"]);
    expect(human).toMatchObject({ code: 0, stdout: `${shown}\n`, last: shown });
    expect(human.stderr).toContain("\nuser\ncurrent changes\n");
    const json = await review(["exec", "--json", "review", "--uncommitted"]);
    expect(jsonLines(json.stdout).slice(2)).toEqual([
      { type: "item.completed", item: { id: "item_0", type: "agent_message", text: shown } },
      { type: "turn.completed", usage: { input_tokens: 100, cached_input_tokens: 10, output_tokens: 20 } },
    ]);
  });

  it("that is not in the form that was asked for is shown as it is", async () => {
    expect((await review(["review", "look at it"], "just text")).stdout).toBe("just text\n");
  });

  it.each([
    { args: ["--base", "main"], hint: "changes against 'main'", input: "" },
    { args: ["--commit", "abcdef0123456"], hint: "commit abcdef0", input: "" },
    { args: ["--commit", "abcdef0123456", "--title", "T"], hint: "commit abcdef0: T", input: "" },
    { args: ["look at it"], hint: "look at it", input: "" },
    { args: ["-"], hint: "from stdin", input: "from stdin" },
  ])("of $args is announced as: $hint", async ({ args, hint, input }) => {
    const result = await review(["review", ...args], "x", input);
    expect(result.stderr).toContain(`\nuser\n${hint}\n`);
    expect(result.code).toBe(0);
  });

  it.each([
    {
      args: [],
      code: 1,
      stderr: "Error: Specify --uncommitted, --base, --commit, or provide custom review instructions\n",
    },
    { args: ["  "], code: 1, stderr: "Error: Review prompt cannot be empty\n" },
    {
      args: ["--uncommitted", "--base", "x"],
      code: 2,
      stderr: "error: the argument '--uncommitted' cannot be used with '--base <BRANCH>'\n",
    },
    {
      args: ["--commit", "x", "text"],
      code: 2,
      stderr: "error: the argument '--commit <SHA>' cannot be used with '[PROMPT]'\n",
    },
    {
      args: ["--title", "x"],
      code: 2,
      stderr: "error: the following required arguments were not provided:\n  --commit <SHA>\n",
    },
    { args: ["--json"], code: 2, stderr: "error: unexpected argument '--json' found\n" },
  ])("of $args is refused", async ({ args, code, stderr }) => {
    const result = await review(["review", ...args]);
    expect(result.stderr.startsWith(stderr)).toBe(true);
    expect(result).toMatchObject({ code, stdout: "", asked: "[]" });
  });
});
