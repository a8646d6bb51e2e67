/** `codex exec --json` as a script meets it: the lines of the reference's tables, on both builds. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  answer,
  builds,
  drop,
  failed,
  fakeProviderConfig,
  functionCall,
  hold,
  httpReply,
  jsonLines,
  message,
  patch,
  reasoning,
  runCodex,
  shell,
  startFakeModel,
  stream,
  tempHome,
  type Build,
  type RecordedRequest,
  type Script,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

interface Run {
  code: number | null;
  lines: unknown[];
  stderr: string;
  requests: RecordedRequest[];
  /** Text of a file of the workspace; null: there is none. */
  file: (name: string) => string | null;
  /** Text outputs that the last request carried. */
  outputs: string[];
}

/** @param releaseAt text on stdout at which the gate named "go" opens */
async function exec(
  build: Build,
  script: Script,
  flags: string[] = [],
  files: Record<string, string> = {},
  releaseAt: string | null = null,
): Promise<Run> {
  await using model = await startFakeModel(script);
  using home = tempHome({ config: fakeProviderConfig(model.url), files });
  const result = await runCodex(build, ["exec", "--json", ...flags, "do it"], {
    cwd: home.workspace,
    env: home.env,
    onStdout: (text) => {
      if (releaseAt !== null && text.includes(releaseAt)) model.release("go");
    },
  });
  const contents = new Map(
    [...Object.keys(files), "new.txt", "made.txt", "../escape.txt"].map((name) => {
      const path = join(home.workspace, name);
      return [name, existsSync(path) ? readFileSync(path, "utf8") : null];
    }),
  );
  const input = model.requests.at(-1)?.body["input"];
  const outputs = (Array.isArray(input) ? input : []).flatMap((item: { output?: unknown }) =>
    typeof item.output === "string" ? [item.output.replace(/Wall time: [\d.]+/, "Wall time: T")] : [],
  );
  const normal = result.stdout.replaceAll(home.root, "ROOT").replaceAll(/"thread_id":"[^"]+"/g, '"thread_id":"T"');
  return {
    code: result.code,
    lines: jsonLines(normal),
    stderr: result.stderr,
    requests: model.requests,
    file: (name) => contents.get(name) ?? null,
    outputs,
  };
}

const begin = [{ type: "thread.started", thread_id: "T" }, { type: "turn.started" }];
const usage = (requests: number): unknown => ({
  type: "turn.completed",
  usage: { input_tokens: 100 * requests, cached_input_tokens: 10 * requests, output_tokens: 20 * requests },
});
const said = (number: number, text: string): unknown => ({
  type: "item.completed",
  item: { id: `item_${number}`, type: "agent_message", text },
});
const command = (number: number, script: string): unknown => ({
  type: "item.started",
  item: {
    id: `item_${number}`,
    type: "command_execution",
    command: `/bin/bash -lc ${script}`,
    aggregated_output: "",
    exit_code: null,
    status: "in_progress",
  },
});
const ran = (number: number, script: string, output: string, code: number): unknown => ({
  type: "item.completed",
  item: {
    id: `item_${number}`,
    type: "command_execution",
    command: `/bin/bash -lc ${script}`,
    aggregated_output: output,
    exit_code: code,
    status: code === 0 ? "completed" : "failed",
  },
});

describe.each(builds())("codex exec --json ($name)", (build) => {
  it("prints a plain answer and what it cost", async () => {
    const run = await exec(build, [answer(message("Hello."))]);
    expect(run.lines).toEqual([...begin, said(0, "Hello."), usage(1)]);
    expect(run.code).toBe(0);
  });

  it("prints reasoning before the answer", async () => {
    const run = await exec(build, [answer(reasoning("**Thinking**"), message("Done.", { deltas: 3 }))]);
    expect(run.lines).toEqual([
      ...begin,
      { type: "item.completed", item: { id: "item_0", type: "reasoning", text: "**Thinking**" } },
      said(1, "Done."),
      usage(1),
    ]);
  });

  it("prints a failing command with both streams and tells the model", async () => {
    const run = await exec(build, [answer(shell("echo out; echo err >&2; exit 3")), answer(message("It failed."))]);
    const script = "'echo out; echo err >&2; exit 3'";
    expect(run.lines).toEqual([
      ...begin,
      command(0, script),
      ran(0, script, "out\nerr\n", 3),
      said(1, "It failed."),
      usage(2),
    ]);
    expect(run.outputs).toEqual(["Exit code: 3\nWall time: T seconds\nOutput:\nout\nerr\n"]);
    expect(run.code).toBe(0);
  });

  it("lets a command write inside the workspace", async () => {
    const run = await exec(
      build,
      [answer(shell("printf x > made.txt")), answer(message("ok"))],
      ["-s", "workspace-write"],
    );
    expect(run.file("made.txt")).toBe("x");
  });

  it("refuses a write in a read-only sandbox, and the file system shows it", async () => {
    const run = await exec(build, [answer(shell("echo x > made.txt")), answer(message("no"))], ["-s", "read-only"]);
    expect(run.file("made.txt")).toBeNull();
    expect(run.outputs[0]).toMatch(/^Exit code: 1\n.*(Read-only file system|Permission denied)/s);
  });

  it("refuses a write outside the workspace, and the file system shows it", async () => {
    const run = await exec(
      build,
      [answer(shell("echo x > ../escape.txt")), answer(message("no"))],
      ["-s", "workspace-write"],
    );
    expect(run.file("../escape.txt")).toBeNull();
    expect(run.outputs[0]).toMatch(/^Exit code: 1/);
  });

  it("gives commands no network", async () => {
    const connect = shell("exec 3<>/dev/tcp/127.0.0.1/9 && echo open");
    const run = await exec(build, [answer(connect), answer(message("none"))], ["-s", "workspace-write"]);
    expect(run.outputs[0]).toMatch(/Operation not permitted|Network is unreachable/);
  });

  it("applies a patch and names the files", async () => {
    const run = await exec(
      build,
      [
        answer(patch("*** Add File: new.txt\n+hi\n*** Update File: a.txt\n@@\n-one\n+two\n")),
        answer(message("edited")),
      ],
      ["-s", "workspace-write"],
      { "a.txt": "one\n" },
    );
    expect(run.lines).toEqual([
      ...begin,
      {
        type: "item.completed",
        item: {
          id: "item_0",
          type: "file_change",
          changes: [
            { path: "ROOT/workspace/new.txt", kind: "add" },
            { path: "ROOT/workspace/a.txt", kind: "update" },
          ],
          status: "completed",
        },
      },
      said(1, "edited"),
      usage(2),
    ]);
    expect([run.file("new.txt"), run.file("a.txt")]).toEqual(["hi\n", "two\n"]);
    expect(run.outputs).toEqual([
      "Exit code: 0\nWall time: T seconds\nOutput:\nSuccess. Updated the following files:\nA new.txt\nM a.txt\n",
    ]);
  });

  it("changes nothing when a patch does not fit, and says why", async () => {
    const run = await exec(
      build,
      [answer(patch("*** Add File: new.txt\n+hi\n*** Update File: a.txt\n@@\n-nope\n+x\n")), answer(message("failed"))],
      ["-s", "workspace-write"],
      { "a.txt": "one\n" },
    );
    expect([run.file("new.txt"), run.file("a.txt")]).toEqual([null, "one\n"]);
    expect(run.outputs[0]).toMatch(/^apply_patch verification failed: /);
  });

  it("keeps the plan as one list, completed at the end", async () => {
    const plan = (first: string, second: string): unknown => ({
      plan: [
        { step: "a", status: first },
        { step: "b", status: second },
      ],
    });
    const run = await exec(build, [
      answer(functionCall("update_plan", plan("in_progress", "pending"), "c1")),
      answer(functionCall("update_plan", plan("completed", "completed"), "c2")),
      answer(message("planned")),
    ]);
    const list = (type: string, done: boolean): unknown => ({
      type,
      item: {
        id: "item_0",
        type: "todo_list",
        items: [
          { text: "a", completed: done },
          { text: "b", completed: done },
        ],
      },
    });
    expect(run.lines).toEqual([
      ...begin,
      list("item.started", false),
      list("item.updated", true),
      said(1, "planned"),
      list("item.completed", true),
      usage(3),
    ]);
    expect(run.outputs).toEqual(["Plan updated", "Plan updated"]);
  });

  it("ends a command whose time is up", async () => {
    const run = await exec(build, [answer(shell("sleep 30", { timeout_ms: 200 })), answer(message("slow"))]);
    expect(run.outputs[0]).toMatch(/^Exit code: 124\n.*command timed out after \d+ milliseconds\n$/s);
  });

  it("tells the model of a tool that does not exist", async () => {
    const run = await exec(build, [answer(functionCall("no_such_tool", {})), answer(message("sorry"))]);
    expect(run.outputs).toEqual(["unsupported call: no_such_tool"]);
  });

  it("tells the model of arguments it cannot read", async () => {
    const run = await exec(build, [answer(functionCall("shell_command", '{"command": 5}')), answer(message("sorry"))]);
    expect(run.outputs).toEqual([
      "failed to parse function arguments: invalid type: integer `5`, expected a string at line 1 column 13",
    ]);
  });

  it.each([
    {
      what: "a bad request",
      script: [httpReply(400, { error: { message: "bad thing" } })],
      requests: 1,
      error: '{"error":{"message":"bad thing"}}',
    },
    {
      what: "a full context window",
      script: [stream(failed("context_length_exceeded", "too long"))],
      requests: 1,
      error:
        "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.",
    },
  ])("fails a turn on $what without trying again", async ({ script, requests, error }) => {
    const run = await exec(build, script);
    expect(run.lines).toEqual([
      ...begin,
      { type: "error", message: error },
      { type: "turn.failed", error: { message: error } },
    ]);
    expect(run.requests).toHaveLength(requests);
    expect(run.code).toBe(1);
  });

  it("says that it tries again, and that it gave up, when the server keeps failing", async () => {
    const run = await exec(build, [httpReply(500, { error: { message: "boom" } })]);
    const text = "We're currently experiencing high demand, which may cause temporary errors.";
    expect(run.lines).toEqual([
      ...begin,
      { type: "error", message: `Reconnecting... 1/1 (${text})` },
      { type: "error", message: text },
      { type: "turn.failed", error: { message: text } },
    ]);
    expect(run.code).toBe(1);
  });

  it("goes on after a cut stream, and keeps what a tool did", async () => {
    const run = await exec(
      build,
      [stream(shell("echo once >> made.txt; cat made.txt"), hold("go"), drop()), answer(message("recovered"))],
      ["-s", "workspace-write"],
      {},
      '"status":"completed"',
    );
    expect(run.file("made.txt")).toBe("once\n");
    expect(run.outputs[0]).toContain("once\n");
    expect(run.lines.at(-2)).toEqual(said(1, "recovered"));
    expect(run.code).toBe(0);
  });
});
