import { describe, expect, it } from "vitest";
import { prepareLocalModel, progressPrinter, type PullProgress } from "../src/index.js";
import { compareVersions, ollamaProbeUrl, ollamaRoot, speaksResponses } from "../src/ollama/server.js";
import { NOBODY, provider, startLocalServer, type Reply } from "./local-server.js";

const MODEL = "gpt-oss:20b";
const running = { "GET /v1/models": { json: { data: [] } } };
const has = { "GET /api/tags": { json: { models: [{ name: "llama3" }, { name: MODEL }] } } };
const lacks = { "GET /api/tags": { json: { models: [{ name: "llama3" }, 5, {}] } } };
const version = (text: string): Record<string, Reply> => ({ "GET /api/version": { json: { version: text } } });
const pull = (...lines: unknown[]): Record<string, Reply> => ({ "POST /api/pull": { lines } });

interface Heard {
  progress: PullProgress[];
  deprecations: string[];
  warnings: string[];
}

async function prepare(id: string, baseUrl: string, signal = new AbortController().signal): Promise<Heard> {
  const heard: Heard = { progress: [], deprecations: [], warnings: [] };
  await prepareLocalModel({
    provider: provider(id, baseUrl),
    model: MODEL,
    fetch,
    signal,
    onProgress: (progress) => void heard.progress.push(progress),
    onDeprecation: (message) => void heard.deprecations.push(message),
    onWarning: (message) => void heard.warnings.push(message),
    lms: { env: {}, home: "/", platform: "linux", run: async () => 1 },
  });
  return heard;
}

describe("making Ollama ready", () => {
  it("asks whether it runs, for its version and its models, and downloads nothing that is there", async () => {
    await using server = await startLocalServer({ ...running, ...version("0.13.4"), ...has });
    const heard = await prepare("ollama", `${server.root}/v1`);
    expect(server.asked).toEqual(["GET /v1/models", "GET /api/version", "GET /api/tags"]);
    expect(heard).toEqual({ progress: [], deprecations: [], warnings: [] });
  });

  it("does not care for the version on the Chat wire", async () => {
    await using server = await startLocalServer({ ...running, ...version("0.1.0"), ...has });
    expect((await prepare("ollama-chat", `${server.root}/v1/`)).deprecations).toEqual([]);
    expect(server.asked).toEqual(["GET /v1/models", "GET /api/tags"]);
  });

  it("asks the server's own part when the base URL has no /v1", async () => {
    await using server = await startLocalServer(has);
    await prepare("ollama-chat", server.root);
    expect(server.asked).toEqual(["GET /api/tags", "GET /api/tags"]);
  });

  it.each([
    ["0.13.3", 1],
    ["v0.9.0", 1],
    ["0.13.4", 0],
    ["v0.14.0-rc1", 0],
    ["1.0.0", 0],
    ["0.0.0", 0],
    ["dance", 0],
  ])("version %s is told to update %s times", async (text, times) => {
    await using server = await startLocalServer({ ...running, ...version(text), ...has });
    const { deprecations } = await prepare("ollama", `${server.root}/v1`);
    expect(deprecations.filter((message) => message.includes("use `ollama-chat`"))).toHaveLength(times);
  });

  it("downloads a model that is missing and adds its parts up", async () => {
    await using server = await startLocalServer({
      ...running,
      ...version("0.13.4"),
      ...lacks,
      ...pull(
        { status: "pulling manifest" },
        { status: "pulling a", digest: "a", total: 100, completed: 10 },
        "nonsense\n\n",
        { status: "pulling b", digest: "b", total: 50 },
        { status: "pulling a", digest: "a", completed: 100 },
        { status: "success" },
        { status: "not read" },
      ),
    });
    const { progress } = await prepare("ollama", `${server.root}/v1`);
    expect(server.asked.at(-1)).toBe(`POST /api/pull {"model":"${MODEL}","stream":true}`);
    expect(progress).toEqual([
      { status: "pulling manifest", totalBytes: 0, completedBytes: 0 },
      { status: "pulling a", totalBytes: 100, completedBytes: 10 },
      { status: "pulling b", totalBytes: 150, completedBytes: 10 },
      { status: "pulling a", totalBytes: 150, completedBytes: 100 },
      { status: "success", totalBytes: 150, completedBytes: 100 },
    ]);
  });

  it.each<{ what: string; reply: Record<string, Reply>; message: string }>([
    { what: "a refusal", reply: { "POST /api/pull": { status: 500 } }, message: "failed to start pull: HTTP 500" },
    { what: "an error", reply: pull({ error: "no such model" }), message: "Pull failed: no such model" },
    { what: "an early end", reply: pull({ status: "x" }), message: "Pull stream ended unexpectedly without success." },
    {
      what: "an early end in a line",
      reply: pull('{"status":"success"'),
      message: "Pull stream ended unexpectedly without success.",
    },
  ])("fails when the download meets $what", async ({ reply, message }) => {
    await using server = await startLocalServer({ ...running, ...lacks, ...reply });
    await expect(prepare("ollama", `${server.root}/v1`)).rejects.toMatchObject({
      name: "LocalModelError",
      kind: "downloadFailed",
      message,
    });
  });

  it("takes a last line without its line end", async () => {
    await using server = await startLocalServer({ ...running, ...lacks, ...pull('{"status":"success"}') });
    expect((await prepare("ollama", `${server.root}/v1`)).progress).toHaveLength(1);
  });

  it.each([
    ["nobody listens", null],
    ["something else listens", {}],
  ])("says how to start it when %s", async (_, replies) => {
    await using server = await startLocalServer(replies ?? {});
    await expect(prepare("ollama", replies === null ? NOBODY : `${server.root}/v1`)).rejects.toMatchObject({
      kind: "notRunning",
      message:
        "No running Ollama server detected. Start it with: `ollama serve` (after installing). Install instructions: https://github.com/ollama/ollama?tab=readme-ov-file#ollama",
    });
  });

  it.each<[string, Record<string, Reply>]>([
    ["an error", { "GET /api/tags": { status: 500 } }],
    ["something that is no list", { "GET /api/tags": { status: 200, body: "<html>" } }],
  ])("goes on with a warning when the list of models is %s", async (_, tags) => {
    await using server = await startLocalServer({ ...running, ...tags });
    const { warnings } = await prepare("ollama-chat", `${server.root}/v1`);
    expect(warnings).toEqual(["Could not list Ollama's models: its answer is not a list"]);
    expect(server.asked.some((name) => name.includes("pull"))).toBe(false);
  });

  it("stops when the signal says so", async () => {
    await expect(prepare("ollama", NOBODY, AbortSignal.abort(new Error("stop")))).rejects.toThrow("stop");
  });
});

describe("addresses and versions", () => {
  it.each([
    ["http://h:1/v1", "http://h:1", "http://h:1/v1/models"],
    ["http://h:1/v1/", "http://h:1", "http://h:1/v1/models"],
    ["http://h:1", "http://h:1", "http://h:1/api/tags"],
    ["http://h:1/x/", "http://h:1/x", "http://h:1/x/api/tags"],
  ])("%s", (base, root, probe) => {
    expect(ollamaRoot(base)).toBe(root);
    expect(ollamaProbeUrl(base)).toBe(probe);
  });

  it.each([
    ["0.13.4", "0.13.4", 0],
    ["0.13.10", "0.13.4", 1],
    ["0.9.9", "0.13.4", -1],
    ["1.0.0", "0.13.4", 1],
  ])("%s against %s", (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
    expect(speaksResponses(a)).toBe(sign >= 0);
  });
});

it("shows the total once and then one line written over", () => {
  const GB = 1024 ** 3;
  const texts: string[] = [];
  let now = 0;
  const show = progressPrinter(
    (text) => void texts.push(text),
    () => now,
  );
  const at = (ms: number, status: string, completed: number): void => {
    now = ms;
    show({ status, totalBytes: completed < 0 ? 0 : 10 * GB, completedBytes: completed });
  };
  at(0, "pulling manifest", -1);
  at(1000, "pulling", GB);
  at(1050, "pulling", 1.1 * GB);
  at(2000, "pulling", 2.5 * GB);
  at(2010, "success", 10 * GB);
  expect(texts).toEqual([
    "Downloading model: total 10.00 GB\n",
    "\r1.00/10.00 GB (10.0%) 1024.0 MB/s",
    "\r2.50/10.00 GB (25.0%) 1280.0 MB/s",
    "\r10.00/10.00 GB (100.0%) 5094.5 MB/s\n",
  ]);
});
