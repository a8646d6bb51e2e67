import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodePatchFiles, parsePatch, PatchParseError, PatchPlanError, planPatch } from "../src/index.js";
import { patchOf } from "./tables/patch-case.js";
import { readTree, temporaryTree } from "./temporary-tree.js";

const plan = (cwd: string, sections: string) => planPatch(patchOf(sections), { cwd, files: nodePatchFiles });

async function refusal(cwd: string, sections: string): Promise<PatchPlanError> {
  const error: unknown = await plan(cwd, sections).catch((error: unknown) => error);
  if (error instanceof PatchPlanError) return error;
  throw new Error(`not refused: ${String(error)}`);
}

describe("the changes of a plan", () => {
  it.each([
    {
      name: "an added file carries its text",
      sections: "*** Add File: n\n+1\n",
      changes: { n: { type: "add", content: "1\n" } },
    },
    {
      name: "a deleted file carries what it held",
      sections: "*** Delete File: f\n",
      changes: { f: { type: "delete", content: "a\nb\nc\nd\n" } },
    },
    {
      name: "an update carries a diff with one line of context",
      sections: "*** Update File: f\n@@\n-c\n+C\n",
      changes: { f: { type: "update", unified_diff: "@@ -2,3 +2,3 @@\n b\n-c\n+C\n d\n", move_path: null } },
    },
    {
      name: "a move is told under the old path",
      sections: "*** Update File: f\n*** Move to: x/g\n@@\n-a\n+A\n",
      changes: { f: { type: "update", unified_diff: "@@ -1,2 +1,2 @@\n-a\n+A\n b\n", move_path: "<CWD>/x/g" } },
    },
    {
      name: "paths are joined, not normalised",
      sections: "*** Add File: d/../n\n+1\n",
      changes: { "d/../n": { type: "add", content: "1\n" } },
    },
    {
      name: "an add followed by an update is an add",
      sections: "*** Add File: n\n+1\n*** Update File: n\n-1\n+2\n",
      changes: { n: { type: "add", content: "2\n" } },
    },
    {
      name: "two updates of a file are one",
      sections: "*** Update File: f\n-a\n+A\n*** Update File: f\n-c\n+C\n",
      changes: { f: { type: "update", unified_diff: "@@ -1,4 +1,4 @@\n-a\n+A\n b\n-c\n+C\n d\n", move_path: null } },
    },
    {
      name: "an update after a move belongs to the move",
      sections: "*** Update File: f\n*** Move to: g\n@@\n a\n*** Update File: g\n-d\n+D\n",
      changes: { f: { type: "update", unified_diff: "@@ -3,2 +3,2 @@\n c\n-d\n+D\n", move_path: "<CWD>/g" } },
    },
    {
      name: "an added file that is moved is added where it goes",
      sections: "*** Add File: n\n+1\n*** Update File: n\n*** Move to: m\n@@\n 1\n",
      changes: { m: { type: "add", content: "1\n" } },
    },
    { name: "an add and its deletion cancel out", sections: "*** Add File: n\n+1\n*** Delete File: n\n", changes: {} },
    {
      name: "an update and a deletion are a deletion of the old text",
      sections: "*** Update File: f\n-a\n+A\n*** Delete File: f\n",
      changes: { f: { type: "delete", content: "a\nb\nc\nd\n" } },
    },
    {
      name: "a deletion and an add are an add",
      sections: "*** Delete File: f\n*** Add File: f\n+1\n",
      changes: { f: { type: "add", content: "1\n" } },
    },
  ])("$name", async ({ sections, changes }) => {
    const cwd = temporaryTree({ f: "a\nb\nc\nd\n" });
    const absolute = Object.entries(changes).map(([path, change]) => [`${cwd}/${path}`, change]);
    const expected: unknown = JSON.parse(JSON.stringify(Object.fromEntries(absolute)).replaceAll("<CWD>", cwd));
    expect((await plan(cwd, sections)).changes).toEqual(expected);
    expect(readTree(cwd)).toEqual({ f: "a\nb\nc\nd\n" });
  });
});

describe("what approvals look at", () => {
  it("lists absolute paths, normalised by their text, with where a file moves to", async () => {
    const cwd = temporaryTree({ f: "a\n" });
    const { touched } = await plan(
      cwd,
      "*** Add File: d/../../up\n+1\n*** Update File: f\n*** Move to: ./d//g\n@@\n a\n",
    );
    expect(touched).toEqual([
      { path: join(cwd, "../up"), movePath: null },
      { path: `${cwd}/f`, movePath: `${cwd}/d/g` },
    ]);
  });

  it("lists the real paths of what is written, after links", async () => {
    const outside = temporaryTree({ o: "a\n" });
    const cwd = temporaryTree();
    symlinkSync(outside, join(cwd, "lnk"));
    const { writes } = await plan(
      cwd,
      "*** Add File: lnk/../x\n+1\n*** Add File: lnk/n\n+1\n*** Update File: lnk/o\n-a\n+A\n",
    );
    expect(writes.map((write) => write.path)).toEqual([join(outside, "../x"), `${outside}/n`, `${outside}/o`]);
  });

  it("has nothing touched for a patch without sections", async () => {
    const { touched, writes } = await plan(temporaryTree(), "");
    expect({ touched, writes }).toEqual({ touched: [], writes: [] });
  });

  it("keeps the patch's text for another process, without its heredoc", async () => {
    const text = patchOf("*** Add File: n\n+1\n");
    const wrapped = `<<'EOF'\r\n${text.replaceAll("\n", "\r\n")}\r\nEOF\n`;
    expect((await planPatch(wrapped, { cwd: temporaryTree(), files: nodePatchFiles })).patch).toBe(text);
    expect(parsePatch(wrapped).text).toBe(text);
  });

  it("notes a block that stands in the file more than once", async () => {
    const cwd = temporaryTree({ f: "x\ny\nx\n", g: "x\ny\nz\n" });
    const notes = async (file: string) => (await plan(cwd, `*** Update File: ${file}\n-x\n+X\n`)).notes;
    expect(await notes("f")).toEqual([
      `${cwd}/f: the lines changed at line 1 stand at line 3 too; the first was changed`,
    ]);
    expect(await notes("g")).toEqual([]);
  });

  it("changes nothing on disk for chunks that change nothing", async () => {
    const { writes, touched } = await plan(temporaryTree({ f: "a\n" }), "*** Update File: f\n@@\n a\n");
    expect(writes).toEqual([]);
    expect(touched).toHaveLength(1);
  });
});

describe("refusals name absolute paths", () => {
  it.each([
    {
      sections: "*** Update File: none\n-a\n+b\n",
      message: "Failed to read file to update <CWD>/none: No such file or directory (os error 2)",
    },
    {
      sections: "*** Update File: d\n-a\n+b\n",
      message: "Failed to read file to update <CWD>/d: Is a directory (os error 21)",
    },
    {
      sections: "*** Delete File: none\n",
      message: "Failed to read <CWD>/none: No such file or directory (os error 2)",
    },
    { sections: "*** Delete File: d\n", message: "Failed to read <CWD>/d: Is a directory (os error 21)" },
    { sections: "*** Update File: f\n-x\n+y\n", message: "Failed to find expected lines in <CWD>/f:\nx" },
    { sections: "*** Update File: f\n@@ z\n-a\n+y\n", message: "Failed to find context 'z' in <CWD>/f" },
    {
      sections: "*** Add File: f/g\n+1\n",
      message: "Failed to create parent directories for <CWD>/f/g: Not a directory (os error 20)",
    },
    { sections: "*** Add File: d\n+1\n", message: "Failed to write file <CWD>/d: Is a directory (os error 21)" },
    {
      sections: "*** Add File: n\n+1\n*** Delete File: n\n*** Update File: n\n-1\n+2\n",
      message: "Failed to read file to update <CWD>/n: No such file or directory (os error 2)",
    },
  ])("$message", async ({ sections, message }) => {
    const cwd = temporaryTree({ f: "a\n", "d/x": "" });
    const error = await refusal(cwd, sections);
    expect(error.message).toBe(message.replace("<CWD>", cwd));
    expect(error.forModel).toBe(`apply_patch verification failed: ${error.message}`);
    expect(readTree(cwd)).toEqual({ f: "a\n", "d/x": "" });
  });

  it("a text that is no patch is a parse error", async () => {
    await expect(planPatch("hello", { cwd: "/", files: nodePatchFiles })).rejects.toThrow(PatchParseError);
  });

  it("a relative folder is a programmer's mistake", async () => {
    await expect(planPatch(patchOf(""), { cwd: "here", files: nodePatchFiles })).rejects.toThrow(RangeError);
  });

  it("an aborted signal stops the planning", async () => {
    const options = { cwd: temporaryTree(), files: nodePatchFiles, signal: AbortSignal.abort(new Error("enough")) };
    await expect(planPatch(patchOf("*** Add File: n\n+1\n"), options)).rejects.toThrow("enough");
  });
});
