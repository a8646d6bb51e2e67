/** Parses the loops and conditions of list and dict comprehensions. */

import type { Cursor, ParseExpression } from "./cursor.js";
import { MAX_NESTING } from "./limits.js";
import type { Clause, Comprehension, Expression, Target } from "./syntax.js";
import { toTarget } from "./targets.js";

/** The kinds of expressions that stand in a comprehension. */
interface Grammar {
  readonly parseTest: ParseExpression;
  readonly parseOperand: ParseExpression;
}

/** What was read before the first `for`. */
interface Beginning {
  readonly key: Expression | null;
  readonly value: Expression;
  readonly close: "]" | "}";
  readonly start: number;
}

/** Parses from the first `for` to the closing bracket. */
export function parseComprehension(cursor: Cursor, beginning: Beginning, grammar: Grammar): Comprehension {
  const { key, value, close, start } = beginning;
  const { parseTest, parseOperand } = grammar;
  const clauses: Clause[] = [];
  while (!cursor.accept(close)) {
    if (cursor.accept("for")) {
      const target = parseLoopTarget(cursor, parseOperand);
      cursor.expect("in");
      clauses.push({ kind: "for", target, iterable: parseTest(cursor, NO_CONDITIONAL) });
    } else if (cursor.accept("if")) clauses.push({ kind: "if", condition: parseTest(cursor, NO_CONDITIONAL) });
    else throw cursor.unexpected([close, "for", "if"]);
    if (clauses.length > MAX_NESTING) throw cursor.failure("Parse error: nested too deeply", cursor.token);
  }
  return { kind: "comprehension", key, value, clauses, start, end: cursor.lastEnd };
}

/** An `if` after a clause begins the next one. */
const NO_CONDITIONAL = { conditional: false };

/** The variables between `for` and `in`: operands, so that `in` ends them. */
export function parseLoopTarget(cursor: Cursor, parseOperand: ParseExpression): Target {
  const first = parseOperand(cursor);
  if (!cursor.at(",")) return toTarget(cursor, first);
  const targets = [toTarget(cursor, first)];
  while (cursor.accept(",")) {
    if (cursor.at("in")) break;
    targets.push(toTarget(cursor, parseOperand(cursor)));
  }
  return { kind: "unpack", targets, start: first.start, end: cursor.lastEnd };
}
