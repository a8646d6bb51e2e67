import { describe, expect, it } from "vitest";
import {
  defaultLocalModel,
  isLocalProvider,
  noProviderError,
  prepareLocalModel,
  providerFor,
  requestedProvider,
  runningServers,
} from "../src/index.js";
import { NOBODY, provider, startLocalServer } from "./local-server.js";

const signal = new AbortController().signal;

describe("which local provider --oss means", () => {
  it.each([
    ["ollama", "lmstudio", "ollama"],
    [null, "lmstudio", "lmstudio"],
    ["bogus", null, "bogus"],
    [null, null, null],
  ])("flag %s, configured %s: %s", (flag, configured, expected) => {
    expect(requestedProvider({ flag, configured })).toBe(expected);
  });

  it.each([
    ["ollama", "gpt-oss:20b"],
    ["ollama-chat", "gpt-oss:20b"],
    ["lmstudio", "openai/gpt-oss-20b"],
  ] as const)("%s has a default model", (id, model) => {
    expect(isLocalProvider(id)).toBe(true);
    expect(defaultLocalModel(id)).toBe(model);
  });

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

  it.each([
    ["0.13.4", "ollama"],
    ["0.12.0", "ollama-chat"],
    [5, "ollama"],
  ])("Ollama %s is spoken to as %s", async (version, id) => {
    await using server = await startLocalServer({ "GET /api/version": { json: { version } } });
    expect(await providerFor("ollama", `${server.root}/v1`, { fetch, signal })).toBe(id);
  });

  it("LM Studio has one way to be spoken to", async () => {
    expect(await providerFor("lmstudio", NOBODY, { fetch, signal })).toBe("lmstudio");
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
