/** Reads the options of a command line, the way the programs behind the verdicts do. */

/**
 * Whether `word` is the long option `--name`, an abbreviation of it (GNU and Git accept any that is unique),
 * or either with `=value`.
 */
export function isLongOption(word: string, name: string): boolean {
  if (!word.startsWith("--") || word.length < 3) return false;
  const written = word.split("=", 1)[0] ?? "";
  return name.startsWith(written);
}

/**
 * The letters of a cluster of short options: `-fdx` has f, d and x.
 * @param takesValue letters that swallow the rest of the cluster as their value
 */
export function shortLetters(word: string, takesValue = ""): string {
  if (!/^-[^-]/.test(word)) return "";
  for (let at = 1; at < word.length; at++) {
    if (takesValue.includes(word.charAt(at))) return word.slice(1, at + 1);
  }
  return word.slice(1);
}

/** The words before `--`, where options can stand. */
export function optionWords(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  return end < 0 ? words : words.slice(0, end);
}
