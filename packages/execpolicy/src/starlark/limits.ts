/** What a source may cost: a budget of steps that also counts the sizes of values, and depths that keep the stack small. */

import { OperationError } from "./errors.js";

/** Steps one source may take: more than a million loop rounds of some statements, about a second of work. */
export const MAX_STEPS = 5_000_000;
/** Steps that every file gets, also after others have used up what they share: enough for hundreds of plain rules. */
export const LEAST_STEPS = 50_000;
/** Calls that may be under way at once, the module itself included, as in the original. */
export const MAX_CALLS = 50;
/** Brackets, operators and blocks inside each other in a source. */
export const MAX_NESTING = 200;
/** Expressions and statements being evaluated inside each other, over all calls. */
export const MAX_EVALUATION_DEPTH = 1_500;
/** Lists inside lists that printing, comparing and hashing follow. */
export const MAX_VALUE_DEPTH = 200;
/** Tokens in one source: bounds the memory that its syntax tree takes. */
export const MAX_TOKENS = 1_000_000;
/** Characters or elements of one value. */
export const MAX_SIZE = 10_000_000;
/** Bits of one integer. */
export const MAX_INTEGER_BITS = 131_072;

/** What an error says when a source has used up its steps. */
export const STEP_LIMIT_MESSAGE = "step limit exceeded: the file does too much work";

/** Counts down what a source may still do. */
export class Budget {
  #left: number;

  constructor(steps: number = MAX_STEPS) {
    this.#left = steps;
  }

  /** Steps left; 0 when there are none. */
  get left(): number {
    return Math.max(this.#left, 0);
  }

  /** Makes sure that there are at least so many steps. */
  ensure(steps: number): void {
    this.#left = Math.max(this.#left, steps);
  }

  /** Takes steps; throws when none are left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new OperationError(STEP_LIMIT_MESSAGE);
  }

  /** Takes the steps for reading or making something of this many characters or elements. */
  spendSize(size: number): void {
    if (size > MAX_SIZE) throw new OperationError(`value too large: more than ${MAX_SIZE} elements or characters`);
    if (size > 3) this.spend(size >> 2);
  }
}
