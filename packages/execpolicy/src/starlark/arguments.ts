/** Parses a call's arguments and checks their order. */

import type { Cursor, ParseExpression } from "./cursor.js";
import type { StarlarkError } from "./errors.js";
import type { Argument } from "./syntax.js";

/** Parses from after the opening parenthesis to the closing one. */
export function parseArguments(cursor: Cursor, parseTest: ParseExpression): Argument[] {
  const args: Argument[] = [];
  while (!cursor.accept(")")) {
    args.push(parseArgument(cursor, parseTest));
    if (!cursor.accept(",") && !cursor.at(")")) throw cursor.unexpected([")", ","]);
  }
  checkOrder(cursor, args);
  return args;
}

function parseArgument(cursor: Cursor, parseTest: ParseExpression): Argument {
  const { start } = cursor.token;
  const form = cursor.accept("*") ? "list" : cursor.accept("**") ? "dict" : "positional";
  const value = parseTest(cursor);
  if (form !== "positional" || value.kind !== "name" || !cursor.accept("=")) {
    return { form, name: "", value, start, end: cursor.lastEnd };
  }
  const named = parseTest(cursor);
  return { form: "named", name: value.name, value: named, start, end: cursor.lastEnd };
}

/** Positional first, then named, then at most one `*list`, then at most one `**dict`. */
function checkOrder(cursor: Cursor, args: readonly Argument[]): void {
  const order = { positional: 0, named: 1, list: 2, dict: 3 };
  const names = new Set<string>();
  let reached = 0;
  for (const arg of args) {
    const rank = order[arg.form];
    if (rank < reached || (rank === reached && rank >= order.list)) throw outOfOrder(cursor, arg);
    if (arg.form === "named" && names.has(arg.name))
      throw cursor.failure("repeated named argument", { start: arg.start, end: arg.start + arg.name.length });
    names.add(arg.name);
    reached = rank;
  }
}

function outOfOrder(cursor: Cursor, arg: Argument): StarlarkError {
  switch (arg.form) {
    case "positional":
      return cursor.failure("positional argument after non positional", arg);
    case "named":
      return cursor.failure("named argument after *args or **kwargs", arg);
    case "list":
      return cursor.failure("Args array after another args or kwargs", arg);
    case "dict":
      return cursor.failure("Multiple kwargs dictionary in arguments", arg);
  }
}
