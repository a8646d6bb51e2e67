/** Turns source text into tokens, one at a time, with indentation as tokens of its own. */

import { StarlarkError } from "./errors.js";
import { type Budget, MAX_TOKENS, STEP_LIMIT_MESSAGE } from "./limits.js";
import type { Source } from "./source.js";
import { readString } from "./string-literal.js";
import { KEYWORDS, RESERVED, SYMBOL, type Token } from "./tokens.js";

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const FLOAT = /(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+/y;
const INTEGER = /0[xX][0-9A-Fa-f]+|0[oO][0-7]+|0[bB][01]+|[0-9]+/y;
const STRING_START = /(?:f|fr|r)?(?:"|')/y;
const BLANK_LINE = /[ \t]*(?:#[^\n]*|\r?)(?:\n|$)/y;
const LINE_JOIN = /\\\r?\n/y;

/** Reads tokens from the front of a source. Throws {@link StarlarkError} at what is no token. */
export class Lexer {
  readonly #source: Source;
  readonly #budget: Budget;
  readonly #text: string;
  #at = 0;
  #count = 0;
  #openBrackets = 0;
  #lineStart = true;
  #ended = false;
  /** Columns of the blocks that are open, innermost last. */
  readonly #indents: number[] = [0];
  #pendingDedents = 0;

  constructor(source: Source, budget: Budget) {
    this.#source = source;
    this.#budget = budget;
    this.#text = source.text;
  }

  /** The next token; after the last one, `end` for ever. */
  next(): Token {
    this.#count += 1;
    if (this.#count > MAX_TOKENS) throw this.#failure(`file too large: more than ${MAX_TOKENS} tokens`, this.#at);
    if (this.#budget.left === 0) throw this.#failure(STEP_LIMIT_MESSAGE, this.#at);
    this.#budget.spend(1);
    if (this.#lineStart && this.#openBrackets === 0) {
      const change = this.#indentation();
      if (change !== null) return change;
    }
    if (this.#pendingDedents > 0) return this.#dedent();
    this.#skipSpace();
    if (this.#at >= this.#text.length) return this.#end();
    return this.#newline() ?? this.#string() ?? this.#number() ?? this.#word() ?? this.#symbol();
  }

  #indentation(): Token | null {
    this.#lineStart = false;
    while (this.#at < this.#text.length && this.#match(BLANK_LINE) !== null);
    const lineStart = this.#at;
    while (this.#text[this.#at] === " ") this.#at += 1;
    if (this.#at >= this.#text.length) return null;
    if (this.#text[this.#at] === "\t") throw this.#failure("tabs are not allowed", this.#at);
    const column = this.#at - lineStart;
    const current = this.#indents.at(-1) ?? 0;
    if (column > current) {
      this.#indents.push(column);
      return { kind: "indent", start: lineStart, end: this.#at };
    }
    while ((this.#indents.at(-1) ?? 0) > column) {
      this.#indents.pop();
      this.#pendingDedents += 1;
    }
    if ((this.#indents.at(-1) ?? 0) !== column) throw this.#failure("incorrect indentation", lineStart, this.#at);
    return null;
  }

  #dedent(): Token {
    this.#pendingDedents -= 1;
    return { kind: "dedent", start: this.#at, end: this.#at };
  }

  #skipSpace(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === " ") this.#at += 1;
      else if (character === "\t") throw this.#failure("tabs are not allowed", this.#at);
      else if (character === "#") this.#skipComment();
      else if (character === "\\" && this.#match(LINE_JOIN) !== null) continue;
      else if (this.#openBrackets > 0 && this.#atLineEnd()) this.#at += character === "\r" ? 2 : 1;
      else return;
    }
  }

  #skipComment(): void {
    const lineEnd = this.#text.indexOf("\n", this.#at);
    this.#at = lineEnd < 0 ? this.#text.length : lineEnd;
  }

  #atLineEnd(): boolean {
    return this.#text[this.#at] === "\n" || (this.#text[this.#at] === "\r" && this.#text[this.#at + 1] === "\n");
  }

  /** The last line needs no line end of its own, and every open block ends with the file. */
  #end(): Token {
    const lastText = this.#text.trimEnd().length;
    const here = { start: lastText, end: lastText };
    if (this.#ended) return { kind: "end", ...here };
    this.#ended = true;
    this.#pendingDedents = this.#indents.length - 1;
    return { kind: "newline", ...here };
  }

  #newline(): Token | null {
    if (!this.#atLineEnd()) return null;
    const start = this.#at;
    this.#at += this.#text[start] === "\r" ? 2 : 1;
    this.#lineStart = true;
    return { kind: "newline", start, end: start };
  }

  #string(): Token | null {
    const start = this.#at;
    const opening = this.#match(STRING_START);
    if (opening === null) return null;
    const result = readString(this.#text, start, opening);
    if ("problem" in result) throw this.#failure(result.problem, result.start, result.end);
    this.#at = result.end;
    const kind = opening.startsWith("f") ? "format" : "string";
    return { kind, value: result.value, start, end: result.end };
  }

  #number(): Token | null {
    const start = this.#at;
    const float = this.#match(FLOAT);
    if (float !== null) return { kind: "float", value: Number(float), start, end: this.#at };
    const digits = this.#match(INTEGER);
    if (digits === null) return null;
    if (/^0[0-9]/.test(digits)) {
      throw this.#failure(`integer cannot have leading 0, got \`${digits}\``, start, this.#at);
    }
    if (digits.length > 10_000) throw this.#failure("integer too large", start, this.#at);
    return { kind: "int", value: BigInt(digits), start, end: this.#at };
  }

  #word(): Token | null {
    const start = this.#at;
    const text = this.#match(NAME);
    if (text === null) return null;
    if (RESERVED.has(text)) throw this.#failure(`cannot use reserved keyword \`${text}\``, start, this.#at);
    return { kind: KEYWORDS.has(text) ? "keyword" : "name", text, start, end: this.#at };
  }

  #symbol(): Token {
    const start = this.#at;
    const text = this.#match(SYMBOL);
    if (text === null) {
      const character = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
      throw this.#failure(`invalid input \`${character}\``, start, start + character.length);
    }
    if ("([{".includes(text)) this.#openBrackets += 1;
    if (")]}".includes(text)) this.#openBrackets = Math.max(this.#openBrackets - 1, 0);
    return { kind: "symbol", text, start, end: this.#at };
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    if (text === undefined) return null;
    this.#at += text.length;
    return text;
  }

  #failure(message: string, start: number, end: number = start): StarlarkError {
    return new StarlarkError(`Parse error: ${message}`, this.#source, { start, end });
  }
}
