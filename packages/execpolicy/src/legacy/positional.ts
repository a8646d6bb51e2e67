/** Binds positional arguments to matchers, of which at most one takes several. */

import { MismatchError } from "./errors.js";
import { type ArgMatcher, cardinality, type PositionalArg } from "./exec-call.js";

/** An argument with the matcher that takes it. */
export interface Binding {
  readonly arg: PositionalArg;
  readonly matcher: ArgMatcher;
}

/** Matchers before the one for several bind from the front, those after it from the back. */
export function bindPositional(
  program: string,
  args: readonly PositionalArg[],
  matchers: readonly ArgMatcher[],
): Binding[] {
  const several = severalIndex(program, matchers);
  const front = several === null ? matchers : matchers.slice(0, several);
  if (front.length > args.length) {
    throw new MismatchError({ type: "RangeEndOutOfBounds", end: front.length, len: args.length });
  }
  const bound = pair(args, front);
  const matcher = several === null ? undefined : matchers[several];
  if (several === null || matcher === undefined) {
    const rest = args.slice(front.length);
    if (rest.length > 0) throw new MismatchError({ type: "UnexpectedArguments", program, args: rest });
    return bound;
  }
  const back = matchers.slice(several + 1);
  if (back.length > args.length) {
    throw new MismatchError({ type: "NotEnoughArgs", program, args, arg_patterns: matchers });
  }
  const backStart = args.length - back.length;
  if (front.length > backStart) throw new MismatchError({ type: "PrefixOverlapsSuffix" });
  const middle = args.slice(front.length, backStart);
  if (middle.length === 0 && cardinality(matcher) === "at least one") {
    throw new MismatchError({ type: "VarargMatcherDidNotMatchAnything", program, matcher });
  }
  return [...bound, ...middle.map((arg) => ({ arg, matcher })), ...pair(args.slice(backStart), back)];
}

/** Where the matcher for several arguments stands; null when there is none. */
function severalIndex(program: string, matchers: readonly ArgMatcher[]): number | null {
  let found: { index: number; matcher: ArgMatcher } | null = null;
  for (const [index, matcher] of matchers.entries()) {
    if (cardinality(matcher) === "one") continue;
    if (found !== null) {
      throw new MismatchError({ type: "MultipleVarargPatterns", program, first: found.matcher, second: matcher });
    }
    found = { index, matcher };
  }
  return found?.index ?? null;
}

function pair(args: readonly PositionalArg[], matchers: readonly ArgMatcher[]): Binding[] {
  return matchers.flatMap((matcher, index) => {
    const arg = args[index];
    return arg === undefined ? [] : [{ arg, matcher }];
  });
}
