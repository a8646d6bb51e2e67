/** Configuration, accounts, models, skills, commands, search. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answer, message } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { startServer } from "./support/server.js";

describe("the configuration", () => {
  it("is read with where each value comes from", async () => {
    await using server = await startServer({ flags: ["-c", "model_verbosity=low"] });
    const { config, origins, layers } = await server.result("config/read", { includeLayers: true });
    expect(config).toMatchObject({ model: "gpt-5.1-codex", model_verbosity: "low", approval_policy: null });
    expect(origins["model"]?.name).toEqual({ type: "user", file: join(server.home.codexHome, "config.toml") });
    expect(origins["model_verbosity"]?.name).toEqual({ type: "sessionFlags" });
    expect(layers?.[0]?.name).toEqual({ type: "sessionFlags" });
    await expect(server.result("config/read", {})).resolves.not.toHaveProperty("layers");
  });

  it("that holds what no client expects is an error that says where", async () => {
    await using server = await startServer({ config: 'sandbox_mode = "anything"\n' });
    await expect(server.call("config/read", {})).resolves.toMatchObject({
      error: { code: -32603, message: expect.stringMatching(/^invalid configuration: .*\nin `sandbox_mode`\n$/) },
    });
  });

  it("is read with all that it may hold", async () => {
    await using server = await startServer({
      config: `approval_policy = "on-failure"
sandbox_mode = "workspace-write"
web_search = "cached"
model_reasoning_effort = "xhigh"
model_context_window = 1000
unheard_of = { any = [1, 2.5, true]}
`,
    });
    await expect(server.result("config/read", {})).resolves.toMatchObject({
      config: { unheard_of: { any: [1, 2.5, true] } },
    });
  });

  it("is written, counts for the next thread, and keeps the rest of the file", async () => {
    await using server = await startServer({ config: "# mine\n" });
    const written = await server.result("config/value/write", {
      keyPath: "model",
      value: "gpt-5",
      mergeStrategy: "replace",
    });
    expect(written).toMatchObject({ status: "ok", overriddenMetadata: null });
    expect(readFileSync(written.filePath, "utf8")).toContain("# mine");
    await expect(server.result("thread/start", {})).resolves.toMatchObject({ model: "gpt-5" });
    const edits = [
      { keyPath: "model", value: null, mergeStrategy: "replace" },
      { keyPath: "approval_policy", value: "never", mergeStrategy: "upsert" },
    ];
    await server.result("config/batchWrite", { edits });
    await expect(server.result("thread/start", {})).resolves.toMatchObject({ approvalPolicy: "never" });
  });

  it.each([
    [{ keyPath: "model", value: 5 }, "configValidationError"],
    [{ keyPath: "", value: 5 }, "configValidationError"],
    [{ keyPath: "model", value: "x", expectedVersion: "sha256:0" }, "configVersionConflict"],
    [{ keyPath: "model", value: "x", filePath: "/etc/other.toml" }, "configLayerReadonly"],
  ])("written with %j is refused with a code", async (params, code) => {
    await using server = await startServer();
    await expect(server.call("config/value/write", { mergeStrategy: "replace", ...params })).resolves.toMatchObject({
      error: { code: -32600, data: { config_write_error_code: code } },
    });
  });

  it("has no requirements here", async () => {
    await using server = await startServer();
    await expect(server.result("configRequirements/read")).resolves.toEqual({ requirements: null });
  });
});

describe("accounts", () => {
  const openai = 'model = "gpt-5.1-codex"\ncli_auth_credentials_store = "file"\n';

  it("of a provider without logins are none", async () => {
    await using server = await startServer();
    await expect(server.result("account/read", {})).resolves.toEqual({ account: null, requiresOpenaiAuth: false });
  });

  it("log in with a key and out again, and everybody is told", async () => {
    await using server = await startServer({ wholeConfig: openai });
    await expect(server.result("account/read", {})).resolves.toEqual({ account: null, requiresOpenaiAuth: true });
    await expect(server.result("account/login/start", { type: "apiKey", apiKey: "sk-1" })).resolves.toEqual({
      type: "apiKey",
    });
    await expect(server.untilNotified("account/login/completed")).resolves.toMatchObject({
      params: { loginId: null, success: true, error: null },
    });
    await expect(server.untilNotified("account/updated")).resolves.toMatchObject({ params: { authMode: "apikey" } });
    await expect(server.result("account/read", {})).resolves.toMatchObject({ account: { type: "apiKey" } });
    await expect(server.result("getAuthStatus", { includeToken: true })).resolves.toEqual({
      authMethod: "apikey",
      authToken: "sk-1",
      requiresOpenaiAuth: true,
    });
    await expect(server.call("account/rateLimits/read")).resolves.toMatchObject({
      error: { message: "chatgpt authentication required to read rate limits" },
    });
    await server.result("account/logout");
    await expect(server.untilNotified("account/updated", 2)).resolves.toMatchObject({ params: { authMode: null } });
    await expect(server.call("account/rateLimits/read")).resolves.toMatchObject({
      error: { message: "codex account authentication required to read rate limits" },
    });
  });

  it("cannot log in in a way that is switched off", async () => {
    await using server = await startServer({ wholeConfig: `${openai}forced_login_method = "chatgpt"\n` });
    await expect(server.call("account/login/start", { type: "apiKey", apiKey: "sk-1" })).resolves.toMatchObject({
      error: { code: -32600, message: "API key login is disabled. Use ChatGPT login instead." },
    });
  });

  it("begin a login in the browser, and give it up", async () => {
    await using server = await startServer({ wholeConfig: openai });
    const begun = await server.result("account/login/start", { type: "chatgpt" });
    expect(begun).toMatchObject({ type: "chatgpt", authUrl: expect.stringMatching(/^https:\/\/.*originator=test/) });
    const { loginId } = begun as { loginId: string };
    await expect(server.result("account/login/cancel", { loginId })).resolves.toEqual({ status: "canceled" });
    await expect(server.untilNotified("account/login/completed")).resolves.toMatchObject({
      params: { loginId, success: false, error: "Login server error: Login was not completed" },
    });
  });

  it("give up a login that is none", async () => {
    await using server = await startServer();
    await expect(server.call("account/login/cancel", { loginId: "x" })).resolves.toMatchObject({
      error: { message: "invalid login id: x" },
    });
    const loginId = "01a1f9d5-2f01-46c3-af40-51ce70dcf175";
    await expect(server.result("account/login/cancel", { loginId })).resolves.toEqual({ status: "notFound" });
  });
});

describe("models and modes", () => {
  it("are listed in pages", async () => {
    await using server = await startServer();
    const all = await server.result("model/list", {});
    expect(all.nextCursor).toBeNull();
    expect(all.data.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    const [first] = (await server.result("model/list", { limit: 1 })).data;
    expect(first).toEqual(all.data[0]);
    await expect(server.call("model/list", { cursor: "x" })).resolves.toMatchObject({
      error: { message: "invalid cursor: x" },
    });
    await expect(server.call("model/list", { cursor: "99" })).resolves.toMatchObject({
      error: { message: `cursor 99 exceeds total models ${all.data.length}` },
    });
    const modes = await server.result("collaborationMode/list", {});
    expect(modes.data.map(({ name, reasoning_effort }) => [name, reasoning_effort])).toEqual([
      ["Plan", "medium"],
      ["Code", null],
      ["Pair Programming", "medium"],
      ["Execute", "high"],
    ]);
  });
});

describe("skills", () => {
  it("are listed for a folder, switched off and on", async () => {
    await using server = await startServer();
    const folder = join(server.home.codexHome, "skills", "greet");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "SKILL.md"), "---\nname: greet\ndescription: Says hello\n---\nHello\n");
    const listed = async () =>
      (await server.result("skills/list", {})).data[0]?.skills.find(({ name }) => name === "greet");
    const skill = await listed();
    expect(skill).toMatchObject({ description: "Says hello", scope: "user", enabled: true });
    await expect(server.result("skills/config/write", { path: skill?.path, enabled: false })).resolves.toEqual({
      effectiveEnabled: false,
    });
    expect(await listed()).toMatchObject({ enabled: false });
    await server.result("skills/config/write", { path: skill?.path, enabled: true });
    expect(await listed()).toMatchObject({ enabled: true });
    await expect(server.result("app/list", {})).resolves.toEqual({ data: [], nextCursor: null });
  });
});

it("skills of a project that nobody said to trust are there: they are texts, as AGENTS.md is", async () => {
  await using server = await startServer({
    files: { ".codex/skills/rs/SKILL.md": "---\nname: rs\ndescription: A project's own\n---\nDo as we do.\n" },
    script: [answer(message("ok"))],
  });
  const skills = (await server.result("skills/list", {})).data[0]?.skills ?? [];
  const skill = skills.find(({ name }) => name === "rs");
  expect(skill).toMatchObject({ scope: "repo", enabled: true });
  const input = [
    { type: "text", text: "go" },
    { type: "skill", name: "rs", path: skill?.path },
  ];
  await server.result("turn/start", { threadId: await server.thread(), input });
  await server.untilNotified("turn/completed");
  expect(JSON.stringify(server.model.requests[0]?.body["input"])).toContain("Do as we do.");
});

it.each([
  ["command/exec", { command: ["true"] }],
  ["turn/start", { input: [{ type: "text", text: "go" }] }],
])("%s with a writable root that is relative is refused", async (method, params) => {
  await using server = await startServer();
  const sandboxPolicy = { type: "workspaceWrite", writableRoots: ["../outside"] };
  const threadId = await server.thread();
  await expect(server.call(method, { ...params, threadId, sandboxPolicy })).resolves.toMatchObject({
    error: { code: -32600, message: "Invalid request: AbsolutePathBuf deserialized without a base path" },
  });
});

it("skills that could not be listed are looked for again", async () => {
  await using server = await startServer();
  const config = join(server.home.codexHome, "config.toml");
  const good = readFileSync(config, "utf8");
  writeFileSync(config, "model = [");
  await expect(server.call("skills/list", {})).resolves.toHaveProperty("error");
  writeFileSync(config, good);
  await expect(server.result("skills/list", {})).resolves.toMatchObject({ data: [{ cwd: server.home.workspace }] });
});

describe("a command outside of a thread", () => {
  const bare = { type: "dangerFullAccess" };
  it("runs in the sandbox or without", async () => {
    await using server = await startServer();
    const command = ["/bin/sh", "-c", "echo out; echo err >&2; exit 2"];
    const expected = { exitCode: 2, stdout: "out\n", stderr: "err\n" };
    await expect(server.result("command/exec", { command, sandboxPolicy: bare })).resolves.toEqual(expected);
    await expect(server.result("command/exec", { command })).resolves.toEqual(expected);
    await expect(
      server.result("execOneOffCommand", { command, sandboxPolicy: { type: "danger-full-access" } }),
    ).resolves.toEqual(expected);
  });

  it.skipIf(process.platform !== "linux")(
    "is cut off from the network where another's sandbox is to have none",
    async () => {
      await using server = await startServer();
      const network = async (sandboxPolicy: object) =>
        await server.result("command/exec", { command: ["readlink", "/proc/self/ns/net"], sandboxPolicy });
      const own = await network(bare);
      await expect(network({ type: "externalSandbox", networkAccess: "enabled" })).resolves.toEqual(own);
      await expect(network({ type: "externalSandbox", networkAccess: "restricted" })).resolves.not.toEqual(own);
    },
  );

  it("that takes too long is ended, with what it wrote", async () => {
    await using server = await startServer();
    const command = ["/bin/sh", "-c", "echo begun; sleep 60"];
    await expect(
      server.result("command/exec", { command, timeoutMs: 300, sandboxPolicy: bare }),
    ).resolves.toMatchObject({
      exitCode: 124,
      stdout: "begun\n",
      timedOut: true,
    });
  });

  it.each([
    [{ command: [] }, -32600, "command must not be empty"],
    [{ command: ["/no/such"] }, -32603, "exec failed: "],
    [{ command: ["/bin/true"], cwd: "/no/such" }, -32603, "exec failed: "],
  ])("%j is refused", async (params, code, text) => {
    await using server = await startServer();
    await expect(server.call("command/exec", { sandboxPolicy: bare, ...params })).resolves.toMatchObject({
      error: { code, message: expect.stringContaining(text) },
    });
  });
});

describe("small services", () => {
  it("find files", async () => {
    await using server = await startServer({ files: { "src/alpha.ts": "", "docs/alphabet.md": "", "x.md": "" } });
    const roots = [server.home.workspace];
    const { files } = await server.result("fuzzyFileSearch", { query: "alph", roots });
    expect(files.map(({ path, file_name }) => [path, file_name])).toEqual([
      ["docs/alphabet.md", "alphabet.md"],
      ["src/alpha.ts", "alpha.ts"],
    ]);
    await expect(server.result("fuzzyFileSearch", { query: "", roots })).resolves.toEqual({ files: [] });
    await expect(server.result("fuzzyFileSearch", { query: "a", roots: ["/no/such"] })).resolves.toEqual({ files: [] });
  });

  it("say what they cannot do", async () => {
    await using server = await startServer();
    await expect(server.call("gitDiffToRemote", { cwd: "/" })).resolves.toMatchObject({
      error: { message: 'failed to compute git diff to remote for cwd: "/"' },
    });
    await expect(server.call("feedback/upload", { classification: "bug", includeLogs: false })).resolves.toMatchObject({
      error: { message: expect.stringContaining("failed to upload feedback") },
    });
  });
});
