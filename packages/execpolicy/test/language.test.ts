import { expect, it, describe } from "vitest";
import { parseRules, RuleError } from "../src/index.js";
import { EXPRESSIONS, FAILING_EXPRESSIONS } from "./tables/expressions.js";
import { SOURCES } from "./tables/sources.js";

/** What goes wrong with a source, without the list of tokens that could have stood there; null when nothing does. */
function problem(source: string): string | null {
  try {
    parseRules(source, "p.rules");
    return null;
  } catch (error) {
    if (error instanceof RuleError) return error.message.split(", expected one of")[0] ?? "";
    throw error;
  }
}

describe("expressions", () => {
  it.each(EXPRESSIONS)("%s is %s", (expression, repr) => {
    expect(problem(`fail(repr(${expression}))`)).toBe(`fail: ${repr}`);
  });

  it.each(FAILING_EXPRESSIONS)("%s fails with %s", (expression, message) => {
    expect(problem(`fail(repr(${expression}))`)).toBe(message);
  });
});

describe("sources", () => {
  it.each(SOURCES)("%j: %s", (source, message) => {
    expect(problem(source)).toBe(message);
  });
});
