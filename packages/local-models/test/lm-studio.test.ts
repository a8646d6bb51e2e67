import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareLocalModel, programRunner, type LmsRunner } from "../src/index.js";
import { findLms } from "../src/lm-studio/lms.js";
import { NOBODY, provider, startLocalServer, type Reply } from "./local-server.js";

const MODEL = "openai/gpt-oss-20b";
const has = { "GET /v1/models": { json: { data: [{ id: MODEL }] } }, "POST /v1/responses": { json: {} } };
const lacks = { ...has, "GET /v1/models": { json: { data: [{ id: "other" }] } } };

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "lms-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const install = (...at: string[]): string => {
  const folder = join(home, ...at);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "lms");
  writeFileSync(path, '#!/bin/sh\necho "$@" > "$OUT"\nexit ${CODE:-0}\n');
  chmodSync(path, 0o755);
  return path;
};

async function prepare(baseUrl: string, lms: Partial<LmsRunner> = {}): Promise<void> {
  const { loading } = await prepareLocalModel({
    provider: provider("lmstudio", baseUrl),
    model: MODEL,
    fetch,
    signal: new AbortController().signal,
    onProgress: () => {},
    onDeprecation: () => {},
    onWarning: () => {},
    lms: { env: {}, home, platform: "linux", run: async () => 0, ...lms },
  });
  await loading;
}

describe("making LM Studio ready", () => {
  it("asks for its models and loads the one that is wanted", async () => {
    await using server = await startLocalServer(has);
    await prepare(`${server.root}/v1/`);
    expect(server.asked).toEqual([
      "GET /v1/models",
      `POST /v1/responses {"model":"${MODEL}","input":"","max_output_tokens":1}`,
    ]);
  });

  it("downloads a model that is missing with its own program", async () => {
    await using server = await startLocalServer(lacks);
    const path = install(".lmstudio", "bin");
    const runs: (string | readonly string[])[] = [];
    await prepare(`${server.root}/v1`, {
      run: async (command, args) => {
        runs.push(command, args);
        return 0;
      },
    });
    expect(runs).toEqual([path, ["get", "--yes", MODEL]]);
  });

  it("really runs that program, and says how it failed", async () => {
    await using server = await startLocalServer(lacks);
    install("bin");
    const env = { PATH: `${join(home, "bin")}:/usr/bin:/bin`, OUT: join(home, "out"), CODE: "3" };
    await expect(prepare(`${server.root}/v1`, { env, run: programRunner(env) })).rejects.toMatchObject({
      kind: "downloadFailed",
      message: "Model download failed with exit code: 3",
    });
    expect(readFileSync(join(home, "out"), "utf8")).toBe(`get --yes ${MODEL}\n`);
  });

  it("says where to get it when it is not installed", async () => {
    await using server = await startLocalServer(lacks);
    await expect(prepare(`${server.root}/v1`)).rejects.toMatchObject({
      kind: "notInstalled",
      message: "LM Studio not found. Please install LM Studio from https://lmstudio.ai/",
    });
  });

  it.each<[string, Record<string, Reply> | null]>([
    ["nobody listens", null],
    ["it fails", { "GET /v1/models": { status: 500 } }],
    ["something else listens", { "GET /v1/models": { status: 200, body: "<html>" } }],
  ])("says how to start it when %s", async (_, replies) => {
    await using server = await startLocalServer(replies ?? {});
    await expect(prepare(replies === null ? NOBODY : `${server.root}/v1`)).rejects.toMatchObject({
      kind: "notRunning",
      message: "LM Studio is not responding. Install from https://lmstudio.ai/download and run 'lms server start'.",
    });
  });

  it("does not fail when the model cannot be loaded beforehand", async () => {
    await using server = await startLocalServer({ ...has, "POST /v1/responses": { status: 500 } });
    await prepare(`${server.root}/v1`);
    expect(server.asked).toHaveLength(2);
  });
});

describe("LM Studio's program", () => {
  it("is taken from PATH before its own folder", async () => {
    const own = install(".lmstudio", "bin");
    expect(await findLms({ env: { PATH: join(home, "bin") }, home, platform: "linux" })).toBe(own);
    const inPath = install("bin");
    expect(await findLms({ env: { PATH: `:${join(home, "bin")}` }, home, platform: "linux" })).toBe(inPath);
  });

  it("has another name on Windows, and is not there when it cannot be run", async () => {
    const path = install(".lmstudio", "bin");
    expect(await findLms({ env: {}, home, platform: "win32" })).toBeNull();
    chmodSync(path, 0o644);
    expect(await findLms({ env: {}, home, platform: "linux" })).toBeNull();
  });
});
