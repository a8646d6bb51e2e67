/** Rules as the debug text that the original puts into its messages. */

import type { PatternToken, PrefixRule } from "./policy.js";

const DECISIONS = { allow: "Allow", prompt: "Prompt", forbidden: "Forbidden" } as const;

/** `PrefixRule { pattern: …, decision: …, justification: … }`. */
export function debugRule({ first, rest, decision, justification }: PrefixRule): string {
  const pattern = `PrefixPattern { first: ${debugString(first)}, rest: [${rest.map(debugToken).join(", ")}] }`;
  const reason = justification === null ? "None" : `Some(${debugString(justification)})`;
  return `PrefixRule { pattern: ${pattern}, decision: ${DECISIONS[decision]}, justification: ${reason} }`;
}

/** A list of strings. */
export function debugList(texts: readonly string[]): string {
  return `[${texts.map(debugString).join(", ")}]`;
}

function debugToken(token: PatternToken): string {
  return typeof token === "string" ? `Single(${debugString(token)})` : `Alts(${debugList(token)})`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\0": String.raw`\0`,
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
  '"': String.raw`\"`,
  "\\": String.raw`\\`,
};

function debugString(text: string): string {
  const escaped = text.replace(/["\\]|\p{C}|[\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (character) => {
    return ESCAPES[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return `"${escaped}"`;
}
