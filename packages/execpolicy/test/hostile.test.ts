import { describe, expect, it } from "vitest";
import { parseRules, RuleError } from "../src/index.js";

const big = "a".repeat(10_000_000);
const deep = 10_000;
const loop = (setup: string, body: string) => `${setup}\nfor i in range(1000000):\n  ${body}\n`;

/** Sources that would take for ever, fill the memory or exhaust the stack if nothing stopped them. */
const HOSTILE: readonly (readonly [what: string, source: string])[] = [
  ["brackets", `x = ${"[".repeat(deep)}${"]".repeat(deep)}`],
  ["open parentheses", `x = ${"(".repeat(deep)}`],
  ["calls in calls", `x = ${"len(".repeat(deep)}`],
  ["calls of calls", `x = f${"()".repeat(deep)}`],
  ["not not not", `x = ${"not ".repeat(deep)}1`],
  ["signs", `x = ${"-".repeat(deep)}1`],
  ["lambdas", `x = ${"lambda: ".repeat(deep)}1`],
  ["conditionals", `x = ${"1 if 1 else ".repeat(deep)}1`],
  ["blocks", Array.from({ length: 5000 }, (_, index) => `${" ".repeat(index)}if 1:`).join("\n")],
  ["loops of a comprehension", `x = [1 ${"for y in [1] ".repeat(deep)}]`],
  ["a long name", big],
  ["a long number", `x = ${"9".repeat(big.length)}`],
  ["a NUL", "x = \0"],
  ["an open string", `'''${big}`],
  ["too many tokens", `x = ${"1,".repeat(2_000_000)}`],
  ["a loop without an end", "for a in range(10000000000):\n  pass"],
  ["loops in loops", "for a in range(100000):\n  for b in range(100000):\n    x = a"],
  ["a string that doubles", "x = 'a'\nfor i in range(100):\n  x += x"],
  ["a list that doubles", "x = [1]\nfor i in range(100):\n  x = x + x"],
  ["a string times a lot", "x = 'a' * 10000000000"],
  ["a list times a lot", "x = [0] * 10000000000"],
  ["squares of squares", "x = 10\nfor i in range(100):\n  x = x * x"],
  ["a wide shift", "x = 1 << 10000000000"],
  ["a huge list", "x = list(range(10000000000))"],
  ["a deep value", "x = []\nfor i in range(100000):\n  x = [x]\nrepr(x)"],
  ["a list in itself", "x = []\nx.append(x)\nrepr(x)"],
  ["lists in themselves, compared", "x = []\nx.append(x)\ny = []\ny.append(y)\nz = x == y"],
  ["a value that prints exponentially", "x = [1]\nfor i in range(60):\n  x = [x, x]\nrepr(x)"],
  ["a key that hashes exponentially", "x = (1,)\nfor i in range(60):\n  x = (x, x)\nd = {x: 1}"],
  ["recursion", "def f(n): return f(n)\nf(1)"],
  ["mutual recursion", "def f(n): return g(n)\ndef g(n): return f(n)\nf(1)"],
  ["recursion through a builtin", "def f(n): return sorted([n], key=f)\nf(1)"],
  ["deep expressions in recursion", `def f(n):\n  return ${"[".repeat(90)}f(n)${"]".repeat(90)}\nf(1)`],
  ["rules without an end", "for i in range(10000000):\n  prefix_rule([str(i)])"],
  ["copies in a loop", loop("s = [1] * 1000000", "s[i:]")],
  ["searches in a loop", loop("s = [1] * 1000000", "2 in s")],
  ["inserts at the front", loop("s = []", "s.insert(0, i)")],
  ["type checks in a loop", loop("def f(x: list[str]): pass\ns = ['a'] * 1000000", "f(s)")],
  ["broken calls", `fail('x')\n${"prefix_rule([\n".repeat(100_000)}`],
];

describe("hostile sources end in a typed error", () => {
  it.each(HOSTILE)("%s", (_, source) => {
    expect(() => parseRules(source, "hostile.rules")).toThrow(RuleError);
  });
});

describe("large sources that are fine", () => {
  it.each([
    ["a long line", `x = '${big}'`],
    ["a long comment", `#${big}`],
    ["a long sum", `x = 1${"+1".repeat(100_000)}`],
    ["many branches", `if 0: pass\n${"elif 0: pass\n".repeat(10_000)}`],
    ["a million rounds", "x = 0\nfor i in range(1000000):\n  x += i\n"],
    ["many rules", "for i in range(10000):\n  prefix_rule([str(i)])"],
    ["calls 48 deep", "def f(n):\n  if n == 0:\n    return 0\n  return f(n-1)\nf(48)"],
  ])("%s", (_, source) => {
    expect(() => parseRules(source, "large.rules")).not.toThrow();
  });
});
