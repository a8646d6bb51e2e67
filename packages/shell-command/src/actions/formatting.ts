/** Which commands of a script only shape output, so that a summary leaves them out. */

import { classifyCommand } from "./classify.js";

/** True for `wc`, `head -n 40`, `sort` and the like: they say nothing about what a script is for. */
export function isFormatting(command: readonly string[]): boolean {
  const [program = "", ...words] = command;
  if (ALWAYS.has(program)) return true;
  switch (program) {
    case "xargs":
      return !changesFiles(words);
    case "awk":
    case "sed":
      return classifyCommand(command).type !== "read";
    case "head":
      return countOnly(words, /^\d+$/);
    case "tail":
      return countOnly(words, /^\+?\d+$/);
    default:
      return false;
  }
}

const ALWAYS = new Set(["wc", "tr", "cut", "sort", "uniq", "tee", "column", "yes", "printf"]);

function changesFiles(words: readonly string[]): boolean {
  const at = words.findIndex((word) => !word.startsWith("-"));
  const rest = words.slice(at + 1);
  switch (at < 0 ? "" : words[at]) {
    case "perl":
    case "ruby":
      return rest.some((word) => word.startsWith("-i") || word.startsWith("-pi"));
    case "sed":
      return rest.some((word) => /^(?:-i|-pi|--in-place)/.test(word));
    case "rg":
      return rest.includes("--replace");
    default:
      return false;
  }
}

/** No words, one flag, or a count of lines or bytes: nothing that names a file. */
function countOnly(words: readonly string[], count: RegExp): boolean {
  const [first = "", second = ""] = words;
  if (words.length === 0) return true;
  if (words.length === 1) return first.startsWith("-");
  return words.length === 2 && (first === "-n" || first === "-c") && count.test(second);
}
