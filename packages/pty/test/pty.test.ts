import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { cases } from "./contract-cases.js";

const here = cases.filter((one) => one.linuxOnly !== true || process.platform === "linux");
const bun = fileURLToPath(new URL("../../../node_modules/.bin/bun", import.meta.url));

describe.skipIf(process.platform === "win32")("under Node, a terminal's child", () => {
  it.each(here.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    await one.run("node");
  });
});

describe.skipIf(process.platform === "win32" || !existsSync(bun))("under bun, a terminal's child", () => {
  const results = new Map<string, string | null>();

  beforeAll(async () => {
    const script = fileURLToPath(new URL("run-cases-under-bun.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(bun, [script], { timeout: 30_000 });
    for (const [name, error] of JSON.parse(stdout) as [string, string | null][]) results.set(name, error);
  });

  it.each(here.map((one) => one.name))("%s", (name) => {
    expect(results.get(name)).toBeNull();
  });
});
