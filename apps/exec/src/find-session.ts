/** Finds the session file that a run goes on with. */

import { findRollout, listRollouts, type RolloutSummary } from "@codex-ts/rollout";

/** Nothing fits; the message says what was looked for. */
export class SessionNotFoundError extends Error {
  override readonly name = "SessionNotFoundError";
}

/** Which session is meant. */
export type SessionChoice =
  /** By its id, or as much of it as one session alone begins with. */
  | { kind: "id"; id: string }
  /** The newest of a provider; `cwd` null: of any folder. */
  | { kind: "last"; cwd: string | null; provider: string };

/** Path of the session's file. @throws {SessionNotFoundError} */
export async function findSession(codexHome: string, choice: SessionChoice): Promise<string> {
  return choice.kind === "id" ? await byId(codexHome, choice.id) : await newest(codexHome, choice);
}

// helpers

/** Fewer characters of an id are more likely a slip than a choice. */
const SHORTEST_PREFIX = 4;

async function byId(codexHome: string, id: string): Promise<string> {
  const path = findRollout({ codexHome, id });
  if (path !== null) return path;
  const found = await byPrefix(codexHome, id.toLowerCase());
  const [only, ...others] = found;
  if (only === undefined) {
    throw new SessionNotFoundError(`No session with id ${id} in ${codexHome}/sessions. --last takes the newest one.`);
  }
  if (others.length > 0) {
    const rows = found.map(({ id: full, preview }) => `  ${full}  ${preview.split("\n")[0]?.slice(0, 60) ?? ""}`);
    throw new SessionNotFoundError(`Several sessions begin with ${id}:\n${rows.join("\n")}`);
  }
  return only.path;
}

async function byPrefix(codexHome: string, prefix: string): Promise<RolloutSummary[]> {
  if (prefix.length < SHORTEST_PREFIX || !/^[0-9a-f-]+$/.test(prefix)) return [];
  const found: RolloutSummary[] = [];
  let cursor: string | null = null;
  do {
    const page = await listRollouts({ codexHome, pageSize: 500, sources: "all", cursor });
    found.push(...page.sessions.filter(({ id }) => id.toLowerCase().startsWith(prefix)));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

async function newest(codexHome: string, { cwd, provider }: Extract<SessionChoice, { kind: "last" }>): Promise<string> {
  const page = await listRollouts({
    sources: ["cli", "vscode", "exec", "appServer"],
    codexHome,
    pageSize: 1,
    sort: "updated_at",
    providers: [provider],
    ...(cwd === null ? {} : { cwd }),
  });
  const [session] = page.sessions;
  if (session === undefined) {
    const where = cwd === null ? "" : ` in ${cwd}; --all looks in every folder`;
    throw new SessionNotFoundError(`There is no session of provider ${provider} to resume${where}.`);
  }
  return session.path;
}
