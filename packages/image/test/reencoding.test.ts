import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { cases } from "./reencoding-cases.js";

const bun = fileURLToPath(new URL("../../../node_modules/.bin/bun", import.meta.url));

describe("re-encoding under Node", () => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    await one.run("node");
  });
});

describe.skipIf(!existsSync(bun))("re-encoding under bun", () => {
  const results = new Map<string, string | null>();

  beforeAll(async () => {
    const script = fileURLToPath(new URL("run-cases-under-bun.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(bun, [script], { timeout: 30_000, maxBuffer: 1e8 });
    for (const [name, error] of JSON.parse(stdout) as [string, string | null][]) results.set(name, error);
  });

  it.each(cases.map((one) => one.name))("%s", (name) => {
    expect(results.get(name)).toBeNull();
  });
});
