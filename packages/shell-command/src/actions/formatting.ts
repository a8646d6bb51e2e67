/** Which commands of a script only shape output, so that a summary leaves them out. */

import { carriedCommands } from "../script/carriers.js";
import { classifyCommand } from "./classify.js";

/** True for `wc`, `head -n 40`, `sort` and the like: they say nothing about what a script is for. */
export function isFormatting(command: readonly string[]): boolean {
  const [program = "", ...words] = command;
  if (ALWAYS.has(program)) return true;
  switch (program) {
    case "xargs":
      return !carriedCommands(command).some(changesFiles);
    case "awk":
    case "sed":
      return classifyCommand(command).type !== "read";
    case "head":
      return countOnly(words, /^\d*$/);
    case "tail":
      return countOnly(words, /^\+?\d*$/);
    default:
      return false;
  }
}

const ALWAYS = new Set(["wc", "tr", "cut", "sort", "uniq", "tee", "column", "yes", "printf"]);

function changesFiles([program, ...words]: readonly string[]): boolean {
  switch (program) {
    case "perl":
    case "ruby":
      return words.some((word) => word.startsWith("-i") || word.startsWith("-pi"));
    case "sed":
      return words.some((word) => /^(?:-i|-pi|--in-place)/.test(word));
    case "rg":
      return words.includes("--replace");
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
