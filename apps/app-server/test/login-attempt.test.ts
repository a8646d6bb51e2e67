import { describe, expect, it } from "vitest";
import type { BrowserLogin } from "@codex-ts/auth";
import { LoginAttempts } from "../src/server/login-attempt.js";

describe("sign-ins that begin at the same time", () => {
  it("come one after the other: the second replaces the first", async () => {
    const attempts = new LoginAttempts();
    const ended: string[] = [];
    let open = 0;
    const start = async (): Promise<BrowserLogin> => {
      open += 1;
      expect(open).toBe(1); // they need the same port
      const done = Promise.withResolvers<void>();
      return {
        authUrl: "",
        port: 0,
        done: done.promise.finally(() => (open -= 1)),
        cancel: () => {
          done.reject(new Error("Login cancelled"));
          return true;
        },
      };
    };
    const begin = async (name: string): Promise<string> => {
      const { loginId } = await attempts.begin(start, ({ success, error }) =>
        ended.push(`${name} ${success} ${error}`),
      );
      return loginId;
    };
    const [first, second] = await Promise.all([begin("first"), begin("second")]);
    expect(ended).toEqual(["first false Login server error: Login was not completed"]);
    expect([attempts.cancel(first), attempts.cancel(second)]).toEqual([false, true]);
  });

  it("are not kept from beginning by one that could not", async () => {
    const attempts = new LoginAttempts();
    const refused = attempts.begin(
      () => Promise.reject(new Error("the port is taken")),
      () => undefined,
    );
    await expect(refused).rejects.toThrow("the port is taken");
    const login = { authUrl: "url", port: 0, done: Promise.withResolvers<void>().promise, cancel: () => true };
    expect(
      await attempts.begin(
        async () => login,
        () => undefined,
      ),
    ).toMatchObject({ authUrl: "url" });
  });
});

describe("a sign-in that is cancelled too late", () => {
  it("is not said to be cancelled", async () => {
    const attempts = new LoginAttempts();
    const kept = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<boolean>();
    const { loginId } = await attempts.begin(
      async () => ({ authUrl: "", port: 0, done: kept.promise, cancel: () => false }),
      ({ success }) => ended.resolve(success),
    );
    expect(attempts.cancel(loginId)).toBe(false);
    kept.resolve();
    expect(await ended.promise).toBe(true);
  });
});
