/** Commands as one line of shell text and back: POSIX quoting and splitting. */

/** The words as a shell would have to be given them. */
export function joinWords(words: readonly string[]): string {
  return words.map(quoteWord).join(" ");
}

/** One word, in as few quotes as it needs; the text is the one the original shows. */
export function quoteWord(word: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < word.length;) {
    const { end, style } = longestPiece(word, at);
    pieces.push(inStyle(word.slice(at, end), style));
    at = end;
  }
  return pieces.length === 0 ? "''" : pieces.join("");
}

type Style = "bare" | "single" | "double";

const ALLOWED: Readonly<Record<Style, RegExp>> = {
  bare: /^[A-Za-z0-9+\-./:@\]_]$/,
  single: /^[^'\\]$/s,
  double: /^[^$`!^]$/s,
};

const STYLES: readonly Style[] = ["bare", "single", "double"];

/** The longest part from here on that one style can hold. A `^` always begins a piece, because some shells expand it elsewhere. */
function longestPiece(word: string, start: number): { end: number; style: Style } {
  let possible = STYLES;
  let end = start;
  for (; end < word.length; end += 1) {
    const unit = word.charAt(end);
    if (unit === "^" && end > start) break;
    const left = possible.filter((style) => ALLOWED[style].test(unit));
    if (left.length === 0) break;
    possible = left;
  }
  return { end, style: possible[0] ?? "double" };
}

function inStyle(text: string, style: Style): string {
  switch (style) {
    case "bare":
      return text;
    case "single":
      return `'${text}'`;
    case "double":
      return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
  }
}

/**
 * Splits a line as a POSIX shell would split words, without expanding anything; `#` at the start of a word begins a
 * comment. null: a quote is not closed, or the line ends in a backslash.
 */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (/^[ \t\n]$/.test(line.charAt(at))) at += 1;
    if (line.charAt(at) === "#") at = endOfLine(line, at);
    else if (at >= line.length) return words;
    else {
      const word = readWord(line, at);
      if (word === null) return null;
      words.push(word.text);
      at = word.end;
    }
  }
}

function endOfLine(line: string, from: number): number {
  const end = line.indexOf("\n", from);
  return end < 0 ? line.length : end;
}

interface Piece {
  readonly text: string;
  /** Offset after it. */
  readonly end: number;
}

function readWord(line: string, start: number): Piece | null {
  let text = "";
  let at = start;
  while (at < line.length && !/[ \t\n]/.test(line.charAt(at))) {
    const piece = readPiece(line, at);
    if (piece === null) return null;
    text += piece.text;
    at = piece.end;
  }
  return { text, end: at };
}

function readPiece(line: string, at: number): Piece | null {
  const character = line.charAt(at);
  if (character === "'") return readSingle(line, at);
  if (character === '"') return readDouble(line, at);
  if (character !== "\\") return { text: character, end: at + 1 };
  if (at + 1 >= line.length) return null;
  const next = line.charAt(at + 1);
  return { text: next === "\n" ? "" : next, end: at + 2 };
}

function readSingle(line: string, at: number): Piece | null {
  const close = line.indexOf("'", at + 1);
  return close < 0 ? null : { text: line.slice(at + 1, close), end: close + 1 };
}

/** Inside double quotes a backslash protects only what would be special there. */
function readDouble(line: string, start: number): Piece | null {
  let text = "";
  for (let at = start + 1; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === '"') return { text, end: at + 1 };
    if (character !== "\\") text += character;
    else {
      at += 1;
      const next = line.charAt(at);
      if (next === "") return null;
      if (next !== "\n") text += '$`"\\'.includes(next) ? next : `\\${next}`;
    }
  }
  return null;
}
