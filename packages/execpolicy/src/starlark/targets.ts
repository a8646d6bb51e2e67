/** Turns an expression left of `=` or after `for` into something that can be assigned to. */

import type { Cursor } from "./cursor.js";
import type { Expression, Target } from "./syntax.js";

/** Throws for what cannot be assigned to. */
export function toTarget(cursor: Cursor, expression: Expression): Target {
  const { start, end } = expression;
  switch (expression.kind) {
    case "name":
      return { kind: "name", name: expression.name, start, end };
    case "dot":
    case "index":
      return expression;
    case "tuple":
    case "list":
      return { kind: "unpack", targets: expression.items.map((item) => toTarget(cursor, item)), start, end };
    default:
      throw cursor.failure("left-hand-side of assignment must take the form `a`, `a.b` or `a[b]`", expression);
  }
}
