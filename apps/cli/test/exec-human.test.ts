/** `codex exec` as a person reads it: what goes where, and what it looks like in a file and on a terminal. */

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  answer,
  executable,
  fakeProviderConfig,
  functionCall,
  httpReply,
  message,
  patch,
  reasoning,
  runCodex,
  shell,
  startFakeModel,
  tempHome,
  type RunResult,
  type Script,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

const plan = functionCall(
  "update_plan",
  {
    explanation: "why",
    plan: [
      { step: "one", status: "completed" },
      { step: "two", status: "in_progress" },
      { step: "three", status: "pending" },
    ],
  },
  "call_2",
);

const work: Script = [
  answer(reasoning("**Plan** first"), message("I will look."), shell("echo out; echo err >&2")),
  answer(shell("echo bad; exit 3"), plan),
  answer(shell("seq 1 30")),
  answer(patch("*** Add File: new.txt\n+line1\n*** Update File: a.txt\n@@\n-hello\n+hello2\n")),
  answer(message("Done all.")),
];

async function exec(script: Script, flags: string[], env: Record<string, string> = {}): Promise<RunResult> {
  await using model = await startFakeModel(script);
  using home = tempHome({ config: fakeProviderConfig(model.url), files: { "a.txt": "hello\n" } });
  const result = await runCodex(executable(), ["exec", ...flags, "do it"], {
    cwd: home.workspace,
    env: { ...home.env, ...env },
  });
  const stderr = result.stderr
    .replaceAll(home.workspace, "/w")
    .replace(/session id:(\S*) \S+/, "session id:$1 ID")
    .replaceAll(/(succeeded|exited \d+) in \S+:/g, "$1 in TIME:");
  return { ...result, stderr };
}

describe("exec for people", () => {
  it("writes the whole run to stderr and the answer to stdout", async () => {
    const result = await exec(work, ["-s", "workspace-write"]);
    expect(result).toMatchObject({ code: 0, stdout: "Done all.\n" });
    const lines = result.stderr.split("\n").filter((line) => !line.startsWith("index "));
    expect(lines.slice(1).join("\n")).toBe(`--------
workdir: /w
model: gpt-5.1-codex
provider: fake
approval: never
sandbox: workspace-write [workdir, /tmp, $TMPDIR]
reasoning effort: none
reasoning summaries: auto
session id: ID
--------
user
do it
mcp startup: no servers
thinking
**Plan** first
codex
I will look.
exec
/bin/bash -lc 'echo out; echo err >&2' in /w succeeded in TIME:
out
err
exec
/bin/bash -lc 'echo bad; exit 3' in /w exited 3 in TIME:
bad
Plan update
why
  ✓ one
  → two
  • three
exec
/bin/bash -lc 'seq 1 30' in /w succeeded in TIME:
${Array.from({ length: 20 }, (_, index) => `${index + 1}\n`).join("")}… 10 more lines
file update
A /w/new.txt
line1
M /w/a.txt
@@ -1 +1 @@
-hello
+hello2
apply_patch(auto_approved=true) exited 0 in TIME:
Success. Updated the following files:
A new.txt
M a.txt
codex
Done all.
file update:
diff --git a/a.txt b/a.txt
--- a/a.txt
+++ b/a.txt
@@ -1 +1 @@
-hello
+hello2
diff --git a/new.txt b/new.txt
new file mode 100644
--- /dev/null
+++ b/new.txt
@@ -0,0 +1 @@
+line1
tokens used
550
`);
  });

  it.each([
    { flags: ["--color", "always"], env: {}, coloured: true },
    { flags: ["--color", "always"], env: { NO_COLOR: "1" }, coloured: true },
    { flags: ["--color", "auto"], env: {}, coloured: false },
    { flags: ["--color", "never"], env: {}, coloured: false },
    { flags: [], env: {}, coloured: false },
  ])("into a file with $flags and $env: colours $coloured", async ({ flags, env, coloured }) => {
    const { stdout, stderr } = await exec([answer(message("Hello."))], flags, env);
    expect(stderr.includes("\u001b[")).toBe(coloured);
    expect(stdout).toBe("Hello.\n");
  });

  it("adds no second line break to an answer that ends with one", async () => {
    const { stdout } = await exec([answer(message("Hello.\n"))], []);
    expect(stdout).toBe("Hello.\n");
  });

  it("shows control characters of models and programs instead of sending them on", async () => {
    const { stderr } = await exec([answer(shell("printf 'a\\033]0;title\\007b'")), answer(message("c\u001b[2Jd"))], []);
    expect(stderr).toContain("a␛]0;title␇b");
    expect(stderr).toContain("c␛[2Jd");
  });

  it("says what failed", async () => {
    const { stderr, stdout, code } = await exec(
      [answer(shell("sleep 1000", { timeout_ms: 100 })), httpReply(400, "not like this")],
      [],
    );
    expect(stderr).toMatch(/exited 124 in \S+:\n/);
    expect(stderr).toContain("\nERROR: not like this\n");
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
  });
});

const hasTmux = spawnSync("tmux", ["-V"]).status === 0;

describe("exec on a terminal", () => {
  it.skipIf(!hasTmux)("has colours, blank lines, prose of its width, and a line for waits that goes away", async () => {
    const prose = "word ".repeat(30).trim();
    await using model = await startFakeModel([answer(message(prose), shell("sh slow.sh")), answer(message("Done."))]);
    const slow = "until [ -e go ]; do sleep 0.05; done\necho slow\n";
    using home = tempHome({ config: fakeProviderConfig(model.url), files: { "slow.sh": slow } });
    await using terminal = openTerminal(home.env, home.workspace, 60);
    terminal.type(`${executable().command} exec 'do it'; echo code $?`);
    const waiting = await terminal.until(/Running sh slow\.sh \d+s · Ctrl-C stops/);
    expect(waiting).toMatch(/\nexec\n\/bin\/\w+ -lc 'sh slow\.sh' in /);
    writeFileSync(join(home.workspace, "go"), "");
    const screen = await terminal.until(/code 0/);
    expect(screen).not.toContain("Ctrl-C stops");
    expect(screen).toContain(`\n\ncodex\n${"word ".repeat(12).trim()}\nword word`);
    expect(screen).toMatch(/\nsucceeded in \S+:\nslow\n\ncodex\nDone\.\n\ntokens used\n\d+\ncode 0/);
    expect(terminal.raw()).toContain("\u001b[35mexec");
  });

  it.skipIf(!hasTmux)("shows the answer's control characters also where the answer stands alone", async () => {
    await using model = await startFakeModel([answer(message("a\u001b[2J\u009b2Jb\nc"))]);
    using home = tempHome({ config: fakeProviderConfig(model.url) });
    await using terminal = openTerminal(home.env, home.workspace, 100);
    terminal.type(`${executable().command} exec 'do it' 2>log; echo code $?`);
    expect(await terminal.until(/code 0/)).toMatch(/\na␛\[2J␡2Jb\nc\ncode 0/);
    terminal.type(`clear; ${executable().command} exec 'do it' 2>log >answer; od -c answer; echo end $?`);
    expect(await terminal.until(/end 0/)).toContain(String.raw`a 033   [   2   J`);
  });

  it.skipIf(!hasTmux)("has neither colours nor a moving line with NO_COLOR and TERM=dumb", async () => {
    // Long enough for a line to move, were there one; and wide enough for the workspace's path, wherever it lies.
    await using model = await startFakeModel([answer(shell("sleep 0.6")), answer(message("Done."))]);
    using home = tempHome({ config: fakeProviderConfig(model.url) });
    await using terminal = openTerminal(home.env, home.workspace, 200);
    terminal.type(`NO_COLOR=1 TERM=dumb ${executable().command} exec 'do it'; echo code $?`);
    const screen = await terminal.until(/code 0/);
    await expect.poll(terminal.written).toContain("code 0");
    expect(screen).toMatch(/in \S+ succeeded in \S+:\n/);
    expect(terminal.raw()).not.toContain("\u001b[35m");
    expect(terminal.written()).not.toContain("Ctrl-C stops");
  });
});

interface Terminal extends AsyncDisposable {
  type(line: string): void;
  /** What is on the screen, once it fits. */
  until(pattern: RegExp): Promise<string>;
  /** The screen with its colours. */
  raw(): string;
  /** All that was written to the screen, also what is gone from it. */
  written(): string;
}

/** A real terminal, without the user's settings. */
function openTerminal(env: Record<string, string>, cwd: string, columns: number): Terminal {
  const socket = join(cwd, "..", "tmux.sock");
  const config = join(cwd, "..", "tmux.conf");
  writeFileSync(config, "set -g default-shell /bin/sh\n");
  const tmux = (...args: string[]): string =>
    execFileSync("tmux", ["-S", socket, "-f", config, ...args], { encoding: "utf8", env: { ...env, PS1: "$ " } });
  tmux("new-session", "-d", "-x", String(columns), "-y", "60", "-c", cwd, "/bin/sh");
  const written = join(cwd, "..", "written");
  tmux("pipe-pane", `cat > '${written}'`);
  return {
    type: (line) => tmux("send-keys", line, "Enter"),
    async until(pattern) {
      for (let tries = 0; tries < 400; tries += 1) {
        const screen = tmux("capture-pane", "-p", "-S", "-100");
        if (pattern.test(screen.replace(/^.*echo code \$\?.*$/gm, ""))) return screen;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`never seen: ${pattern}\n${tmux("capture-pane", "-p")}`);
    },
    raw: () => tmux("capture-pane", "-p", "-e", "-S", "-100"),
    written: () => readFileSync(written, "utf8"),
    [Symbol.asyncDispose]: async () => {
      tmux("kill-server");
      await Promise.resolve();
    },
  };
}
