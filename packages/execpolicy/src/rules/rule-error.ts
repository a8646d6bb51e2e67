/** The error for a rules file that cannot be used; apart from the parser, so that catching it does not load one. */

import type { StarlarkError } from "../starlark/errors.js";
import type { SourceRange } from "../starlark/source.js";
import type { PrefixRule } from "./policy.js";

/** A rules file that cannot be used. What to do: correct the place that it names; nothing else of the file counts. */
export class RuleError extends Error {
  override readonly name = "RuleError";
  readonly file: string;
  readonly range: SourceRange;
  /** Reason, place and source line for people, over several lines; begins with `starlark error: `. */
  readonly details: string;
  /** The prompt and forbidden rules that could still be read; a broken file keeps restricting what it can. */
  readonly restrictions: readonly PrefixRule[];

  constructor(cause: StarlarkError, restrictions: readonly PrefixRule[]) {
    super(cause.message, { cause });
    this.file = cause.file;
    this.range = cause.range;
    this.details = `starlark error: ${cause.report}`;
    this.restrictions = restrictions;
  }
}
