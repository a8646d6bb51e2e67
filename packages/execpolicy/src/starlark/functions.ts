/** Parses parameters and lambdas, and checks the order of parameters. */

import type { Cursor, ParseExpression } from "./cursor.js";
import type { Expression, Parameter } from "./syntax.js";

/** A lambda, from its keyword. */
export function parseLambda(cursor: Cursor, parseTest: ParseExpression): Expression {
  const { start } = cursor.token;
  cursor.expect("lambda");
  const parameters = parseParameters(cursor, ":", parseTest);
  const value = parseTest(cursor);
  const span = { start, end: value.end };
  const body = [{ kind: "return" as const, value, start: value.start, end: value.end }];
  return { kind: "lambda", definition: { name: "lambda", parameters, returns: null, body, ...span }, ...span };
}

/**
 * Parameters up to and including the token that closes them.
 * @param close `)` for a def, `:` for a lambda (whose parameters have no types)
 */
export function parseParameters(cursor: Cursor, close: ")" | ":", parseTest: ParseExpression): Parameter[] {
  const parameters: Parameter[] = [];
  while (!cursor.accept(close)) {
    parameters.push(parseParameter(cursor, close === ")", parseTest));
    if (!cursor.accept(",") && !cursor.at(close)) throw cursor.unexpected([close, ","]);
  }
  checkParameters(cursor, parameters);
  return parameters;
}

function parseParameter(cursor: Cursor, typed: boolean, parseTest: ParseExpression): Parameter {
  const { start } = cursor.token;
  if (cursor.at("/")) throw cursor.failure("/ positional-only-arguments is not allowed in this dialect", cursor.token);
  const form = cursor.accept("**") ? "dict" : cursor.accept("*") ? "list" : "plain";
  if (form === "list" && cursor.token.kind !== "name") {
    return { form: "separator", name: "*", type: null, default: null, start, end: cursor.lastEnd };
  }
  const { name } = cursor.expectName();
  const type = typed && cursor.accept(":") ? parseTest(cursor) : null;
  const value = form === "plain" && cursor.accept("=") ? parseTest(cursor) : null;
  return { form, name, type, default: value, start, end: cursor.lastEnd };
}

function checkParameters(cursor: Cursor, parameters: readonly Parameter[]): void {
  const names = new Set<string>();
  let defaults = false;
  let keywordOnly = false;
  let ended = false;
  for (const parameter of parameters) {
    const fail = (message: string) => cursor.failure(message, parameter);
    if (names.has(parameter.name)) throw fail("duplicated parameter name");
    names.add(parameter.name);
    if (ended) throw fail("parameter after **kwargs");
    if (parameter.form === "plain") {
      if (parameter.default === null && defaults && !keywordOnly)
        throw fail("positional parameter after non positional");
      defaults ||= parameter.default !== null;
    } else if (parameter.form === "dict") ended = true;
    else {
      if (keywordOnly) throw fail("Args parameter after another args or kwargs parameter");
      keywordOnly = true;
    }
  }
  const last = parameters.at(-1);
  if (last?.form === "separator") throw cursor.failure("`*` parameter must not be last", last);
}
