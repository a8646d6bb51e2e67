/** Reads one string literal: quotes, raw and triple-quoted forms, escapes. */

/** The literal's value and end, or what is wrong and where. */
export type StringResult = { value: string; end: number } | { problem: string; start: number; end: number };

/**
 * @param start offset of the literal's first character (a prefix letter or a quote)
 * @param opening the prefix letters and the first quote as they stand there
 */
export function readString(text: string, start: number, opening: string): StringResult {
  const quote = opening.at(-1) ?? '"';
  const raw = opening.includes("r");
  const triple = text.startsWith(quote.repeat(3), start + opening.length - 1);
  const closing = triple ? quote.repeat(3) : quote;
  let at = start + opening.length - 1 + closing.length;
  let value = "";
  let plainFrom = at;
  for (;;) {
    const character = text[at];
    if (character === undefined || (character === "\n" && !triple)) return unfinished(text, start, at);
    if (character === quote && text.startsWith(closing, at)) {
      return { value: value + text.slice(plainFrom, at), end: at + closing.length };
    }
    const lineEnd = character === "\r" && text[at + 1] === "\n";
    if (lineEnd && !triple) return unfinished(text, start, at);
    if (character !== "\\" && !lineEnd) {
      at += 1;
      continue;
    }
    value += text.slice(plainFrom, at);
    const piece = lineEnd ? { value: "", length: 1 } : raw ? rawEscape(text, at) : escape(text, at);
    if (piece === null) {
      return {
        problem: `invalid string escape sequence \`${shownEscape(text, at)}\``,
        start: at,
        end: at + 1 + shownEscape(text, at).length,
      };
    }
    value += piece.value;
    at += piece.length;
    plainFrom = at;
  }
}

function unfinished(text: string, start: number, end: number): StringResult {
  return { problem: "unfinished string literal", start, end: text[end - 1] === "\n" ? end - 1 : end };
}

interface Piece {
  readonly value: string;
  /** Characters of source that it takes. */
  readonly length: number;
}

/** In raw strings a backslash is itself, except that it protects a quote (and then disappears, as in the original). */
function rawEscape(text: string, at: number): Piece {
  const next = text[at + 1];
  if (next === '"' || next === "'") return { value: next, length: 2 };
  if (next === "\\") return { value: "\\\\", length: 2 };
  return { value: "\\", length: 1 };
}

const SIMPLE: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** null: the escape is broken. An unknown letter keeps its backslash. */
function escape(text: string, at: number): Piece | null {
  const letter = text[at + 1] ?? "";
  if (letter === "\r" && text[at + 2] === "\n") return { value: "", length: 3 };
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { value: simple, length: 2 };
  const length = CODE_LENGTHS[letter];
  if (length !== undefined) {
    const value = codePoint(text.slice(at + 2, at + 2 + length), length);
    return value === null ? null : { value, length: 2 + length };
  }
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined) return { value: String.fromCodePoint(Number.parseInt(octal, 8)), length: 1 + octal.length };
  return { value: "\\", length: 1 };
}

function codePoint(digits: string, length: number): string | null {
  if (digits.length !== length || !/^[0-9A-Fa-f]+$/.test(digits)) return null;
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
  return String.fromCodePoint(code);
}

function shownEscape(text: string, at: number): string {
  const length = CODE_LENGTHS[text[at + 1] ?? ""] ?? 0;
  return text.slice(at + 1, at + 2 + length).split("\n")[0] ?? "";
}
