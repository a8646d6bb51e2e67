import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { chatgptJson, fakeIssuer, idToken, tempHome } from "./issuer.js";

const bun = join(import.meta.dirname, "../../../node_modules/.bin/bun");
const program = join(import.meta.dirname, "fixtures/renew.ts");

it.skipIf(!existsSync(bun))(
  "processes that renew at the same time spend the refresh token once (needs bun)",
  async () => {
    const home = tempHome();
    writeFileSync(join(home, "auth.json"), chatgptJson("access-1", new Date()));
    const issuer = await fakeIssuer((_request, index) =>
      index === 0
        ? { json: { id_token: idToken("acc-1"), access_token: "access-2", refresh_token: "refresh-2" } }
        : { status: 401, json: { error: { code: "refresh_token_reused" } } },
    );
    const start = async () => {
      const env = { ...process.env, CODEX_REFRESH_TOKEN_URL_OVERRIDE: issuer.url };
      const child = spawn(bun, ["--conditions=@codex-ts/source", program, home], {
        stdio: ["pipe", "pipe", "inherit"],
        env,
      });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      expect((await lines.next()).value).toBe("ready");
      return {
        go: () => child.stdin.write("go\n"),
        result: async (): Promise<string> => String((await lines.next()).value),
      };
    };
    const children = await Promise.all([start(), start(), start(), start()]);
    for (const child of children) {
      child.go();
    }
    const results = await Promise.all(children.map((child) => child.result()));
    expect(results).toEqual(Array(4).fill('["access-1","retry","access-2"]'));
    expect(issuer.seen).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(home, "auth.json"), "utf8"))).toMatchObject({
      tokens: { refresh_token: "refresh-2" },
    });
  },
);
