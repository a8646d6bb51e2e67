import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { environmentFetch, type ProxyRuntime } from "../src/http/proxy.js";

const oldNode: ProxyRuntime = { readsEnvironment: false, setGlobalProxy: async () => null };

it("uses the proxy that the environment names, where Node can be told to", async () => {
  const asked: (string | undefined)[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url);
    response.end("from the proxy");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { setGlobalProxyFromEnv } = await import("node:http");
  let restore: () => void = () => {};
  const send = environmentFetch(
    { HTTP_PROXY: url },
    {
      readsEnvironment: false,
      setGlobalProxy: async () => (env) => {
        restore = setGlobalProxyFromEnv({ HTTP_PROXY: env["HTTP_PROXY"] });
      },
    },
  );
  const answer = await (await send("http://model.invalid/v1", {})).text();
  restore();
  proxy.closeAllConnections();
  proxy.close();
  expect(answer).toBe("from the proxy");
  expect(asked).toEqual(["http://model.invalid/v1"]);
});

it("refuses to go past a proxy that this Node cannot use, and says what helps", async () => {
  const send = environmentFetch({ https_proxy: "http://proxy.invalid" }, oldNode);
  await expect(send("https://model.invalid", {})).rejects.toMatchObject({
    kind: "unsupported",
    retryable: false,
    message: expect.stringContaining("NODE_USE_ENV_PROXY=1"),
  });
});

it.each<{ what: string; env: Record<string, string>; runtime: ProxyRuntime }>([
  { what: "nothing is named", env: { HTTP_PROXY: " " }, runtime: oldNode },
  {
    what: "the runtime reads the environment",
    env: { HTTP_PROXY: "http://p" },
    runtime: { ...oldNode, readsEnvironment: true },
  },
])("leaves fetch alone when $what", ({ env, runtime }) => {
  expect(environmentFetch(env, runtime)).toBe(fetch);
});
