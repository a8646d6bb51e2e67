import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadRules } from "../src/index.js";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "execpolicy-load-"));
});
afterEach(() => rm(root, { recursive: true }));

async function layer(name: string, files: Record<string, string | Uint8Array>, trusted = true) {
  const dir = join(root, name);
  await mkdir(join(dir, "rules"), { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(dir, "rules", file), text);
  return { dir, trusted, label: name };
}

const decisions = ({ policy }: Awaited<ReturnType<typeof loadRules>>) =>
  policy.rules.map(({ first, decision }) => `${decision} ${first}`);

const ALLOW = (program: string) => `prefix_rule(["${program}"])\n`;
const FORBID = (program: string) => `prefix_rule(["${program}"], decision="forbidden")\n`;

describe("loading", () => {
  it("reads all layers in order, and the files of each sorted by name", async () => {
    const system = await layer("system", { "z.rules": ALLOW("s") });
    const user = await layer("user", { "b.rules": ALLOW("b"), "a.rules": ALLOW("a"), "B.rules": ALLOW("B") });
    expect(decisions(await loadRules([system, user]))).toEqual(["allow s", "allow B", "allow a", "allow b"]);
  });

  it("takes hidden files, and leaves out links, folders, other extensions and a name that is only the extension", async () => {
    const user = await layer("user", { ".hidden.rules": ALLOW("h"), ".rules": "garbage(", "c.txt": "garbage(" });
    await mkdir(join(user.dir, "rules", "sub.rules"));
    await symlink(join(user.dir, "rules", "c.txt"), join(user.dir, "rules", "link.rules"));
    const loaded = await loadRules([user]);
    expect(decisions(loaded)).toEqual(["allow h"]);
    expect(loaded.problems).toEqual([]);
  });

  it("is content with layers that have no rules", async () => {
    expect(await loadRules([{ dir: join(root, "none"), trusted: true, label: "none" }])).toMatchObject({
      problems: [],
    });
  });

  it("takes only restrictions from layers that are not trusted", async () => {
    const project = await layer("project", { "p.rules": ALLOW("touch") + FORBID("rm") }, false);
    expect(decisions(await loadRules([project]))).toEqual(["forbidden rm"]);
  });
});

describe("a broken file", () => {
  it("does not drop the others; its layer restricts and no longer allows, other layers are as before", async () => {
    const user = await layer("user", { "a.rules": ALLOW("a") + FORBID("x"), "b.rules": "x = [\n" + FORBID("y") });
    const system = await layer("system", { "s.rules": ALLOW("s") });
    const loaded = await loadRules([system, user]);
    expect(decisions(loaded)).toEqual(["allow s", "forbidden x", "forbidden y"]);
    expect(loaded.problems).toMatchObject([
      { layer: "user", path: join(user.dir, "rules", "b.rules"), kind: "syntax", range: { start: { line: 2 } } },
    ]);
    expect(loaded.problems[0]?.details).toMatch(/^failed to parse rules file .*b\.rules: starlark error: error: Parse/);
    expect(loaded.problems[0]?.message).toMatch(/b\.rules:2:41: Parse error: .*$/);
  });

  it("is reported when it is not UTF-8, has a NUL, or is too large", async () => {
    const user = await layer("user", {
      "a.rules": ALLOW("a"),
      "bytes.rules": new Uint8Array([0x78, 0xff]),
      "large.rules": "#".repeat(5 * 1024 * 1024),
      "nul.rules": "x = \0",
    });
    const loaded = await loadRules([user]);
    expect(decisions(loaded)).toEqual([]);
    expect(loaded.problems.map(({ kind, message }) => `${kind} ${message.replace(/.*rules\//, "")}`)).toEqual([
      "unreadable bytes.rules: stream did not contain valid UTF-8",
      "unreadable large.rules: larger than 4194304 bytes",
      "syntax nul.rules:1:5: Parse error: invalid input `\0`",
    ]);
  });

  it("that uses up all steps leaves the others what plain rules need, and many such files end soon", async () => {
    const endless = "for i in range(100000000):\n  pass\n";
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}.rules`, endless]));
    const user = await layer("user", { ...files, "f1.rules": FORBID("x"), "f2.rules": FORBID("y").repeat(100) });
    const loaded = await loadRules([user]);
    expect(decisions(loaded)).toEqual(["forbidden x", ...Array.from({ length: 100 }, () => "forbidden y")]);
    expect(loaded.problems.at(-1)?.message).toBe(`more than 256 rules files in ${join(user.dir, "rules")}`);
  });

  it("is reported when a file stands in the place of the folder", async () => {
    const dir = join(root, "user");
    await mkdir(dir);
    await writeFile(join(dir, "rules"), "");
    const { problems } = await loadRules([{ dir, trusted: true, label: "user" }]);
    expect(problems).toMatchObject([
      {
        kind: "unreadable",
        message: `failed to read rules files from ${join(dir, "rules")}: Not a directory (os error 20)`,
      },
    ]);
  });
});
