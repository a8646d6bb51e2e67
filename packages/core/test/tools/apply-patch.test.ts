/** Patches as models send them: through the tool in both forms, and through a shell. */

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileChangeItem, ThreadEvent } from "@codex-ts/protocol";
import { answer, customCall, functionCall, message, type Answer } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { testThread, type TestThread, type TestThreadOptions } from "../support/test-thread.js";

const PATCH = "*** Begin Patch\n*** Add File: h1.txt\n+x\n*** End Patch";
const WRITABLE: TestThreadOptions = { config: 'sandbox_mode = "workspace-write"\napproval_policy = "never"' };

interface Applied {
  output: string;
  items: FileChangeItem[];
  events: ThreadEvent[];
  /** What the model was told besides. */
  warnings: string[];
  file: (name: string) => string | null;
}

async function apply(call: Parameters<typeof answer>[0], options: TestThreadOptions = WRITABLE): Promise<Applied> {
  await using test = await testThread([answer(call), answer(message("ok"))], options);
  mkdirSync(join(test.home.workspace, "sub"));
  return seen(test, await test.turn());
}

function seen(test: TestThread, events: ThreadEvent[]): Applied {
  const files = ["h1.txt", "sub/h1.txt", "../h1.txt"].map((name) => {
    const path = join(test.home.workspace, name);
    return [name, existsSync(path) ? readFileSync(path, "utf8") : null] as const;
  });
  return {
    output: test.outputs()["call_1"] ?? "",
    items: events.flatMap((event) =>
      event.type === "item.ended" && event.item.type === "fileChange" ? [event.item] : [],
    ),
    events,
    warnings: events.flatMap((event) =>
      event.type === "response.item" && event.item.type === "message" && event.item.role === "user"
        ? event.item.content.flatMap((part) => ("text" in part && part.text.startsWith("Warning") ? [part.text] : []))
        : [],
    ),
    file: (name) => new Map(files).get(name) ?? null,
  };
}

describe("apply_patch", () => {
  it.each([
    { form: "free text", call: customCall("apply_patch", PATCH) },
    { form: "JSON", call: functionCall("apply_patch", { input: PATCH }) },
  ])("takes a patch as $form", async ({ call }) => {
    const { output, file, items } = await apply(call);
    expect(output).toMatch(
      /^Exit code: 0\nWall time: [\d.]+ seconds\nOutput:\nSuccess. Updated the following files:\nA h1.txt\n$/,
    );
    expect(file("h1.txt")).toBe("x\n");
    expect(items).toMatchObject([{ id: "call_1", status: "completed", autoApproved: true }]);
  });

  it("tells the diff of the turn after it", async () => {
    const { events } = await apply(customCall("apply_patch", PATCH));
    const kinds = events.map(({ type }) => type);
    expect(kinds.indexOf("turn.diff")).toBeGreaterThan(kinds.indexOf("item.ended"));
  });

  it.each([
    {
      what: "that is none",
      patch: "nonsense",
      text: "apply_patch verification failed: invalid patch: The first line of the patch must be '*** Begin Patch'",
    },
    {
      what: "for a file that is not there",
      patch: "*** Begin Patch\n*** Update File: missing.txt\n@@\n-a\n+b\n*** End Patch",
      text: "apply_patch verification failed: Failed to read file to update /w/missing.txt: No such file or directory (os error 2)",
    },
    { what: "without a change", patch: "*** Begin Patch\n*** End Patch", text: "patch rejected: empty patch" },
    {
      what: "that leads out where nobody can be asked",
      patch: "*** Begin Patch\n*** Add File: ../h1.txt\n+x\n*** End Patch",
      text: "patch rejected: writing outside of the project; rejected by user approval settings",
    },
  ])("refuses a patch $what, and shows that it failed", async ({ patch, text }) => {
    await using test = await testThread([answer(customCall("apply_patch", patch)), answer(message("ok"))], WRITABLE);
    const { output, items } = seen(test, await test.turn());
    const named = (said: string | undefined): string | undefined => said?.replaceAll(test.home.workspace, "/w");
    expect(named(output)).toBe(text);
    expect(items.map(({ status, stderr }) => [status, named(stderr)])).toEqual([["failed", text]]);
  });

  it("refuses a patch while one that was cut off cannot be undone, and shows that it failed", async () => {
    await using test = await testThread([answer(customCall("apply_patch", PATCH)), answer(message("ok"))], WRITABLE);
    mkdirSync(join(test.home.workspace, ".codex-patch.journal"));
    const { output, items, file } = seen(test, await test.turn());
    expect(output).toMatch(/^Failed to remove \S+\.codex-patch\.journal, which is no journal: /);
    expect(items).toMatchObject([{ status: "failed", stderr: output }]);
    expect(file("h1.txt")).toBeNull();
    expect(test.reports).toEqual([]);
  });

  it("declined, leaves the diff of the turn as it was", async () => {
    const move = "*** Begin Patch\n*** Update File: h1.txt\n*** Move to: ../h1.txt\n@@\n-x\n+y\n*** End Patch";
    const script: Answer[] = [
      answer(customCall("apply_patch", PATCH, "call_0")),
      answer(customCall("apply_patch", move)),
      answer(message("ok")),
    ];
    await using test = await testThread(script, { config: 'sandbox_mode = "workspace-write"' });
    test.answer(() => ({ kind: "fileChange", decision: "denied" }));
    const { events, output, file } = seen(test, await test.turn());
    expect(output).toBe("patch rejected by user");
    expect(file("h1.txt")).toBe("x\n");
    const diffs = events.flatMap((event) => (event.type === "turn.diff" ? [event.diff] : []));
    expect(new Set(diffs).size).toBe(1);
    expect(diffs[0]).toContain("+x");
  });
});

describe("a patch through a shell", () => {
  const heredoc = `apply_patch <<'EOF'\n${PATCH}\nEOF`;

  it.each([
    { argv: ["apply_patch", PATCH], where: "h1.txt" },
    { argv: ["applypatch", PATCH], where: "h1.txt" },
    { argv: ["bash", "-lc", heredoc], where: "h1.txt" },
    { argv: ["/usr/bin/zsh", "-c", heredoc.replaceAll("EOF", "PATCH")], where: "h1.txt" },
    { argv: ["bash", "-lc", `cd sub && ${heredoc}`], where: "sub/h1.txt" },
    { argv: ["bash", "-lc", `cd 'sub' && ${heredoc}`], where: "sub/h1.txt" },
    { argv: ["pwsh", "-Command", heredoc], where: "h1.txt" },
    { argv: ["cmd", "/C", heredoc], where: "h1.txt" },
  ])("is applied: $argv.0 $argv.1", async ({ argv, where }) => {
    const { file, items, warnings } = await apply(functionCall("container.exec", { command: argv }));
    expect(file(where)).toBe("x\n");
    expect(items).toMatchObject([{ status: "completed" }]);
    expect(warnings).toEqual([
      "Warning: apply_patch was requested via container.exec. Use the apply_patch tool instead of exec_command.",
    ]);
  });

  it("is warned about after the call's output: servers allow nothing in between", async () => {
    const call = functionCall("shell", { command: ["apply_patch", PATCH] });
    await using test = await testThread([answer(call), answer(message("ok"))], WRITABLE);
    await test.turn();
    const input = (test.model.requests.at(-1)?.body["input"] ?? []) as { type: string }[];
    expect(input.slice(-3).map(({ type }) => type)).toEqual(["function_call", "function_call_output", "message"]);
  });

  it("keeps the JSON form for shell_command", async () => {
    const { output } = await apply(functionCall("shell_command", { command: heredoc }));
    expect(JSON.parse(output)).toMatchObject({
      output: "Success. Updated the following files:\nA h1.txt\n",
      metadata: { exit_code: 0 },
    });
  });

  it.each([
    { what: "a word before it", script: `echo a; ${heredoc}` },
    { what: "a word after it", script: `${heredoc}\necho b` },
    { what: "another connector", script: `cd sub || ${heredoc}` },
    { what: "a folder with an option", script: `cd -P sub && ${heredoc}` },
    { what: "two folders", script: `cd sub sub && ${heredoc}` },
  ])("with $what is an ordinary command", async ({ script }) => {
    const { items, events, output } = await apply(functionCall("shell_command", { command: script, login: false }));
    expect(items).toEqual([]);
    expect(events.some((event) => event.type === "item.ended" && event.item.type === "command")).toBe(true);
    expect(output).toMatch(/^Exit code: (0|1|127)\n/);
  });

  it.each([
    { what: "alone as the script", argv: ["bash", "-lc", PATCH] },
    { what: "alone as the program", argv: [PATCH] },
  ])("$what is explained", async ({ argv }) => {
    const { output, items } = await apply(functionCall("shell", { command: argv }));
    expect(output).toBe(
      'apply_patch verification failed: patch detected without explicit call to apply_patch. Rerun as ["apply_patch", "<patch>"]',
    );
    expect(items).toMatchObject([{ status: "failed" }]);
  });

  it("that cannot be read is not run as a command", async () => {
    const { output, events } = await apply(functionCall("shell", { command: ["apply_patch", "*** Begin Patch\nx"] }));
    expect(output).toMatch(/^apply_patch verification failed: /);
    expect(events.some((event) => event.type === "item.started" && event.item.type === "command")).toBe(false);
  });

  it("that wants to leave the sandbox where nobody can be asked is refused as a command", async () => {
    const { output, items, events } = await apply(
      functionCall("shell", { command: ["apply_patch", PATCH], sandbox_permissions: "require_escalated" }),
    );
    expect(output).toBe(
      "approval policy is Never; reject command — you should not ask for escalated permissions if the approval policy is Never",
    );
    expect(items).toEqual([]);
    expect(
      events.flatMap((event) =>
        event.type === "item.ended" && event.item.type === "command" ? [event.item.status] : [],
      ),
    ).toEqual(["declined"]);
  });
});
