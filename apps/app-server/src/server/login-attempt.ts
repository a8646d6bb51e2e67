/** The sign-in in the browser that is under way: one at a time, a new one replaces it. */

import { randomUUID } from "node:crypto";
import type { BrowserLogin } from "@codex-ts/auth";
import { messageOf } from "../router/rpc-error.js";

/** How an attempt ended. */
export interface LoginOutcome {
  loginId: string;
  success: boolean;
  error: string | null;
}

/** At most one attempt. */
export class LoginAttempts {
  #current: { id: string; login: BrowserLogin } | null = null;
  /** The last beginning, whatever became of it: the next one waits for it. */
  #begun: Promise<unknown> = Promise.resolve();

  /**
   * Replaces the attempt under way.
   * @param onEnd told once
   * @throws what starting throws
   */
  begin(
    start: () => Promise<BrowserLogin>,
    onEnd: (outcome: LoginOutcome) => void,
  ): Promise<{ loginId: string; authUrl: string }> {
    const beginning = this.#begun.then(() => this.#begin(start, onEnd));
    this.#begun = beginning.catch(() => undefined); // the caller is told
    return beginning;
  }

  async #begin(
    start: () => Promise<BrowserLogin>,
    onEnd: (outcome: LoginOutcome) => void,
  ): Promise<{ loginId: string; authUrl: string }> {
    this.#current?.login.cancel();
    await this.#current?.login.done.catch(() => undefined); // its own listener was told
    const login = await start();
    const loginId = randomUUID();
    this.#current = { id: loginId, login };
    login.done.then(
      () => this.#end({ loginId, success: true, error: null }, onEnd),
      (error: unknown) => this.#end({ loginId, success: false, error: failureText(error) }, onEnd),
    );
    return { loginId, authUrl: login.authUrl };
  }

  /** @returns false when no attempt of that id is under way, or its login stands already */
  cancel(loginId: string): boolean {
    return this.#current?.id === loginId && this.#current.login.cancel();
  }

  #end(outcome: LoginOutcome, onEnd: (outcome: LoginOutcome) => void): void {
    if (this.#current?.id === outcome.loginId) this.#current = null;
    onEnd(outcome);
  }
}

function failureText(error: unknown): string {
  const message = messageOf(error);
  if (message === "Login timed out") return message;
  return `Login server error: ${message === "Login cancelled" ? "Login was not completed" : message}`;
}
