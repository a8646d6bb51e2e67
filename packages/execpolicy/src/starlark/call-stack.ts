/** Where a run is: the calls under way, how deep evaluation has gone, and how errors get their place. */

import { type Frame, OperationError, StarlarkError } from "./errors.js";
import { MAX_CALLS, MAX_EVALUATION_DEPTH } from "./limits.js";
import type { Source, Span } from "./source.js";

/** The calls of one run. */
export class CallStack {
  readonly #source: Source;
  readonly #calls: { readonly span: Span | null; readonly name: string }[] = [];
  #depth = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Goes one level deeper into the syntax tree; every entry needs its {@link leave}. */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_EVALUATION_DEPTH) throw new OperationError("evaluation nested too deeply");
  }

  /** Comes back from {@link enter}. */
  leave(): void {
    this.#depth -= 1;
  }

  /**
   * Runs a call. What fails in it without a place is placed at the call.
   * @param span the call in the source; null when a builtin makes it
   * @param name of the function that is called
   */
  call<Result>(span: Span | null, name: string, run: () => Result): Result {
    if (this.#calls.length >= MAX_CALLS - 1) throw this.#failure("Starlark call stack overflow", span);
    this.#calls.push({ span, name });
    const result = span === null ? run() : this.located(span, run);
    this.#calls.pop();
    return result;
  }

  /** Runs a step that is no node of its own but has a place. */
  located<Result>(span: Span, step: () => Result): Result {
    try {
      return step();
    } catch (error) {
      throw this.placed(error, span);
    }
  }

  /** The error with this place, unless it has one already. */
  placed(error: unknown, span: Span): unknown {
    return error instanceof OperationError ? this.#failure(error.message, span) : error;
  }

  /** The line, counted from 1, of the innermost call that stands in the source. */
  line(): number {
    const span = this.#innermost();
    return span === null ? 1 : this.#source.position(span.start).line;
  }

  #innermost(): Span | null {
    return this.#calls.findLast((call) => call.span !== null)?.span ?? null;
  }

  #failure(message: string, span: Span | null): StarlarkError {
    const place = span ?? this.#innermost() ?? { start: 0, end: 0 };
    return new StarlarkError(message, this.#source, place, this.#trace());
  }

  #trace(): Frame[] {
    return this.#calls.map(({ span }, index) => ({ inside: this.#calls[index - 1]?.name ?? "<module>", span }));
  }
}
