/** Makes fetch use the proxies that the environment names. */

import { ModelError } from "../errors/model-error.js";
import type { Environment } from "./headers.js";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What the runtime can do about proxies. */
export interface ProxyRuntime {
  /** Whether fetch reads the environment by itself. */
  readsEnvironment: boolean;
  /** Makes all requests of the process use the proxies of an environment; null when the runtime cannot. */
  setGlobalProxy: () => Promise<((env: Environment) => unknown) | null>;
}

const nodeRuntime: ProxyRuntime = {
  readsEnvironment: process.versions["bun"] !== undefined,
  setGlobalProxy: async () => {
    const http: { setGlobalProxyFromEnv?: (env: Environment) => unknown } = await import("node:http");
    return http.setGlobalProxyFromEnv ?? null;
  },
};

/**
 * Bun's fetch reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY itself. Node's does so when told to: here, on first use, for the
 * whole process. A Node that cannot be told (before 24.14) is refused rather than let past the proxy.
 */
export function environmentFetch(env: Environment, runtime: ProxyRuntime = nodeRuntime): Fetch {
  if (runtime.readsEnvironment || !namesProxy(env)) return fetch;
  let ready: Promise<void> | null = null;
  return async (url, init) => {
    await (ready ??= useProxies(env, runtime));
    return await fetch(url, init);
  };
}

function namesProxy(env: Environment): boolean {
  return ["HTTP_PROXY", "HTTPS_PROXY"].some((name) => (env[name] ?? env[name.toLowerCase()] ?? "").trim() !== "");
}

async function useProxies(env: Environment, runtime: ProxyRuntime): Promise<void> {
  const set = await runtime.setGlobalProxy();
  if (set !== null) {
    set(env);
    return;
  }
  if (env["NODE_USE_ENV_PROXY"] === "1") return;
  throw new ModelError(
    "unsupported",
    `The environment names a proxy, which Node ${process.versions.node} does not use by itself. Set NODE_USE_ENV_PROXY=1 (Node 22.21 or newer), use Node 24.14 or newer, or unset the proxy.`,
  );
}
