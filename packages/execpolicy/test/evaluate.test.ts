import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Decision, evaluate, forbiddenReason, joinWords, parseRules, Policy, promptReason } from "../src/index.js";

function policyOf(source: string): Policy {
  return new Policy(parseRules(source, "p.rules").rules);
}

const allow = () => "allow" as const;
const prompt = () => "prompt" as const;

describe("several commands", () => {
  const policy = policyOf(`
prefix_rule(["cat"])
prefix_rule(["git", "push"], decision="prompt", justification="ask first")
prefix_rule(["dd"], decision="forbidden")
`);

  it.each([
    ["one allowed by a rule", [["cat", "x"]], prompt, "allow", true],
    ["an allowed one before one without a rule", [["cat"], ["rm", "-rf", "x"]], prompt, "prompt", false],
    ["an allowed one after one without a rule", [["rm", "-rf", "x"], ["cat"]], prompt, "prompt", false],
    ["an allowed one with one that the heuristic allows", [["cat"], ["wc"]], allow, "allow", false],
    [
      "all allowed by rules",
      [
        ["cat", "a"],
        ["cat", "b"],
      ],
      prompt,
      "allow",
      true,
    ],
    ["one that a rule asks for", [["cat"], ["git", "push"]], allow, "prompt", false],
    ["one that a rule forbids", [["cat"], ["dd"], ["git", "push"]], allow, "forbidden", false],
    ["none", [], allow, "prompt", false],
  ] as [string, string[][], () => Decision, Decision, boolean][])("%s", (_, commands, fallback, decision, byRules) => {
    const evaluation = evaluate(policy, commands, fallback);
    expect(evaluation.decision).toBe(decision);
    expect(evaluation.allAllowedByRules).toBe(byRules);
    expect(evaluation.perCommand).toHaveLength(commands.length);
  });

  it("lists everything that spoke, in order, in the form for programs", () => {
    const evaluation = evaluate(policy, [["git", "push", "-f"], ["wc"]], allow);
    expect(evaluation.matchedRules).toEqual([
      { prefixRuleMatch: { matchedPrefix: ["git", "push"], decision: "prompt", justification: "ask first" } },
      { heuristicsRuleMatch: { command: ["wc"], decision: "allow" } },
    ]);
    expect(evaluation.perCommand.map(({ decidedBy }) => decidedBy)).toEqual(["rules", "heuristic"]);
  });

  it("asks the fallback only about commands without a rule", () => {
    const asked: (readonly string[])[] = [];
    evaluate(policy, [["cat"], ["wc"], ["dd"]], (command) => {
      asked.push(command);
      return "allow";
    });
    expect(asked).toEqual([["wc"]]);
  });
});

describe("restrictions behind other names", () => {
  const policy = policyOf('prefix_rule(["rm"], decision="forbidden")\nprefix_rule(["touch"])');

  it.each([
    [["/bin/rm", "x"], "forbidden", ["/bin/rm"]],
    [["./rm"], "forbidden", ["./rm"]],
    [["\\rm"], "forbidden", ["\\rm"]],
    [["rm.exe"], "forbidden", ["rm.exe"]],
    [["sudo", "rm", "x"], "forbidden", ["sudo", "rm"]],
    [["sudo", "-u", "root", "-n", "/bin/rm", "x"], "forbidden", ["sudo", "-u", "root", "-n", "/bin/rm"]],
    [["env", "A=1", "-i", "rm"], "forbidden", ["env", "A=1", "-i", "rm"]],
    [["nice", "-n", "5", "timeout", "-k", "1", "9s", "rm"], "forbidden", null],
    [["xargs", "-n", "1", "rm"], "forbidden", null],
    [["flock", "/tmp/l", "rm", "x"], "forbidden", ["flock", "/tmp/l", "rm"]],
    [["env", "-S", "rm x"], "forbidden", ["rm"]],
    [["find", ".", "-exec", "sudo", "rm", "{}", ";"], "forbidden", ["sudo", "rm"]],
    [["strace", "-f", "-o", "log", "taskset", "1", "/bin/rm"], "forbidden", null],
    [["sudo", "-u", "rm", "ls"], "allow", null],
    [["echo", "rm"], "allow", null],
    [["sudo"], "allow", null],
  ] as [string[], Decision, string[] | null][])("%j is %s", (command, decision, prefix) => {
    const evaluation = evaluate(policy, [command], allow);
    expect(evaluation.decision).toBe(decision);
    if (prefix === null) return;
    expect(evaluation.matchedRules).toEqual([{ prefixRuleMatch: { matchedPrefix: prefix, decision } }]);
  });

  it.each([[["/bin/touch", "x"]], [["sudo", "touch", "x"]], [["env", "touch"]]])(
    "%j is not allowed by a rule for the bare program",
    (command) => {
      const evaluation = evaluate(policy, [command], prompt);
      expect(evaluation.decision).toBe("prompt");
      expect(evaluation.allAllowedByRules).toBe(false);
    },
  );

  it("applies them to commands inside a script that could not be split, and permissions not", () => {
    const script = ["bash", "-lc", "touch a; echo $(rm b)"];
    const evaluation = evaluate(policy, [script], prompt, {
      embedded: [
        ["touch", "a"],
        ["rm", "b"],
      ],
    });
    expect(evaluation.decision).toBe("forbidden");
    expect(evaluate(policy, [script], prompt, { embedded: [["touch", "a"]] })).toMatchObject({
      decision: "prompt",
      allAllowedByRules: false,
    });
  });
});

describe("commands inside others", () => {
  const policy = policyOf('prefix_rule(["flock"])\nprefix_rule(["rm"], decision="forbidden")');

  it("are held against rules also when the others are allowed by one", () => {
    const evaluation = evaluate(policy, [["flock", "l", "sh", "-c", "rm x"]], prompt, { embedded: [["rm", "x"]] });
    expect(evaluation).toMatchObject({ decision: "forbidden", allAllowedByRules: false });
  });

  it("are told once", () => {
    const evaluation = evaluate(policy, [["flock", "l", "rm"]], prompt, { embedded: [["flock", "l", "rm"], ["rm"]] });
    expect(evaluation.perCommand).toHaveLength(1);
  });
});

describe("reasons", () => {
  const quoted = "/bin/bash -lc 'rm -rf foo'";

  it.each([
    ["", [["rm"]], "forbidden", `\`${quoted}\` rejected: blocked by policy`],
    [
      'prefix_rule(["rm"], decision="forbidden", justification="use trash")',
      [["rm", "x"]],
      "allow",
      `\`${quoted}\` rejected: use trash`,
    ],
    [
      'prefix_rule(["printf", "a b"], decision="forbidden")',
      [["printf", "a b", "c"]],
      "allow",
      `\`${quoted}\` rejected: policy forbids commands starting with \`printf 'a b'\``,
    ],
    [
      'prefix_rule(["a"], decision="forbidden", justification="short")\nprefix_rule(["a","b"], decision="forbidden", justification="long")',
      [["a", "b"]],
      "allow",
      `\`${quoted}\` rejected: long`,
    ],
  ] as [string, string[][], Decision, string][])("refusing by %j", (source, commands, heuristic, text) => {
    expect(
      forbiddenReason(
        evaluate(policyOf(source), commands, () => heuristic),
        quoted,
      ),
    ).toBe(text);
  });

  it.each([
    ["", null],
    ['prefix_rule(["rm"], decision="prompt")', `\`${quoted}\` requires approval by policy`],
    ['prefix_rule(["rm"], decision="prompt", justification="why")', `\`${quoted}\` requires approval: why`],
  ])("asking by %j", (source, text) => {
    expect(promptReason(evaluate(policyOf(source), [["rm", "x"]], prompt), quoted)).toBe(text);
  });
});

describe("properties", () => {
  const word = fc.constantFrom("a", "b", "c", "rm");
  const decision = fc.constantFrom<Decision>("allow", "prompt", "forbidden");
  const rule = fc.record({ pattern: fc.array(word, { minLength: 1, maxLength: 3 }), decision });
  const command = fc.array(word, { minLength: 1, maxLength: 4 });
  const rank = { allow: 0, prompt: 1, forbidden: 2 };
  const runs = process.env["CODEX_TS_NIGHTLY"] === undefined ? 500 : 20_000;

  it("equals a plain model: the strictest of all matches, the fallback where nothing matches", () => {
    fc.assert(
      fc.property(fc.array(rule), fc.array(command, { minLength: 1 }), decision, (rules, commands, fallback) => {
        const source = rules
          .map((each) => `prefix_rule(${JSON.stringify(each.pattern)}, decision="${each.decision}")`)
          .join("\n");
        const expected = commands.map((words) => {
          const matching = rules.filter((each) => each.pattern.every((token, index) => words[index] === token));
          return Math.max(-1, ...matching.map((each) => rank[each.decision]));
        });
        const evaluation = evaluate(policyOf(source), commands, () => fallback);
        expect(rank[evaluation.decision]).toBe(Math.max(...expected.map((each) => (each < 0 ? rank[fallback] : each))));
        expect(evaluation.allAllowedByRules).toBe(expected.every((each) => each === 0));
      }),
      { numRuns: runs },
    );
  });
});

describe("joinWords", () => {
  it.each([
    [["rm", "-rf", "foo"], "rm -rf foo"],
    [[""], "''"],
    [["a b"], "'a b'"],
    [["it's"], `"it's"`],
    [["a$b'c"], `'a$b'"'c"`],
    [["a^b"], "a'^b'"],
    [["a\\b^c'd"], `"a\\\\b"'^c'"'d"`],
    [["'!\\!^"], `"'"'!'"\\\\"'!''^'`],
    [["x=1"], "'x=1'"],
    [["é"], "'é'"],
    [["\n'"], `"\n'"`],
  ])("%j becomes %s", (words, text) => {
    expect(joinWords(words)).toBe(text);
  });

  it("takes a long word with many quotes", () => {
    expect(joinWords(["'^".repeat(500_000)])).toHaveLength(3_000_000);
  });

  it("gives text that an example splits into the same words", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { minLength: 1 }), (words) => {
        const rules = `prefix_rule(${JSON.stringify(words)}, match=[${JSON.stringify(joinWords(words))}])`;
        expect(parseRules(rules, "p").rules).toHaveLength(1);
      }),
    );
  });
});
