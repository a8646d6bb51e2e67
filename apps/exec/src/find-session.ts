/** Finds the session file that a run goes on with. */

import { findRollout, listRollouts } from "@codex-ts/rollout";

/** Nothing fits; the message says what was looked for. */
export class SessionNotFoundError extends Error {
  override readonly name = "SessionNotFoundError";
}

/** Which session is meant. */
export type SessionChoice =
  | { kind: "id"; id: string }
  /** The newest of a provider; `cwd` null: of any folder. */
  | { kind: "last"; cwd: string | null; provider: string };

/** Path of the session's file. @throws {SessionNotFoundError} */
export async function findSession(codexHome: string, choice: SessionChoice): Promise<string> {
  if (choice.kind === "id") {
    const path = findRollout({ codexHome, id: choice.id });
    if (path === null) {
      throw new SessionNotFoundError(
        `No session with id ${choice.id} in ${codexHome}/sessions. List yours with: codex resume --all`,
      );
    }
    return path;
  }
  const page = await listRollouts({
    sources: ["cli", "vscode", "exec", "appServer"],
    codexHome,
    pageSize: 1,
    sort: "updated_at",
    providers: [choice.provider],
    ...(choice.cwd === null ? {} : { cwd: choice.cwd }),
  });
  const newest = page.sessions[0];
  if (newest === undefined) {
    const where = choice.cwd === null ? "" : ` in ${choice.cwd}; --all looks in every folder`;
    throw new SessionNotFoundError(`There is no session of provider ${choice.provider} to resume${where}.`);
  }
  return newest.path;
}
