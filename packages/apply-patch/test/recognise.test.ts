import { describe, expect, it } from "vitest";
import { recogniseApplyPatch } from "../src/index.js";
import { patchOf } from "./tables/patch-case.js";

const PATCH = patchOf("*** Add File: n\n+a\n");
const heredoc = (command = "apply_patch", opening = "'EOF'", delimiter = "EOF") =>
  `${command} <<${opening}\n${PATCH}\n${delimiter}\n`;
const here = { kind: "patch", patch: PATCH, workdir: "/w" };

describe("a patch that is to be applied", () => {
  it.each([
    { name: "apply_patch with its text", argv: ["apply_patch", PATCH] },
    { name: "applypatch with its text", argv: ["applypatch", PATCH] },
    { name: "a text in a heredoc wrapper", argv: ["apply_patch", `<<'EOF'\n${PATCH}\nEOF\n`] },
    { name: "bash -lc", argv: ["bash", "-lc", heredoc()] },
    { name: "bash -c", argv: ["bash", "-c", heredoc()] },
    { name: "a shell by path", argv: ["/bin/zsh", "-lc", heredoc()] },
    { name: "a shell in capitals with an extension", argv: ["C:\\Git\\BASH.EXE", "-lc", heredoc()] },
    { name: "sh", argv: ["sh", "-c", heredoc()] },
    { name: "pwsh -NoProfile -Command", argv: ["pwsh", "-NoProfile", "-Command", heredoc()] },
    { name: "powershell -command", argv: ["powershell.exe", "-command", heredoc()] },
    { name: "cmd /c", argv: ["cmd.exe", "/C", heredoc()] },
    { name: "applypatch in a script", argv: ["bash", "-lc", heredoc("applypatch")] },
    { name: "an unquoted delimiter", argv: ["bash", "-lc", heredoc("apply_patch", "EOF")] },
    { name: "a double-quoted delimiter", argv: ["bash", "-lc", heredoc("apply_patch", '"EOF"')] },
    { name: "another delimiter", argv: ["bash", "-lc", heredoc("apply_patch", "'PATCH'", "PATCH")] },
    { name: "a blank before the delimiter", argv: ["bash", "-lc", heredoc("apply_patch", " 'EOF'")] },
    { name: "blank lines around the command", argv: ["bash", "-lc", `\n  ${heredoc()}\n\n`] },
    { name: "blank lines at the end of the heredoc", argv: ["bash", "-lc", `apply_patch <<'E'\n${PATCH}\n\n\nE`] },
  ])("$name", ({ argv }) => {
    expect(recogniseApplyPatch(argv, "/w")).toEqual(here);
  });

  it.each([
    { directory: "sub", workdir: "/w/sub" },
    { directory: '"sub/in ner"', workdir: "/w/sub/in ner" },
    { directory: "'sub/in ner'", workdir: "/w/sub/in ner" },
    { directory: "/other", workdir: "/other" },
    { directory: "..", workdir: "/w/.." },
    { directory: "'$HOME'", workdir: "/w/$HOME" },
  ])("in the folder of cd $directory", ({ directory, workdir }) => {
    const argv = ["bash", "-lc", heredoc(`cd ${directory} && apply_patch`)];
    expect(recogniseApplyPatch(argv, "/w")).toEqual({ kind: "patch", patch: PATCH, workdir });
  });
});

describe("a patch where a command was expected", () => {
  it.each([
    { name: "an argv that is a patch", argv: [PATCH] },
    { name: "a script that is a patch", argv: ["bash", "-lc", PATCH] },
    { name: "a script that is a patch in a heredoc wrapper", argv: ["bash", "-lc", `<<EOF\n${PATCH}\nEOF`] },
  ])("$name", ({ argv }) => {
    expect(recogniseApplyPatch(argv, "/w")).toEqual({
      kind: "implicit",
      message:
        "apply_patch verification failed: patch detected without explicit call to apply_patch. " +
        'Rerun as ["apply_patch", "<patch>"]',
    });
  });
});

describe("an apply_patch whose patch does not parse", () => {
  it.each([
    {
      argv: ["apply_patch", "hello"],
      message: "apply_patch verification failed: invalid patch: The first line of the patch must be '*** Begin Patch'",
    },
    {
      argv: ["bash", "-lc", "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: f\nEOF"],
      message: "apply_patch verification failed: invalid patch: The last line of the patch must be '*** End Patch'",
    },
    {
      argv: ["apply_patch", patchOf("*** Update File: f\n@@\nfoo\n")],
      message:
        "apply_patch verification failed: invalid hunk at line 4, Unexpected line found in update hunk: 'foo'. " +
        "Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)",
    },
  ])("$message", ({ argv, message }) => {
    expect(recogniseApplyPatch(argv, "/w")).toEqual({ kind: "invalid", message });
  });
});

describe("an ordinary command", () => {
  it.each([
    { name: "no command", argv: [] },
    { name: "another program", argv: ["ls", "-l"] },
    { name: "apply_patch alone", argv: ["apply_patch"] },
    { name: "apply_patch with more arguments", argv: ["apply_patch", PATCH, "x"] },
    { name: "a shell with another flag first", argv: ["bash", "-x", "-lc", heredoc()] },
    { name: "a shell with another flag", argv: ["bash", "-ic", heredoc()] },
    { name: "another shell", argv: ["fish", "-c", heredoc()] },
    { name: "cd and a semicolon", argv: ["bash", "-lc", heredoc("cd sub; apply_patch")] },
    { name: "cd or", argv: ["bash", "-lc", heredoc("cd sub || apply_patch")] },
    { name: "cd with two arguments", argv: ["bash", "-lc", heredoc("cd a b && apply_patch")] },
    { name: "cd with a flag", argv: ["bash", "-lc", heredoc("cd -P && apply_patch")] },
    { name: "cd to an expansion", argv: ["bash", "-lc", heredoc("cd $HOME && apply_patch")] },
    { name: "cd to a quoted expansion", argv: ["bash", "-lc", heredoc('cd "$HOME" && apply_patch')] },
    { name: "cd to a substitution", argv: ["bash", "-lc", heredoc("cd `pwd` && apply_patch")] },
    { name: "another command before", argv: ["bash", "-lc", heredoc("echo x && apply_patch")] },
    { name: "another command after", argv: ["bash", "-lc", `${heredoc()}echo done`] },
    { name: "a command on the heredoc's line", argv: ["bash", "-lc", heredoc("apply_patch", "'EOF' && echo x")] },
    { name: "a second redirection", argv: ["bash", "-lc", heredoc("apply_patch", "'EOF' >log")] },
    { name: "an argument", argv: ["bash", "-lc", heredoc("apply_patch -v")] },
    { name: "a pipe", argv: ["bash", "-lc", `cat <<'EOF' | apply_patch\n${PATCH}\nEOF`] },
    { name: "a quoted argument in a script", argv: ["bash", "-lc", `apply_patch '${PATCH}'`] },
    { name: "a heredoc without end", argv: ["bash", "-lc", `apply_patch <<'EOF'\n${PATCH}`] },
    { name: "a here-string", argv: ["bash", "-lc", heredoc("apply_patch", "<'EOF'")] },
    { name: "an assignment before", argv: ["bash", "-lc", heredoc("A=1 apply_patch")] },
  ])("$name", ({ argv }) => {
    expect(recogniseApplyPatch(argv, "/w")).toEqual({ kind: "notPatch" });
  });

  it("is told apart in linear time", () => {
    const script = `cd ${"a ".repeat(200_000)}&& apply_patch <<EOF\n${"\n".repeat(2_000_000)}x`;
    expect(recogniseApplyPatch(["bash", "-lc", script], "/w")).toEqual({ kind: "notPatch" });
  });
});
