/** Glob patterns as in gitignore(5), matched in bounded time whatever the pattern. Pure. */

/** A pattern for one path segment. */
export type SegmentGlob =
  | { kind: "literal"; text: string }
  /** `*` and then text without wildcards: by far the most common. */
  | { kind: "suffix"; text: string }
  | { kind: "tokens"; tokens: readonly Token[] };

type Token = { kind: "char"; char: string } | { kind: "any" } | { kind: "star" } | ClassToken;

interface ClassToken {
  kind: "class";
  negated: boolean;
  /** Inclusive, by code unit. */
  ranges: readonly (readonly [number, number])[];
}

/** Compiles a segment; `**` in it counts as `*`. */
export function compileSegment(pattern: string): SegmentGlob {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at] ?? "";
    if (char === "*") {
      if (tokens.at(-1)?.kind !== "star") tokens.push({ kind: "star" });
      at++;
    } else if (char === "?") {
      tokens.push({ kind: "any" });
      at++;
    } else if (char === "[") {
      const end = readClass(pattern, at, tokens);
      if (end === null) tokens.push({ kind: "char", char });
      at = end ?? at + 1;
    } else {
      const escaped = char === "\\" && at + 1 < pattern.length;
      tokens.push({ kind: "char", char: escaped ? (pattern[at + 1] ?? "") : char });
      at += escaped ? 2 : 1;
    }
  }
  return simplified(tokens);
}

function simplified(tokens: readonly Token[]): SegmentGlob {
  const star = tokens[0]?.kind === "star";
  const rest = star ? tokens.slice(1) : tokens;
  const chars = rest.flatMap((token) => (token.kind === "char" ? [token.char] : []));
  if (chars.length < rest.length) return { kind: "tokens", tokens };
  return { kind: star ? "suffix" : "literal", text: chars.join("") };
}

const NAMED_CLASSES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: [[48, 57]],
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
};

/** Reads `[...]` from `start`; gives the position behind it, or null when it does not end. */
function readClass(pattern: string, start: number, into: Token[]): number | null {
  let at = start + 1;
  const negated = pattern[at] === "!" || pattern[at] === "^";
  if (negated) at++;
  const ranges: (readonly [number, number])[] = [];
  for (let first = true; ; first = false) {
    const char = pattern[at];
    if (char === undefined) return null;
    if (char === "]" && !first) break;
    const named = char === "[" ? /^\[:([a-z]+):\]/.exec(pattern.slice(at, at + 12)) : null;
    if (named?.[1] !== undefined) {
      ranges.push(...(NAMED_CLASSES[named[1]] ?? []));
      at += named[0].length;
      continue;
    }
    const [low, afterLow] = classChar(pattern, at);
    if (pattern[afterLow] === "-" && pattern[afterLow + 1] !== "]" && pattern[afterLow + 1] !== undefined) {
      const [high, afterHigh] = classChar(pattern, afterLow + 1);
      ranges.push([low, high]);
      at = afterHigh;
    } else {
      ranges.push([low, low]);
      at = afterLow;
    }
  }
  into.push({ kind: "class", negated, ranges });
  return at + 1;
}

function classChar(pattern: string, at: number): [code: number, after: number] {
  if (pattern[at] === "\\" && at + 1 < pattern.length) return [pattern.charCodeAt(at + 1), at + 2];
  return [pattern.charCodeAt(at), at + 1];
}

/** Whether a segment matches as a whole. Time is at most the product of both lengths. */
export function matchesSegment(glob: SegmentGlob, text: string): boolean {
  if (glob.kind === "literal") return glob.text === text;
  if (glob.kind === "suffix") return text.endsWith(glob.text);
  return matchesTokens(glob.tokens, text);
}

/** A star takes as little as possible; only the last star ever has to take more. */
function matchesTokens(tokens: readonly Token[], text: string): boolean {
  let token = 0;
  let at = 0;
  let afterStar = -1;
  let retryAt = 0;
  while (at < text.length) {
    const current = tokens[token];
    if (current?.kind === "star") {
      afterStar = ++token;
      retryAt = at;
    } else if (current !== undefined && matchesChar(current, text, at)) {
      token++;
      at++;
    } else if (afterStar >= 0) {
      token = afterStar;
      at = ++retryAt;
    } else {
      return false;
    }
  }
  while (tokens[token]?.kind === "star") token++;
  return token === tokens.length;
}

function matchesChar(token: Token, text: string, at: number): boolean {
  switch (token.kind) {
    case "char":
      return token.char === text[at];
    case "any":
      return true;
    case "class": {
      const code = text.charCodeAt(at);
      return token.negated !== token.ranges.some(([low, high]) => low <= code && code <= high);
    }
    case "star":
      return false;
  }
}

/** A pattern for a path; `null` stands for `**`: any number of segments. */
export type PathGlob = readonly (SegmentGlob | null)[];

/** Compiles a path pattern. A `**` at the end means everything inside, but not the folder itself; `\\/` is a slash. */
export function compilePath(pattern: string): PathGlob {
  const parts = pattern
    .replaceAll(/(\\*)\//g, (_match, escapes: string) => `${"\\".repeat(escapes.length & ~1)}/`)
    .split("/");
  const globs = parts.map((part) => (part === "**" ? null : compileSegment(part)));
  return globs.length > 1 && globs.at(-1) === null
    ? [...globs.slice(0, -1), { kind: "suffix", text: "" }, null]
    : globs;
}

/** Whether a path, given by its segments, matches as a whole. Bounded as `matchesSegment` is. */
export function matchesPath(glob: PathGlob, segments: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let afterStars = -1;
  let retryAt = 0;
  while (at < segments.length) {
    const current = glob[part];
    if (current === null) {
      afterStars = ++part;
      retryAt = at;
    } else if (current !== undefined && matchesSegment(current, segments[at] ?? "")) {
      part++;
      at++;
    } else if (afterStars >= 0) {
      part = afterStars;
      at = ++retryAt;
    } else {
      return false;
    }
  }
  while (glob[part] === null) part++;
  return part === glob.length;
}
