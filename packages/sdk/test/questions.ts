/** What Codex asks, and what becomes of the answers: the same for a server beside us and for this process. */

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { answer, functionCall, hold, message, patch, shell, type Script } from "@codex-ts/test-support";
import { expect, it } from "vitest";
import {
  defineTool,
  type ApprovalDecision,
  type ApprovalRequest,
  type Thread,
  type ThreadOptions,
  type Tool,
} from "../src/index.js";
import { fakePlace, sandboxes, type FakePlace } from "./support/fake-home.js";

/** A Codex that can ask. */
export interface AskingCodex extends AsyncDisposable {
  startThread(options?: ThreadOptions): Thread;
  resumeThread(id: string, options?: ThreadOptions): Thread;
}

/** @param open makes the Codex of a place */
export function asksAndListens(open: (place: FakePlace) => AskingCodex): void {
  const asking = async (
    script: Script,
    options: ThreadOptions,
    test: (thread: Thread, place: FakePlace, codex: AskingCodex) => Promise<void>,
  ): Promise<void> => {
    await using place = await fakePlace(script);
    await using codex = open(place);
    await test(codex.startThread({ workingDirectory: place.home.workspace, ...options }), place, codex);
  };

  it.each<[decision: ApprovalDecision, runs: boolean, status: string]>([
    ["accept", true, "completed"],
    ["acceptForSession", true, "completed"],
    [{ acceptPrefix: ["touch", "made.txt"] }, true, "completed"],
    ["decline", false, "declined"],
  ])("asks before a command, and %j decides", async (decision, runs, status) => {
    const asked: ApprovalRequest[] = [];
    const options: ThreadOptions = {
      approvalPolicy: "untrusted",
      sandboxMode: "workspace-write",
      onApproval: (request) => {
        asked.push(request);
        return decision;
      },
    };
    await asking([answer(shell("touch made.txt")), answer(message("ok"))], options, async (thread, { home }) => {
      const turn = await thread.run("x");
      expect(turn.items).toMatchObject([
        { type: "command_execution", status },
        { type: "agent_message", text: "ok" },
      ]);
      expect(asked).toMatchObject([
        { kind: "command", threadId: thread.id, command: "/bin/bash -lc 'touch made.txt'", cwd: home.workspace },
      ]);
      expect(existsSync(join(home.workspace, "made.txt"))).toBe(runs);
    });
  });

  it("asks before files change, with the changes", async () => {
    const asked: ApprovalRequest[] = [];
    const options: ThreadOptions = {
      approvalPolicy: "untrusted",
      onApproval: (request) => {
        asked.push(request);
        return "accept";
      },
    };
    const script = [answer(patch("*** Add File: made.txt\n+hi\n")), answer(message("ok"))];
    await asking(script, options, async (thread, { home }) => {
      await thread.run("x");
      const path = join(home.workspace, "made.txt");
      expect(asked).toMatchObject([{ kind: "fileChange", changes: [{ path, kind: "add", diff: "hi\n" }] }]);
      expect(existsSync(path)).toBe(true);
    });
  });

  it("goes on in a thread that it has run with the options of whoever goes on", async () => {
    const script = [
      answer(message("one")),
      answer(shell("touch made.txt")),
      answer(message("two")),
      answer(shell("touch made.txt")),
      answer(message("three")),
    ];
    const asked: ApprovalRequest[] = [];
    const all: ThreadOptions = { sandboxMode: "danger-full-access", onApproval: () => "accept" };
    const little: ThreadOptions = {
      sandboxMode: "read-only",
      approvalPolicy: "untrusted",
      modelReasoningEffort: "high",
      onApproval: (request) => {
        asked.push(request);
        return "decline";
      },
    };
    await asking(script, all, async (thread, { home, model }, codex) => {
      await thread.run("x");
      const id = thread.id ?? "";
      const folder = join(home.workspace, "inner");
      mkdirSync(folder);
      const resumed = codex.resumeThread(id, { ...little, workingDirectory: folder });
      await resumed.run("y");
      expect(asked).toMatchObject([{ kind: "command", threadId: id, cwd: folder }]);
      expect(existsSync(join(folder, "made.txt"))).toBe(false);
      expect(model.requests[1]?.body["reasoning"]).toMatchObject({ effort: "high" });
      const outside = codex.resumeThread(id, { ...little, workingDirectory: home.home });
      await expect(outside.run("z")).rejects.toThrow(/skip-?git-?repo-?check/i);
      await thread.run("z");
      expect(asked).toHaveLength(1);
      expect(existsSync(join(home.workspace, "made.txt"))).toBe(true);
    });
  });

  it("widens the sandbox of a thread that goes on as its options and the configuration say, and no further", async () => {
    await using place = await fakePlace([answer(message("ok"))], 'sandbox_mode = "workspace-write"');
    await using codex = open(place);
    const { root, workspace } = place.home;
    const [one, two] = [join(root, "one"), join(root, "two")];
    for (const folder of [one, two]) mkdirSync(folder);
    const base: ThreadOptions = { workingDirectory: workspace, onApproval: () => "decline" };
    const wide: ThreadOptions = { ...base, additionalDirectories: [one], networkAccessEnabled: true };
    const thread = codex.startThread(wide);
    await thread.run("a");
    const id = thread.id ?? "";
    await codex.resumeThread(id, { ...base, additionalDirectories: [two] }).run("b");
    await codex.resumeThread(id, base).run("c");
    await thread.run("d");
    expect(sandboxes(place, id)).toMatchObject([
      { writable_roots: [one], network_access: true },
      { writable_roots: [two], network_access: false },
      { network_access: false },
      { writable_roots: [one], network_access: true },
    ]);
    expect(JSON.stringify(sandboxes(place, id)[2])).not.toContain(root);
  });

  it("runs no turn with the options of another one that was refused", async () => {
    await using place = await fakePlace([answer(message("ok"))], 'sandbox_mode = "workspace-write"');
    await using codex = open(place);
    const options: ThreadOptions = { workingDirectory: place.home.workspace, onApproval: () => "decline" };
    const offline = codex.startThread({ ...options, networkAccessEnabled: false });
    await offline.run("x");
    const id = offline.id ?? "";
    const online = codex.resumeThread(id, { ...options, networkAccessEnabled: true });
    for (const [first, second] of [
      [offline, online],
      [online, offline],
    ] as const) {
      const [run, refused] = await Promise.allSettled([first.run("x"), second.run("x")]);
      expect(run).toMatchObject({ status: "fulfilled" });
      expect(String(refused.status === "rejected" && refused.reason)).toContain(`turn of thread ${id} is running`);
      await second.run("x");
    }
    const networks = [false, false, true, true, false];
    expect(sandboxes(place, id)).toMatchObject(networks.map((network_access) => ({ network_access })));
  });

  it("ends the turn when the answer is cancel", async () => {
    const options: ThreadOptions = { approvalPolicy: "untrusted", onApproval: () => "cancel" };
    await asking([answer(shell("touch made.txt"))], options, async (thread) => {
      await expect(thread.run("x")).rejects.toThrow("interrupted");
    });
  });

  it("ends the turn with what the function throws", async () => {
    const options: ThreadOptions = {
      approvalPolicy: "untrusted",
      onApproval: () => {
        throw new RangeError("mine");
      },
    };
    await asking([answer(shell("touch made.txt")), answer(message("ok"))], options, async (thread, place) => {
      await expect(thread.run("x")).rejects.toThrow(new RangeError("mine"));
      expect(place.model.requests).toHaveLength(1);
      expect(existsSync(join(place.home.workspace, "made.txt"))).toBe(false);
    });
  });

  const lookup = defineTool({
    name: "lookup_ticket",
    description: "Reads a ticket",
    inputSchema: { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
    parse: (args) => {
      const { id } = args as { id?: unknown };
      if (typeof id !== "string") throw new TypeError("id must be a text");
      return { id };
    },
    run: ({ id }, { callId }) => `ticket ${id} for ${callId}`,
  });

  it.each<[name: string, args: unknown, output: string]>([
    ["and gets its output", { id: "T-1" }, "ticket T-1 for call_1"],
    ["and is told what was wrong with a call", { id: 7 }, "id must be a text"],
  ])("offers tools of the caller: the model calls one %s", async (_name, args, output) => {
    const script = [answer(functionCall("lookup_ticket", args)), answer(message("ok"))];
    await asking(script, { tools: [lookup] }, async (thread, place) => {
      await thread.run("x");
      const offered = place.model.requests[0]?.body["tools"] as { name?: string }[];
      expect(offered.map(({ name }) => name)).toContain("lookup_ticket");
      expect(place.sent(1)).toContain(output);
    });
  });

  it("tells a tool when its turn is cut short", async () => {
    const aborted = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const slow: Tool = {
      name: "slow",
      description: "Takes its time",
      inputSchema: { type: "object", properties: {} },
      run: async (_args, { signal }) => {
        started.resolve();
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
        aborted.resolve();
        return "late";
      },
    };
    const script = [answer(functionCall("slow", {})), answer(message("ok"), hold("never"))];
    await asking(script, { tools: [slow] }, async (thread) => {
      const controller = new AbortController();
      const run = thread.run("x", { signal: controller.signal });
      run.catch(() => undefined);
      await started.promise;
      controller.abort();
      await expect(run).rejects.toMatchObject({ name: "AbortError" });
      await aborted.promise;
    });
  });
}
