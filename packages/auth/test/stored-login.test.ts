import { describe, expect, it } from "vitest";
import { readClaims, StoredLoginError, TokenFormatError } from "../src/index.js";
import { loginJson, parseLogin } from "../src/stored/stored-login.js";
import { chatgptJson, idToken, jwt } from "./issuer.js";

const tokens = { id_token: idToken("acc-1"), access_token: "a", refresh_token: "r", account_id: "acc-1" };
const mode = (content: unknown): string | null => parseLogin(JSON.stringify(content))?.mode ?? null;

describe("auth.json", () => {
  it.each([
    ["nothing", {}, null],
    ["a null key", { OPENAI_API_KEY: null }, null],
    ["a blank key", { OPENAI_API_KEY: " " }, null],
    ["a key", { OPENAI_API_KEY: "sk" }, "apiKey"],
    ["tokens", { OPENAI_API_KEY: null, tokens }, "chatgpt"],
    ["a key and tokens, as the original reads them", { OPENAI_API_KEY: "sk", tokens }, "apiKey"],
    ["a key and tokens of a login that we made", { auth_mode: "chatgpt", OPENAI_API_KEY: "sk", tokens }, "chatgpt"],
    ["a key and the mode of a login that is gone", { auth_mode: "chatgpt", OPENAI_API_KEY: "sk" }, "apiKey"],
    ["a key and its mode", { auth_mode: "apikey", OPENAI_API_KEY: "sk", tokens }, "apiKey"],
  ])("with %s", (_name, content, expected) => {
    expect(mode(content)).toBe(expected);
  });

  it.each([
    ["{", StoredLoginError],
    ["[]", StoredLoginError],
    [JSON.stringify({ tokens: { ...tokens, access_token: undefined } }), StoredLoginError],
    [JSON.stringify({ tokens: { ...tokens, id_token: "a.b" } }), TokenFormatError],
    [JSON.stringify({ tokens: { ...tokens, id_token: "a..c" } }), TokenFormatError],
    [JSON.stringify({ tokens: { ...tokens, id_token: "a.b+.c" } }), TokenFormatError],
    [JSON.stringify({ tokens: { ...tokens, id_token: "a.bm90anNvbg.c" } }), TokenFormatError],
  ])("%s cannot be read", (text, type) => {
    expect(() => parseLogin(text)).toThrow(type);
  });

  it.each([
    ["a ChatGPT login", chatgptJson("a", new Date("2026-11-20T16:44:56.862Z"))],
    ["a login that was never renewed", JSON.stringify({ OPENAI_API_KEY: null, tokens }, null, 2)],
    [
      "an account without an id",
      JSON.stringify({ OPENAI_API_KEY: null, tokens: { ...tokens, account_id: null } }, null, 2),
    ],
    ["a key", JSON.stringify({ OPENAI_API_KEY: "sk" }, null, 2)],
    ["fields of a later version", JSON.stringify({ OPENAI_API_KEY: null, tokens, later: { a: 1 } }, null, 2)],
    [
      "a key with tokens behind it",
      JSON.stringify({ OPENAI_API_KEY: "sk", tokens, last_refresh: "2026-11-20T16:44:56.862Z" }, null, 2),
    ],
  ])("is written as it was read: %s", (_name, text) => {
    const login = parseLogin(text);
    expect(login === null ? null : JSON.parse(JSON.stringify(loginJson(login)))).toEqual(JSON.parse(text));
  });

  it("a key that came with a login does not make it an API key login when read again", () => {
    const login = parseLogin(chatgptJson("a", new Date(0)));
    const kept = login?.mode === "chatgpt" ? JSON.stringify(loginJson({ ...login, apiKey: "sk" })) : "";
    expect(parseLogin(kept)).toMatchObject({ mode: "chatgpt", apiKey: "sk" });
  });
});

describe("the claims of a token", () => {
  it("are read from their namespace", () => {
    const token = idToken("acc-1", {
      organization_id: "org",
      project_id: "proj",
      completed_platform_onboarding: true,
      is_org_owner: true,
    });
    expect(readClaims(token)).toEqual({
      email: "user@example.com",
      planType: "plus",
      userId: "user-1",
      accountId: "acc-1",
      organizationId: "org",
      projectId: "proj",
      completedOnboarding: true,
      isOrgOwner: true,
    });
  });

  it("may be missing", () => {
    expect(readClaims(jwt({ "https://api.openai.com/auth": { user_id: "older" } }))).toMatchObject({
      email: null,
      planType: null,
      userId: "older",
      accountId: null,
    });
    expect(readClaims(jwt("text"))).toMatchObject({ email: null });
  });
});
