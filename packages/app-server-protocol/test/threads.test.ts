import type { SandboxPolicy, SessionMeta } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import {
  checkOf,
  conversationSummaryOf,
  mcpAuthStatusToV2,
  modelToV2,
  sandboxPolicyFromV2,
  sandboxPolicyToV2,
  sessionSourceToV2,
  skillsToV2,
  threadOf,
  turnToV2,
  userInputFromV1,
  userInputFromV2,
  userInputToV2,
} from "../src/index.js";

const quoteCommand = (argv: readonly string[]) => argv.join(" ");
const meta: SessionMeta = {
  id: "T",
  timestamp: "2026-11-20T16:41:38.480Z",
  cwd: "/proj",
  originator: "drv",
  cli_version: "0.92.0",
};

describe("a turn of a session file", () => {
  it("has its items, commands and failures included", () => {
    const turn = turnToV2(
      {
        id: "turn-1",
        items: [
          { type: "userMessage", id: "item-1", content: [{ type: "text", text: "HELLO a", text_elements: [] }] },
          {
            type: "command",
            id: "c",
            argv: ["ls"],
            cwd: "/proj",
            actions: [{ type: "unknown", cmd: "ls" }],
            source: "agent",
            processId: null,
            interactionInput: null,
            status: "completed",
            result: {
              stdout: "x\n",
              stderr: "",
              aggregatedOutput: "x\n",
              formattedOutput: "x\n",
              exitCode: 0,
              durationMs: 200,
              timedOut: false,
            },
          },
          { type: "agentMessage", id: "item-2", text: "Hello from the mock." },
        ],
        status: "failed",
        error: { message: "no", info: "other", additionalDetails: null },
      },
      quoteCommand,
    );
    expect(turn).toEqual({
      id: "turn-1",
      items: [
        { type: "userMessage", id: "item-1", content: [{ type: "text", text: "HELLO a", text_elements: [] }] },
        {
          type: "commandExecution",
          id: "c",
          command: "ls",
          cwd: "/proj",
          processId: null,
          status: "completed",
          commandActions: [{ type: "unknown", command: "ls" }],
          aggregatedOutput: "x\n",
          exitCode: 0,
          durationMs: 200,
        },
        { type: "agentMessage", id: "item-2", text: "Hello from the mock." },
      ],
      status: "failed",
      error: { message: "no", codexErrorInfo: "other", additionalDetails: null },
    });
    expect(checkOf("v2.Turn")(turn)).toBe(turn);
  });

  it("shows a review as its beginning and its end", () => {
    const review = {
      type: "review",
      id: "r",
      target: { type: "uncommittedChanges" },
      hint: null,
      status: "completed",
      output: null,
    } as const;
    const turn = turnToV2({ id: "turn-1", items: [review], status: "completed", error: null }, quoteCommand);
    expect(turn.items).toEqual([
      { type: "enteredReviewMode", id: "turn-1", review: "current changes" },
      { type: "exitedReviewMode", id: "turn-1", review: "Reviewer failed to output a response." },
    ]);
  });
});

describe("a thread", () => {
  const facts = { path: "/r.jsonl", preview: "hi", updatedAtMs: 1_795_192_898_999, defaultProvider: "mock" };

  it("is made of its first line and its file", () => {
    const thread = threadOf({ meta, ...facts });
    expect(thread).toEqual({
      id: "T",
      preview: "hi",
      modelProvider: "mock",
      createdAt: 1_795_192_898,
      updatedAt: 1_795_192_898,
      path: "/r.jsonl",
      cwd: "/proj",
      cliVersion: "0.92.0",
      source: "vscode",
      gitInfo: null,
      turns: [],
    });
    expect(checkOf("v2.Thread")(thread)).toBe(thread);
  });

  it.each(["release notes", null])("says its name where that is known: %j", (name) => {
    const thread = threadOf({ meta, ...facts, name });
    expect(thread.name).toBe(name);
    expect(checkOf("v2.Thread")(thread)).toBe(thread);
  });

  it("says what is known of its repository and provider, and 0 for a time that is none", () => {
    const known = {
      ...meta,
      timestamp: "yesterday",
      model_provider: "openai",
      git: { commit_hash: "cc6a" },
      source: "mcp" as const,
    };
    expect(threadOf({ meta: known, ...facts })).toMatchObject({
      createdAt: 0,
      modelProvider: "openai",
      gitInfo: { sha: "cc6a", branch: null, originUrl: null },
      source: "appServer",
    });
  });

  it("is a conversation for v1", () => {
    const known = { ...meta, git: { branch: "main" }, source: { subagent: "review" } as const };
    const summary = conversationSummaryOf({ meta: known, ...facts });
    expect(summary).toEqual({
      conversationId: "T",
      path: "/r.jsonl",
      preview: "hi",
      timestamp: "2026-11-20T16:41:38.480Z",
      updatedAt: "2026-11-20T16:41:38Z",
      modelProvider: "mock",
      cwd: "/proj",
      cliVersion: "0.92.0",
      source: { subagent: "review" },
      gitInfo: { sha: null, branch: "main", origin_url: null },
    });
    expect(checkOf("ConversationSummary")(summary)).toBe(summary);
    expect(conversationSummaryOf({ meta, ...facts })).toMatchObject({ source: "vscode", gitInfo: null });
  });

  it.each([
    ["cli", "cli"],
    ["mcp", "appServer"],
    ["unknown", "unknown"],
    [{ subagent: "review" }, { subAgent: "review" }],
    [{ subagent: { other: "x" } }, { subAgent: { other: "x" } }],
  ] as const)("started by %j was started by %j", (source, v2) => {
    expect(sessionSourceToV2(source)).toEqual(v2);
  });
});

describe("between the words of core and of v2", () => {
  it.each([
    [{ type: "danger-full-access" }, { type: "dangerFullAccess" }],
    [{ type: "read-only" }, { type: "readOnly" }],
    [
      { type: "external-sandbox", network_access: "enabled" },
      { type: "externalSandbox", networkAccess: "enabled" },
    ],
    [
      {
        type: "workspace-write",
        writable_roots: ["/x"],
        network_access: true,
        exclude_tmpdir_env_var: true,
        exclude_slash_tmp: true,
      },
      {
        type: "workspaceWrite",
        writableRoots: ["/x"],
        networkAccess: true,
        excludeTmpdirEnvVar: true,
        excludeSlashTmp: true,
      },
    ],
  ] as const)("the policy %j is %j, and back", (core, v2) => {
    const policy = structuredClone(core) as SandboxPolicy;
    expect(sandboxPolicyToV2(policy)).toEqual(v2);
    expect(sandboxPolicyFromV2(sandboxPolicyToV2(policy))).toEqual(core);
  });

  it("absent members of a policy mean their defaults, and are written", () => {
    const full = { networkAccess: false, excludeTmpdirEnvVar: false, excludeSlashTmp: false };
    expect(sandboxPolicyToV2({ type: "workspace-write" })).toEqual({
      type: "workspaceWrite",
      writableRoots: [],
      ...full,
    });
    expect(sandboxPolicyToV2(sandboxPolicyFromV2({ type: "workspaceWrite" }))).toEqual({
      type: "workspaceWrite",
      writableRoots: [],
      ...full,
    });
    expect(sandboxPolicyToV2({ type: "external-sandbox" })).toEqual({
      type: "externalSandbox",
      networkAccess: "restricted",
    });
    expect(sandboxPolicyFromV2({ type: "externalSandbox" })).toEqual({
      type: "external-sandbox",
      network_access: "restricted",
    });
  });

  it.each([
    [{ type: "text", text: "a", text_elements: [{ byteRange: { start: 0, end: 1 }, placeholder: "A" }] }],
    [{ type: "image", url: "u" }],
    [{ type: "localImage", path: "/l" }],
    [{ type: "skill", name: "s", path: "/s" }],
  ] as const)("the input %j survives the way in and out", (input) => {
    expect(userInputToV2(userInputFromV2(structuredClone(input) as never))).toEqual(input);
  });

  it.each([
    [
      { type: "text", data: { text: "a" } },
      { type: "text", text: "a", text_elements: [] },
    ],
    [
      { type: "image", data: { image_url: "u" } },
      { type: "image", image_url: "u" },
    ],
    [
      { type: "localImage", data: { path: "/l" } },
      { type: "local_image", path: "/l" },
    ],
  ] as const)("v1's input %j is %j", (item, core) => {
    expect(userInputFromV1(item)).toEqual(core);
  });

  it("models, skills and servers are told in v2's words", () => {
    const model = modelToV2(
      {
        id: "m",
        model: "m",
        display_name: "M",
        description: "d",
        default_reasoning_effort: "medium",
        supported_reasoning_efforts: [{ effort: "low", description: "fast" }],
        is_default: true,
        show_in_picker: true,
        supported_in_api: true,
      },
      true,
    );
    expect(model).toEqual({
      id: "m",
      model: "m",
      displayName: "M",
      description: "d",
      supportedReasoningEfforts: [{ reasoningEffort: "low", description: "fast" }],
      defaultReasoningEffort: "medium",
      supportsPersonality: true,
      isDefault: true,
    });
    const plain = { name: "s", description: "d", path: "/s", scope: "user" as const, enabled: true };
    const shown = {
      display_name: "S",
      short_description: "x",
      icon_small: "a",
      icon_large: "b",
      brand_color: "c",
      default_prompt: "p",
    };
    const entry = { cwd: "/proj", skills: [plain, { ...plain, short_description: "x", interface: shown }], errors: [] };
    expect(skillsToV2(entry)).toEqual({
      cwd: "/proj",
      skills: [
        plain,
        {
          ...plain,
          shortDescription: "x",
          interface: {
            displayName: "S",
            shortDescription: "x",
            iconSmall: "a",
            iconLarge: "b",
            brandColor: "c",
            defaultPrompt: "p",
          },
        },
      ],
      errors: [],
    });
    expect((["unsupported", "not_logged_in", "bearer_token", "o_auth"] as const).map(mcpAuthStatusToV2)).toEqual([
      "unsupported",
      "notLoggedIn",
      "bearerToken",
      "oAuth",
    ]);
  });
});
