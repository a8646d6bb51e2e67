/** Reads from what `git apply` prints which files it changed, left alone, or left with conflicts. Pure. */

/** Paths relative to the repository's root, sorted, each in one list only. */
export interface ApplyOutcome {
  applied: string[];
  skipped: string[];
  conflicted: string[];
}

type Kind = keyof ApplyOutcome;

/** What a line says of the path in it. First match counts; letter case does not. */
const LINES: readonly (readonly [RegExp, Kind | null])[] = [
  [/^Checking patch (.+?)\.\.\.$/i, null],
  [/^Applied patch (?:to )?(.+?) cleanly\.?$/i, "applied"],
  [/^Applied patch (?:to )?(.+?) with conflicts\.?$/i, "conflicted"],
  [/^Applying patch (.+?) with \d+ rejects?\.{0,3}$/i, "conflicted"],
  [/^U (.+)$/i, "conflicted"],
  [/^(?:warning: )?Cannot merge binary files: (.+?) \(ours vs\. theirs\)$/i, "conflicted"],
  [/^error: patch failed: (.+?)(?::\d+)?$/i, "skipped"],
  [/^error: path (.+?) has been renamed\/deleted$/i, "skipped"],
  [/^error: cannot apply binary patch to (.+?) without full index line$/i, "skipped"],
  [/^error: binary patch does not apply to (.+)$/i, "skipped"],
  [/^error: binary patch to (.+?) creates incorrect result\b.*$/i, "skipped"],
  [/^error: cannot read the current contents of (.+)$/i, "skipped"],
  [/^error: (.+?): patch does not apply$/i, "skipped"],
  [/^error: (.+?): does not match index$/i, "skipped"],
  [/^error: (.+?):? does not exist in index$/i, "skipped"],
  [/^error: (.+?):? already exists in (?:the )?working directory$/i, "skipped"],
  [/^Skipped patch (.+?)\.?$/i, "skipped"],
];

/** Lines that mean the last path named. */
const ABOUT_THE_LAST = [
  /^Failed to perform three-way merge\.\.\.$/i,
  /^(?:error: )?repository lacks the necessary blob to perform 3-way merge\.?$/i,
];

/** @param output standard output and error, one after the other */
export function parseApplyOutput(output: string): ApplyOutcome {
  const said = new Map<string, Kind>();
  let last: string | null = null;
  for (const raw of output.split(/\r?\n/)) {
    const line = raw.trim();
    if (ABOUT_THE_LAST.some((pattern) => pattern.test(line))) {
      if (last !== null) say(last, "skipped");
      continue;
    }
    for (const [pattern, kind] of LINES) {
      const name = pattern.exec(line)?.[1];
      if (name === undefined) continue;
      last = unquoted(name);
      if (kind !== null) say(last, kind);
      break;
    }
  }
  return { applied: paths("applied"), skipped: paths("skipped"), conflicted: paths("conflicted") };

  function say(path: string, kind: Kind): void {
    const before = said.get(path);
    if (before === undefined || WEIGHT[kind] > WEIGHT[before]) said.set(path, kind);
  }

  function paths(kind: Kind): string[] {
    return [...said].flatMap(([path, found]) => (found === kind ? [path] : [])).toSorted();
  }
}

const WEIGHT: Readonly<Record<Kind, number>> = { conflicted: 3, applied: 2, skipped: 1 };

/** Paths a diff names in its `diff --git a/X b/Y` lines, without `a/`, `b/` and `/dev/null`; sorted. */
export function pathsInDiff(diff: string): string[] {
  const paths = new Set<string>();
  for (const line of diff.split(/\r?\n/)) {
    if (!line.startsWith("diff --git ")) continue;
    for (const name of twoNames(line.slice("diff --git ".length))) {
      const path = unquoted(name);
      if (path !== "/dev/null" && path !== "") paths.add(path.replace(/^[ab]\//, ""));
    }
  }
  return [...paths].toSorted();
}

/** Names with blanks are not quoted; then both halves are equal up to their prefix. */
function twoNames(text: string): string[] {
  const quoted = /^("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*"|\S+)$/.exec(text);
  if (quoted?.[1] !== undefined && quoted[2] !== undefined) return [quoted[1], quoted[2]];
  const half = (text.length - 1) / 2;
  if (Number.isInteger(half) && text[half] === " " && text.slice(2, half) === text.slice(half + 3)) {
    return [text.slice(0, half), text.slice(half + 1)];
  }
  const at = text.indexOf(" b/");
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + 1)];
}

const ESCAPED: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Takes quotes off; inside double quotes C escapes are bytes of UTF-8. */
export function unquoted(name: string): string {
  if (name.length >= 2 && name.startsWith("'") && name.endsWith("'")) return name.slice(1, -1);
  if (name.length < 2 || !name.startsWith('"') || !name.endsWith('"')) return name;
  const bytes: Buffer[] = [];
  for (const match of name.slice(1, -1).matchAll(/\\([0-7]{1,3})|\\(.)|([^\\]+)/gs)) {
    const [, octal, char, plain] = match;
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8) & 0xff]));
    else if (char !== undefined)
      bytes.push(ESCAPED[char] === undefined ? Buffer.from(char) : Buffer.from([ESCAPED[char]]));
    else bytes.push(Buffer.from(plain ?? ""));
  }
  return Buffer.concat(bytes).toString();
}
