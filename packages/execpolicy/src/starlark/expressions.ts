/** Parses expressions, from the loosest operators to the smallest operands. */

import { parseArguments } from "./arguments.js";
import { parseComprehension } from "./comprehensions.js";
import type { Cursor } from "./cursor.js";
import { formatParts } from "./format-string.js";
import { parseLambda } from "./functions.js";
import { MAX_NESTING } from "./limits.js";
import type { BinaryOperator, ChainLink, CompareOperator, DictEntry, Expression } from "./syntax.js";

/** Tokens that an expression can begin with, as messages list them. */
export const EXPRESSION_START: readonly string[] =
  "( + - ... FLOAT FSTRING IDENTIFIER INTEGER STRING [ lambda not { ~".split(" ");

/**
 * An expression without a bare tuple: what stands in arguments, lists and conditions.
 * @param conditional false where an `if` after it begins something else
 */
export function parseTest(cursor: Cursor, { conditional = true } = {}): Expression {
  return cursor.nested(() => {
    if (cursor.at("lambda")) return parseLambda(cursor, parseTest);
    const { start } = cursor.token;
    const yes = parseLogical(cursor, "or");
    if (!conditional || !cursor.accept("if")) return yes;
    const condition = parseLogical(cursor, "or");
    if (!cursor.accept("else")) throw cursor.unexpected(["else", "or"]);
    const no = parseTest(cursor);
    return { kind: "conditional", condition, yes, no, start, end: no.end };
  });
}

/** An expression, or several with commas between them: a tuple without brackets. */
export function parseTestList(cursor: Cursor): Expression {
  const first = parseTest(cursor);
  if (!cursor.at(",")) return first;
  const items = [first];
  while (cursor.accept(",")) {
    if (!startsExpression(cursor)) break;
    items.push(parseTest(cursor));
  }
  return { kind: "tuple", items, start: first.start, end: cursor.lastEnd };
}

/** An operand of comparisons: anything without `not`, `and`, `or`, `if` and comparisons of its own. */
export function parseOperand(cursor: Cursor): Expression {
  return parseChain(cursor, 0);
}

function parseLogical(cursor: Cursor, operator: "or" | "and"): Expression {
  const parsePart = () => (operator === "or" ? parseLogical(cursor, "and") : parseNot(cursor));
  const first = parsePart();
  if (!cursor.at(operator)) return first;
  const operands = [first];
  while (cursor.accept(operator)) operands.push(parsePart());
  return { kind: "logical", operator, operands, start: first.start, end: cursor.lastEnd };
}

function parseNot(cursor: Cursor): Expression {
  const { start } = cursor.token;
  if (!cursor.accept("not")) return parseComparison(cursor);
  const operand = cursor.nested(() => parseNot(cursor));
  return { kind: "unary", operator: "not", operand, start, end: operand.end };
}

const COMPARISONS: readonly CompareOperator[] = ["==", "!=", "<", ">", "<=", ">=", "in"];

function parseComparison(cursor: Cursor): Expression {
  const left = parseOperand(cursor);
  const operator = acceptComparison(cursor);
  if (operator === null) return left;
  const right = parseOperand(cursor);
  if (COMPARISONS.some((other) => cursor.at(other)) || cursor.at("not")) throw cursor.unexpected(AFTER_COMPARISON);
  return { kind: "compare", operator, left, right, start: left.start, end: right.end };
}

const AFTER_COMPARISON = ["\n", ..."%= &= ) *= += , -= //= /= : ; <<= = >>= ] ^= and else for if or | |= }".split(" ")];

function acceptComparison(cursor: Cursor): CompareOperator | null {
  if (cursor.accept("not")) {
    cursor.expect("in");
    return "not in";
  }
  return COMPARISONS.find((operator) => cursor.accept(operator)) ?? null;
}

/** From loose to tight. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ["|"],
  ["^"],
  ["&"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "//", "%"],
];

const BY_SYMBOL = new Map(
  LEVELS.flatMap((operators, level) =>
    operators.map((operator): [string, { operator: BinaryOperator; level: number }] => [operator, { operator, level }]),
  ),
);

/** Operators at least as tight as a level. Those of one level make one flat chain. */
function parseChain(cursor: Cursor, loosest: number): Expression {
  let left = parseUnary(cursor);
  for (;;) {
    const level = nextOperator(cursor)?.level;
    if (level === undefined || level < loosest) return left;
    const rest: ChainLink[] = [];
    for (let next = nextOperator(cursor); next?.level === level; next = nextOperator(cursor)) {
      cursor.advance();
      rest.push({ operator: next.operator, operand: parseChain(cursor, level + 1) });
    }
    left = { kind: "chain", first: left, rest, start: left.start, end: cursor.lastEnd };
  }
}

function nextOperator({ token }: Cursor): { readonly operator: BinaryOperator; readonly level: number } | undefined {
  return token.kind === "symbol" ? BY_SYMBOL.get(token.text) : undefined;
}

function parseUnary(cursor: Cursor): Expression {
  const { start } = cursor.token;
  const operator = acceptSign(cursor);
  if (operator === null) return parsePostfix(cursor);
  const operand = cursor.nested(() => parseUnary(cursor));
  return { kind: "unary", operator, operand, start, end: operand.end };
}

function acceptSign(cursor: Cursor): "+" | "-" | "~" | null {
  if (cursor.accept("-")) return "-";
  if (cursor.accept("+")) return "+";
  return cursor.accept("~") ? "~" : null;
}

function parsePostfix(cursor: Cursor): Expression {
  let result = parseAtom(cursor);
  for (let links = 0; ; links += 1) {
    const { start } = result;
    if (links > MAX_NESTING) throw cursor.failure("Parse error: nested too deeply", cursor.token);
    if (cursor.accept(".")) {
      const { name, end } = cursor.expectName();
      result = { kind: "dot", object: result, name, start, end };
    } else if (cursor.accept("(")) {
      const args = parseArguments(cursor, parseTest);
      result = { kind: "call", callee: result, args, start, end: cursor.lastEnd };
    } else if (cursor.accept("[")) result = parseSubscript(cursor, result);
    else return result;
  }
}

/** `object[index]` and `object[from:to:step]`, after the opening bracket. */
function parseSubscript(cursor: Cursor, object: Expression): Expression {
  const { start } = object;
  const from = cursor.at(":") ? null : parseTestList(cursor);
  if (from !== null && cursor.accept("]")) return { kind: "index", object, index: from, start, end: cursor.lastEnd };
  cursor.expect(":");
  const to = cursor.at(":") || cursor.at("]") ? null : parseTest(cursor);
  const step = cursor.accept(":") && !cursor.at("]") ? parseTest(cursor) : null;
  cursor.expect("]");
  return { kind: "slice", object, from, to, step, start, end: cursor.lastEnd };
}

function parseAtom(cursor: Cursor): Expression {
  const { token } = cursor;
  const { start, end } = token;
  switch (token.kind) {
    case "name":
      cursor.advance();
      return { kind: "name", name: token.text, start, end };
    case "string":
    case "int":
    case "float":
      cursor.advance();
      return { kind: "literal", value: token.value, start, end };
    case "format":
      cursor.advance();
      return { kind: "format", parts: formatParts(cursor, token), start, end };
    case "symbol":
      if (cursor.accept("...")) return { kind: "ellipsis", start, end };
      if (cursor.accept("(")) return parseParentheses(cursor, start);
      if (cursor.accept("[")) return parseList(cursor, start);
      if (cursor.accept("{")) return parseDict(cursor, start);
      break;
    case "keyword":
    case "newline":
    case "indent":
    case "dedent":
    case "end":
      break;
  }
  throw cursor.unexpected(EXPRESSION_START);
}

function parseParentheses(cursor: Cursor, start: number): Expression {
  if (cursor.accept(")")) return { kind: "tuple", items: [], start, end: cursor.lastEnd };
  const inner = parseTestList(cursor);
  if (!cursor.accept(")")) throw cursor.unexpected([")"]);
  return { ...inner, start, end: cursor.lastEnd };
}

function parseList(cursor: Cursor, start: number): Expression {
  const items: Expression[] = [];
  while (!cursor.accept("]")) {
    items.push(parseTest(cursor));
    const first = items[0];
    if (items.length === 1 && first !== undefined && cursor.at("for")) {
      return parseComprehension(cursor, { key: null, value: first, close: "]", start }, GRAMMAR);
    }
    if (!cursor.accept(",") && !cursor.at("]")) throw cursor.unexpected([",", "]"]);
  }
  return { kind: "list", items, start, end: cursor.lastEnd };
}

function parseDict(cursor: Cursor, start: number): Expression {
  const entries: DictEntry[] = [];
  while (!cursor.accept("}")) {
    const key = parseTest(cursor);
    cursor.expect(":");
    const value = parseTest(cursor);
    if (entries.length === 0 && cursor.at("for")) {
      return parseComprehension(cursor, { key, value, close: "}", start }, GRAMMAR);
    }
    entries.push({ key, value });
    if (!cursor.accept(",") && !cursor.at("}")) throw cursor.unexpected([",", "}"]);
  }
  return { kind: "dict", entries, start, end: cursor.lastEnd };
}

const GRAMMAR = { parseTest, parseOperand };

/** Can the next token begin an expression? */
function startsExpression(cursor: Cursor): boolean {
  const { token } = cursor;
  switch (token.kind) {
    case "name":
    case "string":
    case "format":
    case "int":
    case "float":
      return true;
    case "symbol":
    case "keyword":
      return EXPRESSION_START.includes(token.text);
    case "newline":
    case "indent":
    case "dedent":
    case "end":
      return false;
  }
}
