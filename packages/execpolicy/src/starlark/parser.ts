/** Parses a source into statements. */

import { parseLoopTarget } from "./comprehensions.js";
import { Cursor } from "./cursor.js";
import { EXPRESSION_START, parseOperand, parseTest, parseTestList } from "./expressions.js";
import { parseParameters } from "./functions.js";
import type { Budget } from "./limits.js";
import type { Source } from "./source.js";
import type { BinaryOperator, Branch, Expression, Statement } from "./syntax.js";
import { toTarget } from "./targets.js";

/** Throws {@link StarlarkError} at the first thing that does not fit. */
export function parse(source: Source, budget: Budget): Statement[] {
  const cursor = new Cursor(source, budget);
  const statements: Statement[] = [];
  while (cursor.token.kind !== "end") statements.push(...parseStatement(cursor));
  return statements;
}

/** Parses only what the source begins with; what follows may be anything. */
export function parseFirst(source: Source, budget: Budget): Statement[] {
  return parseStatement(new Cursor(source, budget));
}

const STATEMENT_START = [
  "\n",
  ...EXPRESSION_START.slice(0, 10),
  ..."break continue def for if".split(" "),
  ..."lambda load not pass return { ~".split(" "),
];

/** One compound statement, or one line of simple ones. */
function parseStatement(cursor: Cursor): Statement[] {
  if (cursor.token.kind === "newline") {
    cursor.advance();
    return [];
  }
  if (cursor.token.kind === "indent") throw cursor.unexpected(STATEMENT_START);
  if (cursor.at("def")) return [parseDef(cursor)];
  if (cursor.at("if")) return [parseIf(cursor)];
  if (cursor.at("for")) return [parseFor(cursor)];
  return parseLine(cursor);
}

function parseLine(cursor: Cursor): Statement[] {
  const statements = [parseSimple(cursor)];
  while (cursor.accept(";")) {
    if (cursor.token.kind === "newline") break;
    statements.push(parseSimple(cursor));
  }
  if (cursor.token.kind !== "newline") throw cursor.unexpected(afterStatement(statements.at(-1)));
  cursor.advance();
  return statements;
}

function afterStatement(statement: Statement | undefined): string[] {
  return statement?.kind === "assign" ? ["\n", ")", ",", ";"] : ["\n", ...AFTER_OPERAND];
}

const AFTER_OPERAND =
  "!= % %= & &= ( ) * *= + += , - -= . / // //= /= : ; < << <<= <= = == > >= >> >>= [ ] ^ ^= and else for if in not or | |= }".split(
    " ",
  );

/** A block after `:`: an indented one, or simple statements on the same line. */
function parseBlock(cursor: Cursor): Statement[] {
  return cursor.nested(() => {
    cursor.expect(":");
    if (cursor.token.kind !== "newline") return parseLine(cursor);
    while (cursor.token.kind === "newline") cursor.advance();
    if (cursor.token.kind !== "indent") throw cursor.unexpected(["\n", "INDENT"]);
    cursor.advance();
    const statements: Statement[] = [];
    while (cursor.token.kind !== "dedent") statements.push(...parseStatement(cursor));
    cursor.advance();
    return statements;
  });
}

function parseDef(cursor: Cursor): Statement {
  const { start } = cursor.token;
  cursor.expect("def");
  const { name } = cursor.expectName();
  cursor.expect("(");
  const parameters = parseParameters(cursor, ")", parseTest);
  const returns = cursor.accept("->") ? parseTest(cursor) : null;
  const body = parseBlock(cursor);
  const span = { start, end: cursor.lastEnd };
  return { kind: "def", definition: { name, parameters, returns, body, ...span }, ...span };
}

function parseIf(cursor: Cursor): Statement {
  const { start } = cursor.token;
  const branches: Branch[] = [];
  do {
    cursor.advance();
    const condition = parseTest(cursor);
    branches.push({ condition, body: parseBlock(cursor) });
  } while (cursor.at("elif"));
  const otherwise = cursor.accept("else") ? parseBlock(cursor) : [];
  return { kind: "if", branches, otherwise, start, end: cursor.lastEnd };
}

function parseFor(cursor: Cursor): Statement {
  const { start } = cursor.token;
  cursor.expect("for");
  const target = parseLoopTarget(cursor, parseOperand);
  cursor.expect("in");
  const iterable = parseTest(cursor);
  const body = parseBlock(cursor);
  return { kind: "for", target, iterable, body, start, end: cursor.lastEnd };
}

function parseSimple(cursor: Cursor): Statement {
  const { start } = cursor.token;
  const word = (["break", "continue", "pass"] as const).find((keyword) => cursor.accept(keyword));
  if (word !== undefined) return { kind: word, start, end: cursor.lastEnd };
  if (cursor.at("load")) return parseLoad(cursor);
  if (cursor.accept("return")) {
    const value = cursor.token.kind === "newline" || cursor.at(";") ? null : parseTestList(cursor);
    return { kind: "return", value, start, end: cursor.lastEnd };
  }
  return parseAssignment(cursor, parseTestList(cursor));
}

/** What follows an expression at the start of a statement: an assignment, or nothing. */
function parseAssignment(cursor: Cursor, left: Expression): Statement {
  const { start } = left;
  const operator = AUGMENTED.find((candidate) => cursor.accept(`${candidate}=`));
  if (operator !== undefined) {
    if (left.kind === "tuple" || left.kind === "list") {
      throw cursor.failure("left-hand-side of modifying assignment cannot be a list or tuple", left);
    }
    const target = toTarget(cursor, left);
    return { kind: "augment", target, operator, value: parseTestList(cursor), start, end: cursor.lastEnd };
  }
  const type = cursor.accept(":") ? parseTest(cursor) : null;
  if (type === null && !cursor.at("=")) return { kind: "expression", value: left, start, end: left.end };
  cursor.expect("=");
  const target = toTarget(cursor, left);
  return { kind: "assign", target, type, value: parseTestList(cursor), start, end: cursor.lastEnd };
}

const AUGMENTED: readonly BinaryOperator[] = ["+", "-", "*", "//", "/", "%", "&", "|", "^", "<<", ">>"];

/** Parsed so that the error says what is missing: this program has nothing to load. */
function parseLoad(cursor: Cursor): Statement {
  const { start } = cursor.token;
  cursor.expect("load");
  cursor.expect("(");
  const names: string[] = [];
  const texts: string[] = [];
  while (!cursor.accept(")")) {
    const { token } = cursor;
    const local = token.kind === "name" ? cursor.expectName().name : null;
    if (local !== null) cursor.expect("=");
    const text = cursor.token;
    if (text.kind !== "string") throw cursor.unexpected(["STRING"]);
    cursor.advance();
    texts.push(text.value);
    if (texts.length > 1) names.push(local ?? text.value);
    if (!cursor.accept(",") && !cursor.at(")")) throw cursor.unexpected([")", ","]);
  }
  const span = { start, end: cursor.lastEnd };
  const [module] = texts;
  if (module === undefined || names.length === 0) {
    const inside = { start: start + "load(".length, end: cursor.lastEnd - 1 };
    throw cursor.failure("`load` statement requires at least two arguments", inside);
  }
  return { kind: "load", module, names, ...span };
}
