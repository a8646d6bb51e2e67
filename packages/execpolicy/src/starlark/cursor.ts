/** The parser's view of the tokens: one token ahead, with the errors for what does not fit. */

import { StarlarkError } from "./errors.js";
import { type Budget, MAX_NESTING } from "./limits.js";
import { Lexer } from "./lexer.js";
import type { Source, Span } from "./source.js";
import type { Expression } from "./syntax.js";
import { describe, type Token } from "./tokens.js";

/** Parses one kind of expression; passed along where grammar rules contain each other. */
export type ParseExpression = (cursor: Cursor, options?: { conditional?: boolean }) => Expression;

/** Walks over a source's tokens. */
export class Cursor {
  /** The token that comes next. */
  token: Token;
  /** Where the last consumed token ended. */
  lastEnd = 0;
  readonly #source: Source;
  readonly #lexer: Lexer;
  #nesting = 0;

  constructor(source: Source, budget: Budget) {
    this.#source = source;
    this.#lexer = new Lexer(source, budget);
    this.token = this.#lexer.next();
  }

  /** Consumes the next token. */
  advance(): Token {
    const token = this.token;
    this.lastEnd = token.end;
    this.token = this.#lexer.next();
    return token;
  }

  /** Is the next token this keyword or symbol? */
  at(text: string): boolean {
    return (this.token.kind === "symbol" || this.token.kind === "keyword") && this.token.text === text;
  }

  /** Consumes the next token when it is this keyword or symbol. */
  accept(text: string): boolean {
    if (!this.at(text)) return false;
    this.advance();
    return true;
  }

  /** Consumes this keyword or symbol; anything else is an error. */
  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected([text]);
  }

  /** Consumes a name and returns its text; anything else is an error. */
  expectName(): { name: string; start: number; end: number } {
    const token = this.token;
    if (token.kind !== "name") throw this.unexpected(["IDENTIFIER"]);
    this.advance();
    return { name: token.text, start: token.start, end: token.end };
  }

  /** The error for the next token standing where one of others could. */
  unexpected(expected: readonly string[]): StarlarkError {
    const names = expected.map((text) => (text === "\n" ? String.raw`"\n"` : `"${text}"`));
    const last = names.pop() ?? "";
    const list = names.length === 0 ? last : `${names.join(", ")} or ${last}`;
    return this.failure(`Parse error: unexpected ${describe(this.token)} here, expected one of ${list}`, this.token);
  }

  /** An error at a place. */
  failure(message: string, span: Span): StarlarkError {
    return new StarlarkError(message, this.#source, span);
  }

  /** Runs a step of parsing one level deeper; levels are limited, because each takes stack. */
  nested<Result>(parse: () => Result): Result {
    if (this.#nesting >= MAX_NESTING) throw this.failure("Parse error: nested too deeply", this.token);
    this.#nesting += 1;
    const result = parse();
    this.#nesting -= 1;
    return result;
  }
}
