/** Writes words as text that a POSIX shell reads back as the same words; the style of texts and JSON events. */

/**
 * Joins words to one line of shell text.
 * The style is part of the wire formats (`cmd` of a command action, `command` of a JSON event): a word of
 * letters, digits and `+-./:@]_` stays bare; other text goes into single quotes, or into double quotes
 * where it holds a single quote or a backslash; an empty word is `''`.
 * A NUL cannot be written in a shell word; it is kept as it is.
 */
export function quoteCommand(argv: readonly string[]): string {
  return argv.map(quoteWord).join(" ");
}

/** Quotes one word; see {@link quoteCommand}. */
export function quoteWord(word: string): string {
  if (word === "") return "''";
  if (BARE.test(word)) return word;
  if (!/['\\^]/.test(word)) return `'${word}'`;
  let quoted = "";
  for (let start = 0; start < word.length;) {
    const end = endOfPiece(word, start);
    quoted += quotePiece(word.slice(start, end));
    start = end;
  }
  return quoted;
}

const BARE = /^[A-Za-z0-9+\-./:@\]_]+$/;
/** What single quotes do not hold here: the quote itself, and the backslash, which fish reads inside them. */
const NOT_SINGLE = /['\\]/;
/** What double quotes do not hold: expansions, and `!` and `^`, which interactive shells read as history. */
const NOT_DOUBLE = /[`$!^]/;

/** The longest piece from `start` that one kind of quotes can hold; a `^` only at the start of single quotes. */
function endOfPiece(word: string, start: number): number {
  let single = true;
  let double = true;
  for (let at = start; at < word.length; at++) {
    const char = word.charAt(at);
    single &&= !NOT_SINGLE.test(char) && (char !== "^" || at === start);
    double &&= !NOT_DOUBLE.test(char);
    if (!single && !double) return at;
  }
  return word.length;
}

function quotePiece(piece: string): string {
  if (BARE.test(piece)) return piece;
  return NOT_SINGLE.test(piece) ? `"${piece.replace(/["\\]/g, "\\$&")}"` : `'${piece}'`;
}
