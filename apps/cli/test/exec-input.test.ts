/** What `codex exec` is given: prompts, images, folders, sessions to go on with, files to write. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  answer,
  executable,
  fakeProviderConfig,
  jsonLines,
  message,
  runCodex,
  shell,
  startFakeModel,
  tempHome,
  type FakeModel,
  type RecordedRequest,
  type RunResult,
  type TempHome,
} from "@codex-ts/test-support";
import { nameThread } from "@codex-ts/rollout";
import { describe, expect, it } from "vitest";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

interface Given {
  args: string[];
  input?: string | Buffer;
}

interface World extends AsyncDisposable {
  home: TempHome;
  model: FakeModel;
  /** One `codex` call, with `exec --json` in front unless it begins with `codex`. */
  run(given: Given): Promise<RunResult>;
}

async function world(script = [answer(message("ok"))], config = ""): Promise<World> {
  const model = await startFakeModel(script);
  const home = tempHome({ config: fakeProviderConfig(model.url, config) });
  for (const name of ["a.png", "b.png"]) writeFileSync(join(home.workspace, name), PIXEL);
  return {
    home,
    model,
    run: async ({ args, input = "" }) => {
      const [first, ...rest] = args;
      const line = first === "codex" ? rest : ["exec", "--json", ...args];
      return await runCodex(executable(), line, { cwd: home.workspace, env: home.env, input });
    },
    [Symbol.asyncDispose]: async () => {
      home[Symbol.dispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}

interface Part {
  type: string;
  text?: string;
}

/** The parts of the last user message. */
function lastParts({ body }: RecordedRequest): Part[] {
  const items = body["input"] as { role?: string; content: Part[] }[];
  return items.findLast(({ role }) => role === "user")?.content ?? [];
}

/** The user's words, without what frames images. */
function lastText(request: RecordedRequest | undefined): string | undefined {
  return request === undefined ? undefined : lastParts(request).findLast(({ type }) => type === "input_text")?.text;
}

function images(request: RecordedRequest | undefined): number {
  return request === undefined ? -1 : lastParts(request).filter(({ type }) => type === "input_image").length;
}

function threadOf({ stdout }: RunResult): unknown {
  return jsonLines(stdout)[0]?.["thread_id"];
}

/** Names a session as clients of the app-server do. */
function name({ home }: World, id: string, called: string): void {
  nameThread({ codexHome: home.codexHome, id, name: called, now: new Date() });
}

describe("the prompt", () => {
  it.each<Given & { what: string; text: string }>([
    { what: "an argument, and stdin is not read", args: ["hello"], input: "not this", text: "hello" },
    { what: "stdin by -", args: ["-"], input: "from stdin", text: "from stdin" },
    { what: "stdin by leaving it out", args: [], input: "  as it is \n\n", text: "  as it is \n\n" },
    { what: "what follows --", args: ["--", "--json"], text: "--json" },
    { what: "UTF-8 with a mark", args: ["-"], input: Buffer.from("\ufeffhé"), text: "hé" },
    { what: "UTF-16, little end first", args: ["-"], input: Buffer.from("\ufeffhé", "utf16le"), text: "hé" },
    { what: "UTF-16, big end first", args: ["-"], input: Buffer.from("\ufeffhé", "utf16le").swap16(), text: "hé" },
  ])("$what", async ({ args, input, text }) => {
    await using place = await world();
    const result = await place.run({ args, ...(input === undefined ? {} : { input }) });
    expect(result.code).toBe(0);
    expect(lastText(place.model.requests[0])).toBe(text);
    expect(result.stderr).toBe(args.length === 0 ? "Reading prompt from stdin...\n" : "");
  });

  it.each<{ what: string; input: Buffer; stderr: string }>([
    {
      what: "UTF-32",
      input: Buffer.from([0xff, 0xfe, 0, 0, 0x68, 0, 0, 0]),
      stderr: "input appears to be UTF-32LE. Convert it to UTF-8 and retry.",
    },
    {
      what: "half a UTF-16 character",
      input: Buffer.from([0xff, 0xfe, 0x68]),
      stderr: "input looked like UTF-16LE but could not be decoded. Convert it to UTF-8 and retry.",
    },
    {
      what: "another encoding",
      input: Buffer.from([0x68, 0x69, 0xff]),
      stderr:
        "input is not valid UTF-8 (invalid byte at offset 2). Convert it to UTF-8 and retry (e.g., `iconv -f <ENC> -t UTF-8 prompt.txt`).",
    },
  ])("in $what is refused before a session exists", async ({ input, stderr }) => {
    await using place = await world();
    const result = await place.run({ args: ["-"], input });
    expect(result).toEqual({
      code: 1,
      signal: null,
      stdout: "",
      stderr: `Failed to read prompt from stdin: ${stderr}\n`,
    });
    expect(existsSync(join(place.home.codexHome, "sessions"))).toBe(false);
  });
});

describe("images", () => {
  it.each([
    { args: ["look", "-i", "a.png,b.png"], count: 2 },
    { args: ["look", "-i", "a.png", "b.png"], count: 2 },
    { args: ["-i", "a.png", "-i", "b.png", "--", "look"], count: 2 },
    { args: ["--image=a.png", "look"], count: 1 },
    { args: ["-i", "a.png", "--", "look"], count: 1 },
  ])("$args", async ({ args, count }) => {
    await using place = await world();
    expect((await place.run({ args })).code).toBe(0);
    expect(images(place.model.requests[0])).toBe(count);
    expect(lastText(place.model.requests[0])).toBe("look");
  });

  it("after resume take one word each, and those of exec come first", async () => {
    await using place = await world();
    const first = threadOf(await place.run({ args: ["hello"] }));
    const result = await place.run({ args: ["-i", "a.png", "resume", String(first), "-i", "b.png", "look"] });
    expect(threadOf(result)).toBe(first);
    expect(images(place.model.requests[1])).toBe(2);
    expect(lastText(place.model.requests[1])).toBe("look");
  });
});

describe("the session to go on with", () => {
  it("is found by id, by the beginning of its id, or as the last one, with the prompt from anywhere", async () => {
    await using place = await world();
    const first = await place.run({ args: ["one"] });
    const id = String(threadOf(first));
    const ways: Given[] = [
      { args: ["resume", id, "two"] },
      { args: ["resume", id.slice(0, 13), "two"] },
      { args: ["resume", "--last", "two"] },
      { args: ["resume", "--last"], input: "two" },
      { args: ["resume", "--last", "not-an-id", "two"] },
      { args: ["resume", id, "-"], input: "two" },
      { args: ["two", "resume", id] },
      { args: ["two", "resume", "--last"] },
      { args: ["codex", "exec", "resume", "--json", "--last", "two"] },
    ];
    let usage = 100;
    for (const way of ways) {
      const result = await place.run(way);
      expect({ way, thread: threadOf(result) }).toEqual({ way, thread: id });
      expect(lastText(place.model.requests.at(-1))).toBe("two");
      usage += 100;
      expect(jsonLines(result.stdout).at(-1)).toMatchObject({ usage: { input_tokens: usage } });
    }
  });

  it("is looked for in this folder, unless --all says anywhere", async () => {
    await using place = await world();
    const id = threadOf(await place.run({ args: ["one"] }));
    const sub = join(place.home.workspace, "sub");
    mkdirSync(sub);
    const here = await place.run({ args: ["-C", sub, "resume", "--last", "two"] });
    expect(here.stderr).toMatch(
      /^There is no session of provider fake to resume in .*sub; --all looks in every folder\.\n$/,
    );
    expect(here.code).toBe(1);
    expect(threadOf(await place.run({ args: ["-C", sub, "resume", "--last", "--all", "two"] }))).toBe(id);
  });

  it("is not guessed when several fit", async () => {
    await using place = await world();
    const ids = [threadOf(await place.run({ args: ["one"] })), threadOf(await place.run({ args: ["another"] }))].map(
      String,
    );
    const { code, stderr, stdout } = await place.run({ args: ["resume", String(ids[0]).slice(0, 6), "two"] });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^Several sessions begin with /);
    for (const id of ids) expect(stderr).toContain(id);
    expect(stderr).toContain("another");
  });

  it("is found by its name, ids first", async () => {
    await using place = await world();
    const [first, second] = [await place.run({ args: ["one"] }), await place.run({ args: ["another"] })].map((result) =>
      String(threadOf(result)),
    );
    if (first === undefined || second === undefined) throw new Error("no sessions");
    name(place, first, "release notes");
    name(place, second, "something else");
    name(place, second, first);
    expect(threadOf(await place.run({ args: ["resume", "release notes", "two"] }))).toBe(first);
    expect(threadOf(await place.run({ args: ["resume", first, "two"] }))).toBe(first);
    const renamed = await place.run({ args: ["resume", "something else", "two"] });
    expect(renamed.stderr).toMatch(/^No session with id or name something else in /);
    expect(renamed.code).toBe(1);
  });

  it("is not guessed when several have the name; one that is gone does not count", async () => {
    await using place = await world();
    const ids = [threadOf(await place.run({ args: ["one"] })), threadOf(await place.run({ args: ["another"] }))].map(
      String,
    );
    for (const id of [...ids, "01a1f9d5-2f01-76c3-af40-51ce70dcf175"]) name(place, id, "twice");
    const { code, stderr, stdout } = await place.run({ args: ["resume", "twice", "two"] });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      `Several sessions have the name twice; take the id of one:\n  ${ids[1]}  another\n  ${ids[0]}  one\n`,
    );
    name(place, String(ids[1]), "once");
    expect(threadOf(await place.run({ args: ["resume", "twice", "two"] }))).toBe(ids[0]);
  });

  it("goes on after an interrupt, with what was cut closed", async () => {
    await using place = await world([answer(shell("sleep 20")), answer(message("ok"))]);
    const cut = await runCodex(executable(), ["exec", "--json", "one"], {
      cwd: place.home.workspace,
      env: place.home.env,
      onStdout: (text, child) => {
        if (text.includes("item.started")) child.kill("SIGINT");
      },
    });
    expect(cut.code).toBe(130);
    const result = await place.run({ args: ["resume", "--last", "two"] });
    expect(threadOf(result)).toBe(threadOf(cut));
    const items = place.model.requests[1]?.body["input"] as { type: string; call_id?: string }[];
    const calls = items.filter(({ call_id: id }) => id === "call_1").map(({ type }) => type);
    expect(calls).toEqual(["function_call", "function_call_output"]);
  });
});

describe("folders", () => {
  it("-C is where commands run, --add-dir is written to, others are not", async () => {
    const command = "pwd; echo x > ../../extra/new; echo y > ../../no; ls ../..";
    await using place = await world([answer(shell(command)), answer(message("ok"))]);
    for (const name of ["extra", "workspace/sub"]) mkdirSync(join(place.home.root, name));
    const result = await place.run({ args: ["-s", "workspace-write", "-C", "sub", "--add-dir", "../extra", "go"] });
    expect(result.code).toBe(0);
    expect(result.stdout).toContain(`"aggregated_output":"${join(place.home.workspace, "sub")}\\n`);
    expect(existsSync(join(place.home.root, "extra", "new"))).toBe(true);
    expect(existsSync(join(place.home.root, "no"))).toBe(false);
  });
});

describe("options before exec", () => {
  it.each([
    { args: ["-s", "workspace-write", "exec"], sandbox: "workspace-write" },
    { args: ["-s", "workspace-write", "exec", "-s", "read-only"], sandbox: "read-only" },
    { args: ["--yolo", "exec"], sandbox: "danger-full-access" },
    { args: ["--yolo", "exec", "-s", "read-only"], sandbox: "read-only" },
    { args: ["--yolo", "exec", "--full-auto"], sandbox: "workspace-write" },
    { args: ["--full-auto", "exec", "--yolo"], sandbox: "danger-full-access" },
    { args: ["exec", "--full-auto", "-s", "read-only"], sandbox: "workspace-write" },
    { args: ["-c", "sandbox_mode=workspace-write", "exec", "-c", "sandbox_mode=read-only"], sandbox: "read-only" },
    { args: ["exec"], sandbox: "read-only" },
  ])("count, and those after it win: $args", async ({ args, sandbox }) => {
    await using place = await world();
    const { stderr } = await place.run({ args: ["codex", ...args, "go"] });
    expect(/\nsandbox: (\S+)/.exec(stderr)?.[1]).toBe(sandbox);
  });

  it("say where to work, with which model and profile", async () => {
    await using place = await world();
    place.home.writeConfig(`${fakeProviderConfig(place.model.url)}\n[profiles.p]\nmodel_reasoning_effort = "high"\n`);
    mkdirSync(join(place.home.workspace, "sub"));
    const { stderr } = await place.run({
      args: ["codex", "-C", "sub", "-m", "other", "-p", "p", "-i", "a.png", "exec", "go"],
    });
    expect(stderr).toContain(`\nworkdir: ${join(place.home.workspace, "sub")}\nmodel: other\n`);
    expect(stderr).toContain("\nreasoning effort: high\n");
    expect(images(place.model.requests[0])).toBe(1);
  });

  it.each([{ args: ["-a", "on-request", "exec"] }, { args: ["exec", "-c", 'approval_policy="on-request"'] }])(
    "an approval policy is not had, and that is said: $args",
    async ({ args }) => {
      await using place = await world();
      const { stderr } = await place.run({ args: ["codex", ...args, "go"] });
      expect(stderr).toMatch(/^warning: approval policy `on-request` has no effect here: /);
      expect(stderr).toContain("\napproval: never\n");
    },
  );
});

describe("the last message", () => {
  it("is written byte for byte over what was there", async () => {
    await using place = await world([answer(message("first")), answer(message("the last"))]);
    writeFileSync(join(place.home.workspace, "out"), "something longer that was there before");
    await place.run({ args: ["-o", "out", "go"] });
    expect(readFileSync(join(place.home.workspace, "out"), "utf8")).toBe("first");
  });

  it.each([
    { what: "there is none", script: [answer()], code: 0 },
    { what: "the turn failed", script: [{ kind: "http" as const, status: 400, body: "no" }], code: 1 },
  ])("is empty, with a warning, when $what", async ({ script, code }) => {
    await using place = await world(script);
    writeFileSync(join(place.home.workspace, "out"), "old");
    const result = await place.run({ args: ["-o", "out", "go"] });
    expect(result.code).toBe(code);
    expect(result.stderr).toContain("Warning: no last agent message; wrote empty content to out\n");
    expect(readFileSync(join(place.home.workspace, "out"), "utf8")).toBe("");
  });

  it("that cannot be written changes nothing about the run", async () => {
    await using place = await world();
    const result = await place.run({ args: ["-o", "nosuch/out", "go"] });
    expect(result.stderr).toBe(
      'Failed to write last message file "nosuch/out": No such file or directory (os error 2)\n',
    );
    expect(result.code).toBe(0);
  });
});

describe("what newer SDKs send", () => {
  it("is understood: hidden flags, and the address as a key", async () => {
    await using place = await world();
    place.home.writeConfig("[features]\nremote_models = false\n");
    const result = await runCodex(
      executable(),
      [
        "exec",
        "--experimental-json",
        "--thread-source",
        "sdk",
        "--cyber-access-program",
        "none",
        "--config",
        `openai_base_url="${place.model.url}"`,
        "go",
      ],
      { cwd: place.home.workspace, env: { ...place.home.env, CODEX_API_KEY: "k" } },
    );
    expect(result.code).toBe(0);
    expect(place.model.requests).toHaveLength(1);
  });
});

describe("a schema that is no JSON", () => {
  it.each([
    ["", "EOF while parsing a value at line 1 column 0"],
    ['{"a":1,}', "trailing comma at line 1 column 8"],
    ['{"a" 1}', "expected `:` at line 1 column 6"],
    ['{"a":1}\n\nxx', "trailing characters at line 3 column 1"],
  ])("%j: %s", async (text, fault) => {
    await using place = await world();
    writeFileSync(join(place.home.workspace, "s.json"), text);
    const result = await place.run({ args: ["--output-schema", "s.json", "go"] });
    expect(result).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `Output schema file s.json is not valid JSON: ${fault}\n`,
    });
  });
});
