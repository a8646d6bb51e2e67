/** Bad input: one clear line on stderr, exit 1 or 2, no stack trace, nothing half done. */

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  answer,
  executable,
  fakeProviderConfig,
  httpReply,
  message,
  runCodex,
  startFakeModel,
  tempHome,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

interface Case {
  what: string;
  args: string[];
  config?: string;
  git?: boolean;
  input?: string;
  env?: Record<string, string>;
  code: number;
  stderr: RegExp;
}

const cases: Case[] = [
  {
    what: "an unknown flag",
    args: ["exec", "--bogus", "x"],
    code: 2,
    stderr: /^error: unexpected argument '--bogus' found\n/,
  },
  {
    what: "a missing value",
    args: ["exec", "--model"],
    code: 2,
    stderr: /^error: a value is required for '--model <MODEL>' but none was supplied\n/,
  },
  {
    what: "a bad choice",
    args: ["exec", "-s", "foo", "x"],
    code: 2,
    stderr: /^error: invalid value 'foo' for '--sandbox <SANDBOX_MODE>'\n {2}\[possible values: /,
  },
  {
    what: "two flags that exclude each other",
    args: ["exec", "--full-auto", "--yolo", "x"],
    code: 2,
    stderr: /^error: the argument '--full-auto' cannot be used with '--dangerously-bypass-approvals-and-sandbox'\n/,
  },
  {
    what: "an empty prompt",
    args: ["exec", "-"],
    input: "  \n",
    code: 1,
    stderr: /^No prompt provided via stdin\.\n$/,
  },
  {
    what: "a folder without a repository",
    args: ["exec", "x"],
    git: false,
    code: 1,
    stderr: /^Not inside a trusted directory and --skip-git-repo-check was not specified\.\n$/,
  },
  {
    what: "a folder that does not exist",
    args: ["exec", "-C", "/no/such", "x"],
    code: 1,
    stderr: /\/no\/such is not a folder that exists/,
  },
  {
    what: "an unknown provider",
    args: ["exec", "-c", "model_provider=nosuch", "x"],
    code: 1,
    stderr: /Model provider `nosuch` not found/,
  },
  {
    what: "an unknown profile",
    args: ["exec", "-p", "nosuch", "x"],
    code: 1,
    stderr: /config profile `nosuch` not found/,
  },
  {
    what: "an override without =",
    args: ["exec", "-c", "foo", "x"],
    code: 1,
    stderr: /Invalid override \(missing '='\): foo/,
  },
  {
    what: "an unknown feature",
    args: ["exec", "--enable", "nosuch", "x"],
    code: 1,
    stderr: /Unknown feature flag: nosuch/,
  },
  {
    what: "a broken config file",
    args: ["exec", "x"],
    config: 'model = "a"\nsandbox_mode = "nonsense"\n',
    code: 1,
    stderr: /config\.toml.*2.*(read-only|workspace-write)/s,
  },
  {
    what: "a schema file that is missing",
    args: ["exec", "--output-schema", "nosuch.json", "x"],
    code: 1,
    stderr: /^Failed to read output schema file .*nosuch\.json: No such file or directory/,
  },
  {
    what: "a session that does not exist",
    args: ["exec", "resume", "01a1f9d5-2f01-76c3-af40-51ce70dcf175", "x"],
    code: 1,
    stderr: /No session with id or name 01a1f9d5/,
  },
  {
    what: "a name of nothing",
    args: ["exec", "resume", "nosuch", "x"],
    code: 1,
    stderr: /No session with id or name nosuch/,
  },
  { what: "nothing to resume", args: ["exec", "resume", "--last", "x"], code: 1, stderr: /There is no session/ },
];

describe("bad input", () => {
  it.each(cases)(
    "$what is refused in one clear text",
    async ({ args, config = "", git = true, input, env = {}, code, stderr }) => {
      using home = tempHome({ config, git });
      const result = await runCodex(executable(), args, {
        cwd: home.workspace,
        env: { ...home.env, ...env },
        ...(input === undefined ? {} : { input }),
      });
      expect(result.stderr).toMatch(stderr);
      expect(result.stderr).not.toMatch(/^\s+at /m);
      expect(result.stdout).toBe("");
      expect(result.code).toBe(code);
      expect(existsSync(join(home.codexHome, "sessions"))).toBe(false);
    },
  );

  it("a missing key variable fails the turn and names the variable", async () => {
    await using model = await startFakeModel([answer(message("x"))]);
    using home = tempHome({
      config: fakeProviderConfig(model.url, "", 'env_key = "NO_SUCH_KEY"\nenv_key_instructions = "Get one."'),
    });
    const result = await runCodex(executable(), ["exec", "x"], { cwd: home.workspace, env: home.env });
    expect(result.stderr).toContain("ERROR: Missing environment variable: `NO_SUCH_KEY`. Get one.");
    expect(result.code).toBe(1);
    expect(model.requests).toHaveLength(0);
  });

  it("a server that is not there, and one that answers with a page, end the turn with a reason", async () => {
    using home = tempHome({ config: fakeProviderConfig("http://127.0.0.1:9/v1") });
    const absent = await runCodex(executable(), ["exec", "x"], { cwd: home.workspace, env: home.env });
    expect(absent.stderr).toMatch(/ERROR: stream disconnected before completion: error sending request for url/);
    expect(absent.code).toBe(1);

    await using model = await startFakeModel([httpReply(200, "<html>login</html>", { "content-type": "text/html" })]);
    home.writeConfig(fakeProviderConfig(model.url));
    const page = await runCodex(executable(), ["exec", "x"], { cwd: home.workspace, env: home.env });
    expect(page.stderr).toMatch(/ERROR: .*(HTML|text\/html|event stream|web page)/i);
    expect(page.code).toBe(1);
  });

  it("a CODEX_HOME that is a file is named", async () => {
    using home = tempHome();
    const file = join(home.root, "file");
    writeFileSync(file, "");
    const result = await runCodex(executable(), ["exec", "x"], {
      cwd: home.workspace,
      env: { ...home.env, CODEX_HOME: file },
    });
    expect(result.stderr).toContain(file);
    expect(result.code).toBe(1);
  });

  it("a blocked sessions folder is named with the way out", async () => {
    await using model = await startFakeModel([answer(message("x"))]);
    using home = tempHome({ config: fakeProviderConfig(model.url) });
    writeFileSync(join(home.codexHome, "sessions"), "");
    const result = await runCodex(executable(), ["exec", "x"], { cwd: home.workspace, env: home.env });
    expect(result.stderr).toMatch(
      /Session storage path .*sessions (is blocked by an existing file|has an unexpected type)/,
    );
    expect(result.code).toBe(1);
    expect(model.requests).toHaveLength(0);
  });

  it("an image that cannot be read is told to the model instead of failing the run", async () => {
    await using model = await startFakeModel([answer(message("x"))]);
    using home = tempHome({ config: fakeProviderConfig(model.url) });
    const result = await runCodex(executable(), ["exec", "--json", "look", "-i", "nosuch.png"], {
      cwd: home.workspace,
      env: home.env,
    });
    expect(result.code).toBe(0);
    expect(JSON.stringify(model.requests[0]?.body["input"])).toContain("Codex could not read the local image at `");
  });
});
