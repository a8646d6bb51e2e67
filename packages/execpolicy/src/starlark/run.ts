/** Reads and runs a source of the rule languages, a subset of Starlark, with the functions that a host provides. */

import { globals } from "./builtins.js";
import { Evaluator } from "./evaluator.js";
import { Budget } from "./limits.js";
import { parse, parseFirst } from "./parser.js";
import { resolve } from "./scope.js";
import { Source } from "./source.js";
import type { Value } from "./values.js";

/** How a run may differ from reading and running everything. */
export interface RunOptions {
  /** What the run may cost; shared when several belong together. */
  readonly budget?: Budget;
  /** Read and run only the statement that the text begins with. */
  readonly first?: boolean;
}

/**
 * @param extra the host's functions and constants by name
 * @throws StarlarkError when the source cannot be parsed or run; the host's functions may have been called by then
 */
export function runSource(
  name: string,
  text: string,
  extra: ReadonlyMap<string, Value>,
  { budget = new Budget(), first = false }: RunOptions = {},
): void {
  const source = new Source(name, text);
  const statements = first ? parseFirst(source, budget) : parse(source, budget);
  const known = globals(extra);
  const scopes = resolve(source, statements, known.keys());
  new Evaluator(source, scopes, budget).run(statements, known);
}
