/** What `codex login status` says. */

import type { StoredLogin } from "../stored/stored-login.js";

/** The sentence, and whether somebody is logged in. */
export interface LoginStatus {
  readonly loggedIn: boolean;
  readonly message: string;
}

/** Describes the stored login; CODEX_API_KEY has no part in it. */
export function loginStatus(login: StoredLogin | null): LoginStatus {
  if (login === null) {
    return { loggedIn: false, message: "Not logged in" };
  }
  const message =
    login.mode === "apiKey" ? `Logged in using an API key - ${maskKey(login.apiKey)}` : "Logged in using ChatGPT";
  return { loggedIn: true, message };
}

/** The first 8 and the last 5 characters; nothing of keys that are too short to hide in between. */
export function maskKey(key: string): string {
  return key.length <= 13 ? "***" : `${key.slice(0, 8)}***${key.slice(-5)}`;
}
