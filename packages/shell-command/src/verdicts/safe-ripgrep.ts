/** Which ripgrep options keep it reading. */

import { optionWords, shortLetters } from "./options.js";

/** Letters of short options that take a value, which ends a cluster. */
const TAKES_VALUE = "ABCEMTdefgjmrt";

/**
 * Whether `rg <words>` only reads: `--pre` and `--hostname-bin` run a program of one's choice, `-z` runs
 * decompressors found by PATH. ripgrep takes no abbreviated options.
 */
export function isSafeRipgrep(words: readonly string[]): boolean {
  return !optionWords(words).some(
    (word) => /^--(?:pre|hostname-bin|search-zip)(?:=|$)/.test(word) || shortLetters(word, TAKES_VALUE).includes("z"),
  );
}
