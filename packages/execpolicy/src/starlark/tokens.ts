/** The words of the language: kinds of tokens, keywords, and how messages name them. */

import type { Span } from "./source.js";

/** A smallest meaningful piece of source. */
export type Token = Span &
  (
    | { readonly kind: "name" | "keyword" | "symbol"; readonly text: string }
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "format"; readonly value: string }
    | { readonly kind: "int"; readonly value: bigint }
    | { readonly kind: "float"; readonly value: number }
    | { readonly kind: "newline" | "indent" | "dedent" | "end" }
  );

/** Words with a meaning in the grammar. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  "and break continue def elif else for if in lambda load not or pass return".split(" "),
);

/** Python's other words, kept free so that nobody takes them for names. */
export const RESERVED: ReadonlySet<string> = new Set(
  "as assert async await class del except finally from global import is nonlocal raise try while with yield".split(" "),
);

/** Symbols, longest first so that the first that fits is the right one. */
export const SYMBOL =
  /\/\/=|<<=|>>=|\.\.\.|!=|%=|&=|\*\*|\*=|\+=|-=|->|\/\/|\/=|<<|<=|==|>=|>>|\^=|\|=|[%&()*+,\-./:;<=>[\]^{|}~]/y;

/** How a message calls a token that stands where it may not. */
export function describe(token: Token): string {
  switch (token.kind) {
    case "name":
      return `identifier '${token.text}'`;
    case "keyword":
    case "symbol":
      return `${token.kind} '${token.text}'`;
    case "string":
      return `string literal ${JSON.stringify(token.value)}`;
    case "format":
      return `f-string ${JSON.stringify(token.value)}`;
    case "int":
      return `integer literal '${token.value}'`;
    case "float":
      return `float literal '${token.value}'`;
    case "indent":
      return "new indentation block";
    case "dedent":
      return "end of indentation block";
    case "newline":
    case "end":
      return "new line";
  }
}
