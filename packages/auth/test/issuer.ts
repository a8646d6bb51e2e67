/** A fake issuer on this machine, and tokens as it would give them. */

import { createServer, type IncomingHttpHeaders } from "node:http";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) {
    cleanup();
  }
});

/** A request that the issuer got. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the issuer answers. */
export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
}

/** A running issuer. */
export interface Issuer {
  readonly url: string;
  readonly seen: Seen[];
}

/** Starts an issuer that answers as `reply` says. */
export async function fakeIssuer(reply: (request: Seen, index: number) => Answer | Promise<Answer>): Promise<Issuer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const each = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
      seen.push(each);
      void Promise.resolve(reply(each, seen.length - 1)).then(({ status = 200, json, text }) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(text ?? JSON.stringify(json ?? {}));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, seen };
}

/** An empty CODEX_HOME. */
export function tempHome(): string {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "codex-auth-")));
  cleanups.push(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** A JWT with a payload; nobody checks its signature. */
export function jwt(payload: unknown): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part(payload)}.c2ln`;
}

/** An id token of an account. */
export function idToken(account: string, more: Record<string, unknown> = {}): string {
  return jwt({
    email: "user@example.com",
    "https://api.openai.com/auth": {
      chatgpt_plan_type: "plus",
      chatgpt_user_id: "user-1",
      chatgpt_account_id: account,
      ...more,
    },
  });
}

/** auth.json of a ChatGPT login. */
export function chatgptJson(access: string, lastRefresh: Date, more: Record<string, unknown> = {}): string {
  return JSON.stringify(
    {
      OPENAI_API_KEY: null,
      tokens: { id_token: idToken("acc-1"), access_token: access, refresh_token: "refresh-1", account_id: "acc-1" },
      last_refresh: lastRefresh.toISOString(),
      ...more,
    },
    null,
    2,
  );
}
