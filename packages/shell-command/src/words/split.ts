/** Splits one line of shell text into words by the rules of quoting alone: nothing is expanded, nothing is an operator. */

/**
 * The words of `text`, or null when a quote stays open or the text ends in a backslash.
 * Outside quotes a backslash takes the next character as it is; inside double quotes it does so before
 * `$`, a backtick, `"`, `\` and a line break (which vanishes); single quotes take everything.
 * A `#` at the start of a word begins a comment up to the end of the line.
 */
export function splitWords(text: string): string[] | null {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= text.length) return words;
    const word = readWord(text, at);
    if (word === null) return null;
    words.push(word.value);
    at = word.end;
  }
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === "#") {
      const lineEnd = text.indexOf("\n", at);
      if (lineEnd < 0) return text.length;
      at = lineEnd;
    } else if (char === "\\" && text.charAt(at + 1) === "\n") {
      at += 1;
    } else if (!isBlank(char)) {
      return at;
    }
    at += 1;
  }
  return at;
}

function readWord(text: string, from: number): { value: string; end: number } | null {
  let value = "";
  let at = from;
  while (at < text.length && !isBlank(text.charAt(at))) {
    const char = text.charAt(at);
    if (char === "'") {
      const close = text.indexOf("'", at + 1);
      if (close < 0) return null;
      value += text.slice(at + 1, close);
      at = close + 1;
    } else if (char === '"') {
      const quoted = readDoubleQuoted(text, at + 1);
      if (quoted === null) return null;
      value += quoted.value;
      at = quoted.end;
    } else if (char === "\\") {
      if (at + 1 >= text.length) return null;
      const next = text.charAt(at + 1);
      if (next !== "\n") value += next;
      at += 2;
    } else {
      value += char;
      at += 1;
    }
  }
  return { value, end: at };
}

function readDoubleQuoted(text: string, from: number): { value: string; end: number } | null {
  let value = "";
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') return { value, end: at + 1 };
    const next = text.charAt(at + 1);
    if (char !== "\\") {
      value += char;
      at += 1;
    } else {
      if (next === "") return null;
      if ('$`"\\'.includes(next)) value += next;
      else if (next !== "\n") value += char + next;
      at += 2;
    }
  }
  return null;
}

function isBlank(char: string): boolean {
  return char === " " || char === "\t" || char === "\n";
}
