/** `codex completion`, tried in the shells that are installed, and the help that every command has. */

import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { executable, runCodex, tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

async function script(shell: string): Promise<string> {
  using home = tempHome();
  const result = await runCodex(executable(), ["completion", shell], { cwd: home.workspace, env: home.env });
  expect(result).toMatchObject({ code: 0, stderr: "" });
  return result.stdout;
}

function installed(shell: string): boolean {
  return spawnSync(shell, ["--version"]).status === 0;
}

/** What is offered after a line, in order. */
type Offers = (line: string, script: string) => string[];

const bash: Offers = (line, text) => {
  const words = line.split(" ");
  const program = `${text}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})\nCOMP_CWORD=${words.length - 1}\n_codex\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["--norc", "-c", program], { encoding: "utf8", cwd: "/" }).split("\n");
};

const fish: Offers = (line, text) => {
  using home = tempHome();
  const file = join(home.root, "codex.fish");
  writeFileSync(file, text);
  const env = { ...home.env, XDG_CONFIG_HOME: home.root, XDG_DATA_HOME: home.root };
  const output = execFileSync("fish", ["--no-config", "-c", `source ${file}; complete -C '${line}'`], {
    encoding: "utf8",
    env,
  });
  return output.split("\n").map((row) => row.split("\t")[0] ?? "");
};

/** Only a line editor has zsh's completion system: what the script would hand to it is printed instead. */
const zsh: Offers = (line, text) => {
  const words = line.split(" ");
  const program = `_describe() { print -rl -- "\${(@P)2}" }
_files() { print FILES }
compdef() { : }
${text}
words=(${words.map((word) => `'${word}'`).join(" ")}); CURRENT=${words.length}
_codex`;
  const output = execFileSync("zsh", ["-f", "-c", program], { encoding: "utf8" });
  const begun = words.at(-1) ?? "";
  return output
    .split("\n")
    .map((row) => row.split(":")[0] ?? "")
    .filter((word) => word.startsWith(begun));
};

const shells: [string, Offers][] = [
  ["bash", bash],
  ["fish", fish],
  ["zsh", zsh],
];

describe.each(shells)("%s", (shell, offers) => {
  it.skipIf(!installed(shell)).each([
    { line: "codex ", has: ["exec", "login", "completion", "sandbox"], hasNot: ["execpolicy"] },
    { line: "codex exec --s", has: ["--sandbox", "--skip-git-repo-check"], hasNot: ["--uncommitted"] },
    { line: "codex exec resume --", has: ["--last", "--all", "--model"], hasNot: ["--sandbox"] },
    { line: "codex exec --sandbox ", has: ["read-only", "workspace-write", "danger-full-access"], hasNot: ["--model"] },
  ])("completes: $line", async ({ line, has, hasNot }) => {
    const offered = offers(line, await script(shell));
    expect(offered).toEqual(expect.arrayContaining(has));
    for (const word of hasNot) expect(offered).not.toContain(word);
  });
});

describe("completion", () => {
  it("is for bash when no shell is named", async () => {
    using home = tempHome();
    const result = await runCodex(executable(), ["completion"], { cwd: home.workspace, env: home.env });
    expect(result.stdout).toBe(await script("bash"));
  });

  it.each(["elvish", "powershell"])("for %s names the commands", async (shell) => {
    const text = await script(shell);
    for (const word of ["exec", "resume", "--sandbox", "login"]) expect(text).toContain(word);
  });
});

describe("help", () => {
  /** Every command that help knows of, from the root down. */
  async function commands(path: string[]): Promise<string[][]> {
    using home = tempHome();
    const { stdout } = await runCodex(executable(), [...path, "-h"], { cwd: home.workspace, env: home.env });
    const section = /\nCommands:\n([^]*?)\n\n/.exec(stdout)?.[1] ?? "";
    const names = [...section.matchAll(/^ {2}(\S+)/gm)].map(([, name = ""]) => name);
    const subs = names.filter((name) => name !== "help");
    const below = await Promise.all(subs.map((name) => commands([...path, name])));
    return [path, ...below.flat()];
  }

  it("is there for every command, with an example, and no line is longer than a hundred characters", async () => {
    using home = tempHome();
    const all = await commands([]);
    expect(all.map((path) => path.join(" "))).toEqual(
      expect.arrayContaining(["", "exec", "exec resume", "login status", "sandbox linux"]),
    );
    const texts = await Promise.all(
      all.map(async (path) => {
        const { stdout, code } = await runCodex(executable(), [...path, "--help"], {
          cwd: home.workspace,
          env: home.env,
        });
        return { path: path.join(" "), code, stdout };
      }),
    );
    const long = texts.filter(({ stdout }) =>
      stdout.split("\n").some((line) => line.length > 100 && !line.startsWith("  codex")),
    );
    expect(long.map(({ path }) => path)).toEqual([]);
    expect(texts.filter(({ stdout }) => !stdout.includes("\nExamples:\n  ")).map(({ path }) => path)).toEqual([]);
    expect(texts.filter(({ code, stdout }) => code !== 0 || !stdout.includes("\nUsage: codex"))).toEqual([]);
  });
});
