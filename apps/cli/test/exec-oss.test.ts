/** `codex exec --oss`: which local server is meant, that its model is made ready, and what is said when it cannot be. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { executable, runCodex, tempHome, type RunResult } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

interface LocalServer extends AsyncDisposable {
  port: number;
  asked: string[];
  models: string[];
}

/** A stand-in for Ollama and LM Studio: it has `models`, gives others when they are pulled, and answers every request. */
async function startLocal(models: string[]): Promise<LocalServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void answer(request, response, models);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    asked,
    models,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, models: string[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const json = (value: unknown): void => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  switch (request.url) {
    case "/v1/models":
      return json({ data: models.map((id) => ({ id })) });
    case "/api/version":
      return json({ version: "0.13.4" });
    case "/api/tags":
      return json({ models: models.map((name) => ({ name })) });
    case "/api/pull":
      response.write(`${JSON.stringify({ status: "pulling", digest: "a", total: 2 ** 30, completed: 2 ** 29 })}\n`);
      response.end(`${JSON.stringify({ status: "success" })}\n`);
      return;
    case "/v1/responses": {
      const { model } = JSON.parse(Buffer.concat(chunks).toString()) as { model: string };
      const item = {
        type: "message",
        role: "assistant",
        id: "m",
        content: [{ type: "output_text", text: `I am ${model}.` }],
      };
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const event of [
        { type: "response.output_item.done", output_index: 0, item },
        { type: "response.completed", response: { id: "r" } },
      ]) {
        response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      }
      response.end();
      return;
    }
    default:
      response.writeHead(404).end();
  }
}

async function exec(args: string[], options: { config?: string; port?: number } = {}): Promise<RunResult> {
  using home = tempHome({ config: `${options.config ?? ""}\n[features]\nremote_models = false\n` });
  const env = { ...home.env, CODEX_OSS_PORT: String(options.port ?? 9) };
  return await runCodex(executable(), ["exec", ...args], { cwd: home.workspace, env });
}

describe("exec --oss", () => {
  it("uses the provider that is named and its default model", async () => {
    await using server = await startLocal(["gpt-oss:20b"]);
    const result = await exec(["--oss", "--local-provider", "ollama", "hello"], server);
    expect(result).toMatchObject({ code: 0, stdout: "I am gpt-oss:20b.\n" });
    expect(server.asked).not.toContain("POST /api/pull");
  });

  it("downloads a model that is not there, and says so in finished lines", async () => {
    await using server = await startLocal([]);
    const result = await exec(["--oss", "--local-provider", "ollama", "-m", "tiny", "hello"], server);
    expect(result).toMatchObject({ code: 0, stdout: "I am tiny.\n" });
    expect(result.stderr).toContain("Downloading model: total 1.00 GB\n");
    expect(result.stderr).not.toContain("\r");
    expect(server.asked).toContain("POST /api/pull");
  });

  it.each([
    { where: "config.toml", config: 'oss_provider = "lmstudio"' },
    { where: "the profile", config: 'oss_provider = "ollama"\nprofile = "p"\n[profiles.p]\noss_provider = "lmstudio"' },
  ])("takes the provider of $where", async ({ config }) => {
    await using server = await startLocal(["openai/gpt-oss-20b"]);
    const result = await exec(["--oss", "hello"], { config, port: server.port });
    expect(result).toMatchObject({ code: 0, stdout: "I am openai/gpt-oss-20b.\n" });
  });

  const MISSING =
    "Error: No default OSS provider configured. Use --local-provider=provider or set oss_provider to one of: lmstudio, ollama, ollama-chat in config.toml";

  it("without a provider says which could be meant, and which of them runs", async () => {
    expect(await exec(["--oss", "hello"])).toMatchObject({ code: 1, stdout: "", stderr: `${MISSING}\n` });
    await using server = await startLocal([]);
    const { stderr } = await exec(["--oss", "hello"], server);
    expect(stderr).toMatch(/in config\.toml\. Found running: .*Ollama \(ollama or ollama-chat\)/);
  });

  it.each([
    {
      provider: "ollama",
      stderr:
        "Error: OSS setup failed: OSS setup failed: No running Ollama server detected. Start it with: `ollama serve` (after installing). Install instructions: https://github.com/ollama/ollama?tab=readme-ov-file#ollama\n",
    },
    {
      provider: "lmstudio",
      stderr:
        "Error: OSS setup failed: OSS setup failed: LM Studio is not responding. Install from https://lmstudio.ai/download and run 'lms server start'.\n",
    },
    { provider: "bogus", stderr: "Error: Model provider `bogus` not found\n" },
  ])("a server of $provider that does not run ends the run before it begins", async ({ provider, stderr }) => {
    const result = await exec(["--oss", "--local-provider", provider, "hello"]);
    expect(result).toMatchObject({ code: 1, stdout: "", stderr });
  });
});
