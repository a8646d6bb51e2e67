import { describe, expect, it } from "vitest";
import { runProgram } from "./run-program.js";
import { patchOf } from "./tables/patch-case.js";
import { readTree, temporaryTree } from "./temporary-tree.js";

// Each of these is named in docs/deviations.md; more of them are rows with `original` in the case tables.

const NOT_FOUND = { exit: 1, stdout: "" };

describe("line endings", () => {
  it.each([
    {
      name: "inserted lines get CRLF in a CRLF file",
      before: "a\r\nb\r\n",
      chunk: " a\n+x\n+y\n",
      after: "a\r\nx\r\ny\r\nb\r\n",
    },
    {
      name: "a line inserted before the first one too",
      before: "a\r\nb\r\n",
      chunk: "+x\n a\n",
      after: "x\r\na\r\nb\r\n",
    },
    { name: "a line added at the end too", before: "a\r\nb\r\n", chunk: "@@\n+x\n", after: "a\r\nb\r\nx\r\n" },
    {
      name: "in a mixed file they follow the line before",
      before: "a\r\nb\nc\r\n",
      chunk: " b\n+x\n c\n+y\n",
      after: "a\r\nb\nx\nc\r\ny\r\n",
    },
    {
      name: "a replaced last line without line feed gets the ending of the others",
      before: "a\r\nb",
      chunk: "-b\n+B\n",
      after: "a\r\nB\r\n",
    },
    { name: "lines outside the chunk keep theirs", before: "a\r\nb\nc\r\n", chunk: "-b\n+B\n", after: "a\r\nB\nc\r\n" },
    {
      name: "an LF line wins over a CRLF line further up, as an exact match does",
      before: "x\r\ny\nx\n",
      chunk: "-x\n+X\n",
      after: "x\r\ny\nX\n",
    },
    {
      name: "a CRLF line wins over one with blanks further up",
      before: "x \r\ny\r\nx\r\n",
      chunk: "-x\n+X\n",
      after: "x \r\ny\r\nX\r\n",
    },
  ])("$name", async ({ before, chunk, after }) => {
    const cwd = temporaryTree({ f: before });
    expect((await runProgram(cwd, [patchOf(`*** Update File: f\n${chunk}`)])).stderr).toBe("");
    expect(readTree(cwd)).toEqual({ f: after });
  });
});

describe("the end of a file", () => {
  it.each([
    { name: "a blank last line stays", before: "a\nb\n\n", chunk: "-a\n+A\n", after: "A\nb\n\n" },
    { name: "several blank last lines stay", before: "a\n\n\n", chunk: "-a\n+A\n", after: "A\n\n\n" },
    { name: "a missing last line feed stays missing", before: "a\nb", chunk: "-a\n+A\n", after: "A\nb" },
    { name: "also when a line is removed", before: "a\nb", chunk: "-a\n", after: "b" },
    { name: "a new last line ends with a line feed", before: "a\nb", chunk: " b\n+c\n", after: "a\nb\nc\n" },
    { name: "a removed last line leaves the one before as it was", before: "a\nb", chunk: "-b\n", after: "a\n" },
    {
      name: "a line added to a file without last line feed starts a line",
      before: "a",
      chunk: "@@\n+b\n",
      after: "a\nb\n",
    },
    { name: "removing all lines empties a file with a byte order mark", before: "\ufeffa\n", chunk: "-a\n", after: "" },
    {
      name: "a byte order mark copied into the patch is not written twice",
      before: "\ufeffa\n",
      chunk: "-\ufeffa\n+\ufeffA\n",
      after: "\ufeffA\n",
    },
    {
      name: "a line inserted before the first one goes behind the byte order mark",
      before: "\ufeffa\n",
      chunk: "+x\n a\n",
      after: "\ufeffx\na\n",
    },
  ])("$name", async ({ before, chunk, after }) => {
    const cwd = temporaryTree({ f: before });
    expect((await runProgram(cwd, [patchOf(`*** Update File: f\n${chunk}`)])).stderr).toBe("");
    expect(readTree(cwd)).toEqual({ f: after });
  });
});

it("lines added before a last blank line do not bring that line back when another chunk removes it", async () => {
  const cwd = temporaryTree({ f: "a\n\n" });
  await runProgram(cwd, [patchOf("*** Update File: f\n@@\n-a\n-\n@@\n+x\n")]);
  expect(readTree(cwd)).toEqual({ f: "x\n" });
});

describe("chunks marked as the end of the file", () => {
  it("may not overlap an earlier chunk", async () => {
    const cwd = temporaryTree({ f: "x\n" });
    const run = await runProgram(cwd, [patchOf("*** Update File: f\n-x\n+1\n@@\n-x\n+2\n*** End of File\n")]);
    expect(run).toEqual({ ...NOT_FOUND, stderr: "Failed to find expected lines in f:\nx\n" });
    expect(readTree(cwd)).toEqual({ f: "x\n" });
  });

  it("may hold the line that their context names", async () => {
    const cwd = temporaryTree({ f: "a\nb\n" });
    await runProgram(cwd, [patchOf("*** Update File: f\n@@ a\n-a\n+A\n b\n*** End of File\n")]);
    expect(readTree(cwd)).toEqual({ f: "A\nb\n" });
  });

  it("are added at the end when they only add, whatever their context", async () => {
    const cwd = temporaryTree({ f: "a\nb\n" });
    await runProgram(cwd, [patchOf("*** Update File: f\n@@ a\n+c\n*** End of File\n")]);
    expect(readTree(cwd)).toEqual({ f: "a\nb\nc\n" });
  });
});

describe("context lines", () => {
  it.each([
    {
      name: "three in a row narrow a place down",
      before: "class A\ndef m\nif x\n1\nclass B\ndef m\nif y\n1\n",
      chunk: "@@ class B\n@@ def m\n@@ if y\n-1\n+2\n",
      after: "class A\ndef m\nif x\n1\nclass B\ndef m\nif y\n2\n",
    },
    {
      name: "lines that are only added go behind their context, in order",
      before: "a\nb\nc\n",
      chunk: "@@ a\n+1\n@@ b\n+2\n",
      after: "a\n1\nb\n2\nc\n",
    },
    {
      name: "without context they go to the end, also before later chunks",
      before: "a\nb\n",
      chunk: "@@\n+1\n@@\n-b\n+B\n@@\n+2\n",
      after: "a\nB\n1\n2\n",
    },
  ])("$name", async ({ before, chunk, after }) => {
    const cwd = temporaryTree({ f: before });
    expect((await runProgram(cwd, [patchOf(`*** Update File: f\n${chunk}`)])).stderr).toBe("");
    expect(readTree(cwd)).toEqual({ f: after });
  });
});

describe("more cases that the original was seen to do", () => {
  it.each([
    {
      name: "equal chunks change one place after the other",
      before: "a\nb\nb\nc\n",
      chunk: "@@\n-b\n+B1\n@@\n-b\n+B2\n",
      after: "a\nB1\nB2\nc\n",
    },
    { name: "a blank old line that is not there is not missed", before: "a\n", chunk: " a\n\n+x\n", after: "a\n\nx\n" },
    {
      name: "a blank removed line at the end that is not there is not missed",
      before: "a\n",
      chunk: "-a\n+A\n-\n",
      after: "A\n",
    },
  ])("$name", async ({ before, chunk, after }) => {
    const cwd = temporaryTree({ f: before });
    expect((await runProgram(cwd, [patchOf(`*** Update File: f\n${chunk}`)])).stderr).toBe("");
    expect(readTree(cwd)).toEqual({ f: after });
  });

  it("trailing blanks of a move's path are no part of it", async () => {
    const cwd = temporaryTree({ f: "a\n" });
    await runProgram(cwd, [patchOf("*** Update File: f\n*** Move to: g  \n@@\n-a\n+A\n")]);
    expect(readTree(cwd)).toEqual({ g: "A\n" });
  });

  it("a line that reads like a move stays context when no @@ line follows", async () => {
    const cwd = temporaryTree({ f: "*** Move to: g\na\n" });
    await runProgram(cwd, [patchOf("*** Update File: f\n *** Move to: g\n-a\n+A\n")]);
    expect(readTree(cwd)).toEqual({ f: "*** Move to: g\nA\n" });
  });
});

it.each([
  { name: "another section", rest: "*** Delete File: g\n" },
  { name: "the end of the patch", rest: "" },
])("several @@ lines before $name are the error that two in a row have always been", async ({ rest }) => {
  const run = await runProgram(temporaryTree({ f: "a\n" }), [patchOf(`*** Update File: f\n@@\n@@ a\n${rest}`)]);
  expect(run.stderr).toBe(
    "Invalid patch hunk on line 4: Unexpected line found in update hunk: '@@ a'. " +
      "Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)\n",
  );
});
