/** The commands of a thread that live on between calls: found by number, limited in number, ended with the thread. */

import type { TerminalSession } from "./terminal-session.js";

/** Sessions that are kept; one more, and the least useful has to go. */
export const MAX_SESSIONS = 64;
/** From so many on the model is told to tidy up. */
export const WARNING_SESSIONS = 60;
/** Of the sessions, so many that were used last are never chosen. */
const PROTECTED_SESSIONS = 8;
/** Numbers of sessions that are gone are remembered with the reason, so many of them. */
const REMEMBERED = 256;
const FIRST_ID = 1_000;
const LAST_ID = 99_999;

/** The sessions of one thread. */
export class TerminalSessions {
  /** Least recently used first. */
  readonly #sessions = new Map<number, TerminalSession>();
  readonly #gone = new Map<number, string>();

  get size(): number {
    return this.#sessions.size;
  }

  /** A number that no live session has. */
  newId(): number {
    for (;;) {
      const id = FIRST_ID + Math.floor(Math.random() * (LAST_ID + 1 - FIRST_ID));
      if (!this.#sessions.has(id)) return id;
    }
  }

  /** Keeps a session. @returns the one that had to go for it; null: there was room */
  add(session: TerminalSession): TerminalSession | null {
    const pruned = this.#sessions.size >= MAX_SESSIONS ? this.#leastUseful() : null;
    if (pruned !== null) {
      this.forget(
        pruned.id,
        pruned.end === null ? "it was ended to make room for newer sessions" : "it had ended by itself",
      );
      pruned.kill();
    }
    this.#gone.delete(session.id);
    this.#sessions.set(session.id, session);
    return pruned;
  }

  /** The session, which counts as used now; null: there is none. */
  use(id: number): TerminalSession | null {
    const session = this.#sessions.get(id);
    if (session === undefined) return null;
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    return session;
  }

  /** @param why told to the model when it asks for the session again */
  forget(id: number, why: string): void {
    this.#sessions.delete(id);
    this.#gone.set(id, why);
    for (const oldest of this.#gone.keys()) {
      if (this.#gone.size <= REMEMBERED) break;
      this.#gone.delete(oldest);
    }
  }

  /** Why a session is gone; null: it never was. */
  whyGone(id: number): string | null {
    return this.#gone.get(id) ?? null;
  }

  /** Ends all sessions and waits until they are over. */
  async close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    for (const session of sessions) {
      this.forget(session.id, "it was ended with its thread");
      session.kill();
    }
    await Promise.all(sessions.map((session) => session.ended));
  }

  /** Of those not used lately: one that has ended, else the one that was not used for the longest time. */
  #leastUseful(): TerminalSession | null {
    const candidates = [...this.#sessions.values()].slice(0, -PROTECTED_SESSIONS);
    return candidates.find((session) => session.end !== null) ?? candidates[0] ?? null;
  }
}
