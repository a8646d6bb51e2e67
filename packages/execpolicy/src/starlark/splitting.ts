/** Cutting strings into pieces: at separators, at white space, at line ends. */

/** Which end of the text splitting starts from; it matters when the number of splits is limited. */
export type SplitFrom = "start" | "end";

/** Pieces between separators, with at most `most` cuts. An empty separator cuts between all characters. */
export function splitChecked(text: string, separator: string, most: number, from: SplitFrom): string[] {
  const pieces = separator === "" ? ["", ...Array.from(text), ""] : text.split(separator);
  if (pieces.length - 1 <= most) return pieces;
  if (from === "start") return [...pieces.slice(0, most), pieces.slice(most).join(separator)];
  const whole = pieces.length - most;
  return [pieces.slice(0, whole).join(separator), ...pieces.slice(whole)];
}

/** Words between white space, with at most `most` cuts; what is left over keeps its inner white space. */
export function splitWords(text: string, most: number, from: SplitFrom): string[] {
  const words = text.split(/\s+/u).filter((word) => word !== "");
  if (words.length - 1 <= most) return words;
  return from === "start" ? firstWords(text, most) : lastWords(text, most);
}

function firstWords(text: string, most: number): string[] {
  const words: string[] = [];
  let rest = text.trimStart();
  while (words.length < most) {
    const word = /^\S+/u.exec(rest)?.[0] ?? "";
    words.push(word);
    rest = rest.slice(word.length).trimStart();
  }
  return [...words, rest.trimEnd()];
}

/** Walks backwards by hand: a search for the last word would try every place. */
function lastWords(text: string, most: number): string[] {
  const words: string[] = [];
  let end = text.trimEnd().length;
  while (words.length < most) {
    let start = end;
    while (start > 0 && !isSpace(text.charAt(start - 1))) start -= 1;
    words.unshift(text.slice(start, end));
    end = start;
    while (end > 0 && isSpace(text.charAt(end - 1))) end -= 1;
  }
  return [text.slice(0, end).trimStart(), ...words];
}

function isSpace(character: string): boolean {
  return character.trim() === "";
}

/** Lines, with or without their line ends. */
export function splitLines(text: string, keepEnds: boolean): string[] {
  const lines = text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
  return keepEnds ? [...lines] : lines.map((line) => line.replace(/\r?\n$|\r$/, ""));
}
