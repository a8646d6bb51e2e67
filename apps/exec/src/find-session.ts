/** Finds the session file that a run goes on with. */

import { findRollout, findRollouts, listRollouts, type RolloutSummary, threadsNamed } from "@codex-ts/rollout";
import { firstLine } from "./human/sanitise.js";

/** Nothing fits; the message says what was looked for. */
export class SessionNotFoundError extends Error {
  override readonly name = "SessionNotFoundError";
}

/** Which session is meant. */
export type SessionChoice =
  /** By its id, as much of it as one session alone begins with, or its name; in this order. */
  | { kind: "word"; word: string }
  /** The newest of a provider; `cwd` null: of any folder. */
  | { kind: "last"; cwd: string | null; provider: string };

/** Path of the session's file. @throws {SessionNotFoundError} */
export async function findSession(codexHome: string, choice: SessionChoice): Promise<string> {
  return choice.kind === "word" ? await byWord(codexHome, choice.word) : await newest(codexHome, choice);
}

// helpers

/** Fewer characters of an id are more likely a slip than a choice. */
const SHORTEST_PREFIX = 4;

async function byWord(codexHome: string, word: string): Promise<string> {
  const path =
    findRollout({ codexHome, id: word }) ??
    only(await byPrefix(codexHome, word.toLowerCase()), `Several sessions begin with ${word}`) ??
    only(await byName(codexHome, word), `Several sessions have the name ${word}; take the id of one`);
  if (path !== null) return path;
  throw new SessionNotFoundError(
    `No session with id or name ${word} in ${codexHome}/sessions. --last takes the newest one.`,
  );
}

/** What is told of a session when several fit. */
type Candidate = Pick<RolloutSummary, "id" | "path" | "preview">;

/** null when there is none. @throws {SessionNotFoundError} there are several */
function only(found: readonly Candidate[], severalFit: string): string | null {
  if (found.length > 1) {
    const rows = found.map(({ id, preview }) => `  ${id}  ${firstLine(preview).slice(0, 60)}`);
    throw new SessionNotFoundError(`${severalFit}:\n${rows.join("\n")}`);
  }
  return found[0]?.path ?? null;
}

async function byPrefix(codexHome: string, prefix: string): Promise<Candidate[]> {
  if (prefix.length < SHORTEST_PREFIX || !/^[0-9a-f-]+$/.test(prefix)) return [];
  return await sessionsThat(codexHome, (id) => id.startsWith(prefix));
}

/** Also sessions in which nobody has spoken yet, which lists do not have; not those that are archived or gone. */
async function byName(codexHome: string, name: string): Promise<Candidate[]> {
  const ids = threadsNamed(codexHome, name);
  const paths = findRollouts({ codexHome, ids });
  const named = ids.flatMap((id) => {
    const path = paths.get(id);
    return path === undefined ? [] : [{ id, path, preview: "" }];
  });
  if (named.length < 2) return named;
  const listed = await sessionsThat(codexHome, (id) => paths.has(id));
  return named.map((candidate) => listed.find(({ path }) => path === candidate.path) ?? candidate);
}

/** @param fits asked with ids in lower case */
async function sessionsThat(codexHome: string, fits: (id: string) => boolean): Promise<Candidate[]> {
  const page = await listRollouts({
    codexHome,
    pageSize: Number.POSITIVE_INFINITY,
    sources: "all",
    fits: ({ id }) => fits(id.toLowerCase()),
  });
  return page.sessions;
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
