/** What surrounds a run: notices about settings, the helpers that its commands find, the wire it speaks. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import {
  answer,
  builds,
  executable,
  fakeProviderConfig,
  jsonLines,
  message,
  runCodex,
  shell,
  startFakeModel,
  tempHome,
  type RunResult,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

async function exec(args: string[], config = ""): Promise<RunResult> {
  await using model = await startFakeModel([answer(message("ok"))]);
  using home = tempHome({ config: fakeProviderConfig(model.url, config) });
  return await runCodex(executable(), ["exec", ...args, "go"], { cwd: home.workspace, env: home.env });
}

describe.each(builds())("the program to notify ($name)", (build) => {
  it("has neither our stdout nor a stderr that somebody reads, and goes on without anybody waiting for it", async () => {
    await using model = await startFakeModel([answer(message("ok"))]);
    const script = "echo said; echo wrong >&2; cat; until [ -e gate ]; do sleep 0.05; done; echo end > ran";
    using home = tempHome({ config: fakeProviderConfig(model.url, `notify = ["/bin/sh", "-c", "${script}"]`) });
    const options = { cwd: home.workspace, env: home.env, input: "" };
    const { stdout, stderr } = await runCodex(build, ["exec", "--json", "go"], options);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ type: "turn.completed" });
    expect(stderr).toBe("");
    writeFileSync(join(home.workspace, "gate"), "");
    await expect.poll(() => existsSync(join(home.workspace, "ran"))).toBe(true);
  });
});

describe.each(builds())("the shell of commands ($name)", (build) => {
  it("is the user's login shell, whatever SHELL says", async () => {
    const told = async (SHELL: string): Promise<string | undefined> => {
      await using model = await startFakeModel([answer(message("ok"))]);
      using home = tempHome({ config: fakeProviderConfig(model.url) });
      await runCodex(build, ["exec", "go"], { cwd: home.workspace, env: { ...home.env, SHELL } });
      return /<shell>\w+<\/shell>/.exec(JSON.stringify(model.requests[0]?.body["input"]))?.[0];
    };
    const shells = await Promise.all(["/bin/sh", "/bin/bash", "/nowhere/fish"].map(told));
    expect(shells[0]).toBeDefined();
    expect(new Set(shells).size).toBe(1);
  });
});

function items({ stdout }: RunResult): unknown[] {
  return jsonLines(stdout).flatMap((line) => (line["type"] === "item.completed" ? [line["item"]] : []));
}

describe("notices about settings", () => {
  const UNSTABLE =
    /^Under-development features enabled: collab\. .*`suppress_unstable_features_warning = true` in .*config\.toml\.$/;

  it("features under development are told once, as an item and as a line", async () => {
    const json = await exec(["--json", "--enable", "collab"]);
    expect(items(json)).toEqual([
      { id: "item_0", type: "error", message: expect.stringMatching(UNSTABLE) },
      { id: "item_1", type: "agent_message", text: "ok" },
    ]);
    expect(json.stderr).toBe("");
    const human = await exec(["--enable", "collab"]);
    expect(human.stderr.match(/^warning: Under-development/gm)).toHaveLength(1);
    expect(
      (await exec(["--json", "--enable", "collab"], "suppress_unstable_features_warning = true")).stdout,
    ).not.toContain("Under-development");
  });

  it.each([
    {
      args: ["--enable", "web_search"],
      config: "",
      notice: "`web_search` is deprecated. Use `[features].web_search_request` instead.",
    },
    {
      args: [],
      config: 'experimental_instructions_file = "/nowhere"',
      notice: "`experimental_instructions_file` is deprecated and ignored. Use `model_instructions_file` instead.",
    },
  ])("what is deprecated is a line, and no event: $notice", async ({ args, config, notice }) => {
    const human = await exec(args, config);
    expect(human.stderr).toContain(`deprecated: ${notice}\n  `);
    const json = await exec(["--json", ...args], config);
    expect(items(json)).toHaveLength(1);
    expect(json.stderr).toBe(`deprecated: ${notice}\n`);
  });

  it("the Chat wire is deprecated, too", async () => {
    const { stderr } = await exec(["-c", "model_providers.fake.wire_api=chat"]);
    expect(stderr.match(/deprecated: Support for the "chat" wire API is deprecated/g)).toHaveLength(1);
    expect(stderr).not.toContain("reasoning effort:");
  });

  it("a key that nobody knows is told with its place and the name that was meant", async () => {
    const { stderr, code } = await exec(["--json"], 'sandbox_mod = "read-only"');
    expect(stderr).toMatch(
      /^warning: .*config\.toml:3:1: unknown key `sandbox_mod` is ignored; did you mean `sandbox_mode`\?\n$/,
    );
    expect(code).toBe(0);
  });
});

describe.each(builds())("the helpers of commands ($name)", (build) => {
  const files = {
    "change.sh": `apply_patch <<'EOF'
*** Begin Patch
*** Add File: piped.txt
+by pipe
*** End Patch
EOF
applypatch '*** Begin Patch
*** Add File: given.txt
+as a word
*** End Patch'
`,
  };

  it("a script finds apply_patch, and afterwards nothing is left of it", async () => {
    await using model = await startFakeModel([answer(shell("sh change.sh", { login: false })), answer(message("ok"))]);
    using home = tempHome({ config: fakeProviderConfig(model.url), files });
    const result = await runCodex(build, ["exec", "--json", "-s", "workspace-write", "go"], {
      cwd: home.workspace,
      env: home.env,
    });
    expect(result.stdout).toContain("Success. Updated the following files:\\nA piped.txt");
    expect(readFileSync(join(home.workspace, "piped.txt"), "utf8")).toBe("by pipe\n");
    expect(readFileSync(join(home.workspace, "given.txt"), "utf8")).toBe("as a word\n");
    expect(readdirSync(join(home.codexHome, "tmp", "path"))).toEqual([]);
  });

  it("a run without commands makes none, and one that cannot make them goes on", async () => {
    await using model = await startFakeModel([
      answer(message("ok")),
      answer(shell("echo fine")),
      answer(message("ok")),
    ]);
    using home = tempHome({ config: fakeProviderConfig(model.url) });
    const options = { cwd: home.workspace, env: home.env };
    await runCodex(build, ["exec", "go"], options);
    expect(existsSync(join(home.codexHome, "tmp"))).toBe(false);
    writeFileSync(join(home.codexHome, "tmp"), "in the way");
    const result = await runCodex(build, ["exec", "--json", "go"], options);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toContain('"aggregated_output":"fine\\n"');
  });
});

describe("feature responses_websockets", () => {
  it.each([
    { args: ["--enable", "responses_websockets"], upgrades: true },
    { args: [], upgrades: false },
  ])("$args: the built-in provider speaks over a websocket: $upgrades", async ({ args, upgrades }) => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method}`);
      response.writeHead(400).end("no");
    });
    server.on("upgrade", (request, socket) => {
      seen.push(`upgrade ${request.url}`);
      socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    using home = tempHome({ config: "[features]\nremote_models = false\n" });
    const env = { ...home.env, OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, CODEX_API_KEY: "k" };
    const result = await runCodex(executable(), ["exec", ...args, "go"], { cwd: home.workspace, env });
    server.closeAllConnections();
    server.close();
    expect(result.code).toBe(1);
    expect(seen.some((what) => what === "upgrade /v1/responses")).toBe(upgrades);
    expect(seen.includes("POST")).toBe(!upgrades);
  });
});
