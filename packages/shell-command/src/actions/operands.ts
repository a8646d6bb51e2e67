/** Tells a command's operands from its options, and shortens paths for display. */

/**
 * The words that are no options: `--x=y` and flags are skipped, `takesValue` lists flags whose value is the
 * next word, and after `--` everything is an operand.
 */
export function operandsOf(words: readonly string[], takesValue: ReadonlySet<string>): string[] {
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") return [...operands, ...words.slice(at + 1)];
    if (takesValue.has(word)) at += 1;
    else if (!word.startsWith("-")) operands.push(word);
  }
  return operands;
}

/** The last component that says something: `build`, `dist`, `node_modules` and `src` do not. */
export function shortPath(path: string): string {
  const trimmed = path.replaceAll("\\", "/").replace(/\/+$/, "");
  const components = trimmed.split("/").toReversed();
  return components.find((component) => component !== "" && !SAYS_NOTHING.has(component)) ?? trimmed;
}

const SAYS_NOTHING = new Set(["build", "dist", "node_modules", "src"]);
