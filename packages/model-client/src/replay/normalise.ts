/** Replaces what differs from machine to machine and run to run by names. Pure. */

/** Folders to be named. Longer paths are replaced first. */
export interface Places {
  workspace: string;
  home: string;
  /** The folder for temporary files, as the environment names it. */
  temporary?: string | undefined;
}

/** Each pattern and the name that stands for what it finds; in this order. */
const PATTERNS: readonly [RegExp, string][] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<id>"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, "<time>"],
  [/\b\d\d:\d\d:\d\d(\.\d+)?\b/g, "<time>"],
  [/\b(\d+(\.\d+)?)(\s?)(ns|µs|us|ms|s|sec|secs|seconds?|minutes?|m)\b/g, "<duration>"],
  [/\bduration_ms:? \d+(\.\d+)?/g, "duration_ms <duration>"],
  [/\b(session ID|Chunk ID:|process ID|pid:?) [0-9a-f]+\b/gi, "$1 <id>"],
  [/(127\.0\.0\.1|localhost|\[::1\]):\d+/g, "$1:<port>"],
  [/\/tmp\/[A-Za-z0-9._-]+/g, "<temporary>"],
];

/** The text with folders, ids, durations, clock times and local ports replaced by names. */
export function normalise(text: string, places: Places): string {
  const folders = [
    [places.workspace, "<workspace>"],
    [places.temporary ?? "", "<temporary>"],
    [places.home, "<home>"],
  ] as const;
  const longestFirst = folders.filter(([path]) => path.length > 1).sort((a, b) => b[0].length - a[0].length);
  const named = longestFirst.reduce((result, [path, name]) => result.replaceAll(path, name), text);
  return PATTERNS.reduce((result, [pattern, name]) => result.replace(pattern, name), named);
}

/** Keys, tokens and the like, by their shape. */
const SECRETS: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  /\b(ghp|gho|ghs|github_pat|glpat|xox[abp])[-_][A-Za-z0-9_-]{16,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /(?<=\bBearer )[A-Za-z0-9._~+/=-]{16,}/g,
];

/** The text without secrets: those given, and what looks like one. */
export function withoutSecrets(text: string, known: readonly string[]): string {
  const clean = known.reduce((result, secret) => result.replaceAll(secret, "<secret>"), text);
  return SECRETS.reduce((result, pattern) => result.replace(pattern, "<secret>"), clean);
}
