import { expect, it, describe } from "vitest";
import { parseRules, Policy, RuleError } from "../src/index.js";

function failure(source: string): RuleError {
  try {
    parseRules(source, "t0.rules");
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
  throw new Error("the source is fine");
}

describe("arguments of prefix_rule", () => {
  it.each([
    ['pattern=["a"], decision="deny"', "invalid decision: deny"],
    ['pattern=["a"], decision="Allow"', "invalid decision: Allow"],
    ["pattern=[]", "invalid pattern element: pattern cannot be empty"],
    ['pattern=["a",[]]', "invalid pattern element: pattern alternatives cannot be empty"],
    ['pattern=["a",1]', "invalid pattern element: pattern element must be a string or list of strings (got int)"],
    ['pattern=["a",[1]]', "invalid pattern element: pattern alternative must be a string (got int)"],
    ['pattern="ls"', 'Type of parameter `pattern` doesn\'t match, expected `list`, actual `string (repr: "ls")`'],
    ['pattern=("ls",)', 'Type of parameter `pattern` doesn\'t match, expected `list`, actual `tuple (repr: ("ls",))`'],
    [
      'pattern=["ls",("-l","-a")]',
      "invalid pattern element: pattern element must be a string or list of strings (got tuple)",
    ],
    ['pattern=["a"], justification="  "', "invalid rule: justification cannot be empty"],
    ['pattern=["a"], match=[1]', "invalid example: example must be a string or list of strings (got int)"],
    ['pattern=["a"], match=[["ls",1]]', "invalid example: example tokens must be strings (got int)"],
    ['pattern=["a"], match=[""]', "invalid example: example cannot be an empty string"],
    ['pattern=["a"], match=[[]]', "invalid example: example cannot be an empty list"],
    [String.raw`pattern=["a"], match=["ls \"x"]`, "invalid example: example string has invalid shell syntax"],
    [
      'pattern=["ls"], match=["cat x", ["a b", "c"]]',
      String.raw`expected every example to match at least one rule. rules: ["PrefixRule { pattern: PrefixPattern { first: \"ls\", rest: [] }, decision: Allow, justification: None }"]; unmatched examples: ["cat x", "'a b' c"]`,
    ],
    [
      'pattern=["ls"], not_match=["ls -l"]',
      'expected example to not match rule `PrefixRule { pattern: PrefixPattern { first: "ls", rest: [] }, decision: Allow, justification: None }`: ls -l',
    ],
    ["", "Missing parameter `pattern` for call to `prefix_rule`"],
    ['pattern=["a"], foo=1', "Found `foo` extra named parameter(s) for call to prefix_rule"],
    [
      'pattern=[["ls","dir"],"a",["b"],["c","d"]], decision="prompt", justification="j", match=["x"]',
      String.raw`expected every example to match at least one rule. rules: ["PrefixRule { pattern: PrefixPattern { first: \"ls\", rest: [Single(\"a\"), Single(\"b\"), Alts([\"c\", \"d\"])] }, decision: Prompt, justification: Some(\"j\") }", "PrefixRule { pattern: PrefixPattern { first: \"dir\", rest: [Single(\"a\"), Single(\"b\"), Alts([\"c\", \"d\"])] }, decision: Prompt, justification: Some(\"j\") }"]; unmatched examples: ["x"]`,
    ],
  ])("prefix_rule(%s) is refused: %s", (args, message) => {
    expect(failure(`prefix_rule(${args})`).message).toBe(message);
  });

  it("checks not_match before match", () => {
    expect(failure('prefix_rule(["ls"], match=["x"], not_match=["ls"])').message).toMatch(/^expected example to not/);
  });
});

describe("errors", () => {
  it("show the call, the reason and the source lines", () => {
    const error = failure('\n\nprefix_rule(\n  pattern=["ls"],\n  not_match=["ls -l"])\n');
    expect(error.range).toEqual({ start: { line: 3, column: 1 }, end: { line: 5, column: 23 } });
    expect(error.details).toBe(`starlark error: Traceback (most recent call last):
  * t0.rules:3, in <module>
      prefix_rule(
error: ${error.message}
 --> t0.rules:3:1
  |
3 | / prefix_rule(
4 | |   pattern=["ls"],
5 | |   not_match=["ls -l"])
  | |______________________^
  |
`);
  });

  it("of parsing have no call in front", () => {
    expect(failure("x = 1 +").details).toMatch(
      /^starlark error: error: Parse error: unexpected new line here, expected one of .*\n --> t0\.rules:1:8\n {2}\|\n1 \| x = 1 \+\n {2}\| {8}\n {2}\|\n$/,
    );
  });

  it("name every call that led to them", () => {
    const error = failure("def f(xs):\n    return sorted(xs, key = lambda y: fail(y))\nf([1])\n");
    expect(error.details).toContain(`  * t0.rules:3, in <module>
      f([1])
  * t0.rules:2, in f
      return sorted(xs, key = lambda y: fail(y))
  File <builtin>, in sorted
  * t0.rules:2, in lambda`);
  });

  it("count columns in characters and mark wide ones over their full width", () => {
    const error = failure('y = "é😀" + foo');
    expect(error.range.start).toEqual({ line: 1, column: 12 });
    expect(error.details).toContain('1 | y = "é😀" + foo\n  |             ^^^\n');
  });
});

describe("a broken file", () => {
  it.each([
    [
      "keeps restrictions before a syntax error",
      'prefix_rule(["rm"], decision="forbidden")\nprefix_rule(["ls"])\nx = [\n',
      ["rm"],
    ],
    [
      "keeps restrictions after a syntax error",
      'prefix_rule(["a"]\nprefix_rule(["rm"], decision="forbidden")\nprefix_rule(["ls"])\n',
      ["rm"],
    ],
    [
      "keeps restrictions around a bad rule",
      'prefix_rule(["a"], decision="prompt")\nprefix_rule(["b"], decision="deny")\nprefix_rule(["c"], decision="prompt")',
      ["a", "c"],
    ],
    [
      "keeps restrictions that variables and loops make before the error",
      'W = ["rm", "dd"]\nfor w in W:\n  prefix_rule([w], decision="forbidden")\nprefix_rule(["x"], decision="no")\n',
      ["rm", "dd"],
    ],
    ["keeps restrictions before an unknown name", 'prefix_rule(["rm"], decision="prompt")\nprint("x")\n', ["rm"]],
    [
      "keeps a call over several lines that ends before the error",
      'prefix_rule(\n  ["rm"],\n  decision="prompt",\n)\nx = (\n',
      ["rm"],
    ],
    ["cannot keep what needs the broken part", 'W = [\nprefix_rule(W, decision="forbidden")', []],
  ])("%s", (_, source, programs) => {
    const { restrictions } = failure(source);
    expect(restrictions.map(({ first }) => first)).toEqual(programs);
    expect(restrictions.every(({ decision }) => decision !== "allow")).toBe(true);
  });

  it("says on which line a salvaged rule stands", () => {
    const { restrictions } = failure('x = [\n\nprefix_rule(["rm"], decision="forbidden")\n');
    expect(restrictions[0]?.origin).toEqual({ layer: "", file: "t0.rules", line: 3 });
  });
});

describe("rules", () => {
  it("remember file, line and layer", () => {
    const { rules } = parseRules('x = 1\nfor w in ["a", "b"]:\n  prefix_rule([w])\n', "f.rules", { layer: "user" });
    expect(rules.map(({ origin }) => origin)).toEqual([
      { layer: "user", file: "f.rules", line: 3 },
      { layer: "user", file: "f.rules", line: 3 },
    ]);
  });

  it.each([
    [["ls"], ["ls"], true],
    [["ls"], ["ls", "-l"], true],
    [["ls", "-l"], ["ls"], false],
    [["ls"], ["/bin/ls"], false],
    [["ls"], ["LS"], false],
    [["git", ["log", "show"]], ["git", "show", "x"], true],
    [["git", ["log", "show"]], ["git", "push"], false],
    [["*"], ["ls"], false],
    [[""], [""], true],
  ])("%j on %j matches: %s", (pattern, command, matches) => {
    const policy = new Policy(parseRules(`prefix_rule(${JSON.stringify(pattern)})`, "p").rules);
    expect(policy.matching(command).length > 0).toBe(matches);
  });

  it("are added for the running session without changing the policy others hold", () => {
    const policy = new Policy();
    const more = policy.withAllowRule(["git", "status"]);
    expect(policy.rules).toEqual([]);
    expect(more.matching(["git", "status", "-s"])).toHaveLength(1);
    expect(more.withAllowRule(["git", "status"])).toBe(more);
    expect(more.withAllowRule([])).toBe(more);
  });
});
