import { describe, expect, it } from "vitest";
import { noProviderError, prepareLocalModel, runningServers } from "../src/index.js";
import { NOBODY, provider, startLocalServer } from "./local-server.js";

const signal = new AbortController().signal;

describe("a run that does not say which local provider it means", () => {
  it("fails for a run that cannot ask, as the reference does, and names what was found running", () => {
    const text =
      "No default OSS provider configured. Use --local-provider=provider or set oss_provider to one of: lmstudio, ollama, ollama-chat in config.toml";
    expect(noProviderError([])).toMatchObject({ kind: "noProvider", message: text });
    expect(noProviderError(["lmstudio", "ollama"]).message).toBe(
      `${text}. Found running: LM Studio (lmstudio), Ollama (ollama or ollama-chat)`,
    );
  });
});

describe("what runs", () => {
  const both = (lmstudio: string, ollama: string): ReturnType<typeof runningServers> =>
    runningServers(
      [
        provider("lmstudio", lmstudio),
        provider("ollama", ollama),
        provider("ollama-chat", ollama),
        provider("openai", NOBODY),
      ],
      { fetch, signal },
    );

  it("is found by asking", async () => {
    await using server = await startLocalServer({ "GET /v1/models": { json: {} } });
    const url = `${server.root}/v1`;
    expect(await both(NOBODY, url)).toEqual(["ollama"]);
    expect(await both(url, NOBODY)).toEqual(["lmstudio"]);
    expect(await both(url, url)).toEqual(["lmstudio", "ollama"]);
    expect(await both(NOBODY, NOBODY)).toEqual([]);
  });
});

it("has nothing to prepare for other providers", async () => {
  const options = {
    model: "m",
    fetch: async () => {
      throw new Error("asked");
    },
    signal,
    onProgress: () => {},
    onDeprecation: () => {},
    onWarning: () => {},
    lms: { env: {}, home: "/", platform: "linux" as const, run: async () => 1 },
  };
  await (
    await prepareLocalModel({ ...options, provider: provider("openai", NOBODY) })
  ).loading;
  await (
    await prepareLocalModel({ ...options, provider: provider("ollama", null) })
  ).loading;
});
