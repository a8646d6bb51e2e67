/** Writes values where the left side of an assignment says: variables, items, and several of them at once. */

import { OperationError } from "./errors.js";
import { length, toArray, unsupported } from "./iterating.js";
import type { Budget } from "./limits.js";
import { setSubscript, subscript } from "./operators.js";
import type { Span } from "./source.js";
import type { Expression, Target } from "./syntax.js";
import type { Scope, Value } from "./values.js";
import { lookUp } from "./variables.js";

/** What an assignment needs of the run that it is a part of. */
export interface Steps {
  readonly budget: Budget;
  evaluate(expression: Expression, scope: Scope): Value;
  /** Runs a step that is no node of its own but has a place in the source. */
  located<Result>(span: Span, step: () => Result): Result;
}

/** Where an augmented assignment reads and writes; its parts are evaluated once. */
export function placeOf(
  target: Target,
  scope: Scope,
  { budget, evaluate }: Steps,
): { read: () => Value; write: (value: Value) => void } {
  switch (target.kind) {
    case "name":
      return {
        read: () => lookUp(target.name, scope),
        write: (value) => scope.values.set(target.name, value),
      };
    case "index": {
      const object = evaluate(target.object, scope);
      const key = evaluate(target.index, scope);
      return {
        read: () => subscript(object, key, budget),
        write: (value) => setSubscript(object, key, value, budget),
      };
    }
    case "dot":
      throw unsupported(`.${target.name}=`, evaluate(target.object, scope));
    case "unpack":
      throw new OperationError("left-hand-side of modifying assignment cannot be a list or tuple");
  }
}

/** Assigns; errors are placed at the target. */
export function assign(target: Target, value: Value, scope: Scope, steps: Steps): void {
  const { budget, evaluate, located } = steps;
  switch (target.kind) {
    case "name":
      scope.values.set(target.name, value);
      return;
    case "index":
      return located(target, () => {
        const object = evaluate(target.object, scope);
        setSubscript(object, evaluate(target.index, scope), value, budget);
      });
    case "dot":
      return located(target, () => {
        throw unsupported(`.${target.name}=`, evaluate(target.object, scope));
      });
    case "unpack": {
      const items = located(target, () => unpack(value, target.targets.length, budget));
      for (const [index, inner] of target.targets.entries()) assign(inner, items[index] ?? null, scope, steps);
    }
  }
}

function unpack(value: Value, expected: number, budget: Budget): Value[] {
  const count = length(value);
  if (count !== expected) throw new OperationError(`Unpacked ${count} values but expected ${expected}`);
  return toArray(value, budget);
}
