/** Rules: 1,000 commands against 1,000 rules, and reading the file that they come from. */

import { evaluate, parseRules, Policy } from "../../packages/execpolicy/src/index.js";

const PROGRAMS = 100;

const source = Array.from(
  { length: 1_000 },
  (_, index) => `prefix_rule(pattern=["p${index % PROGRAMS}", "sub${index}"], decision="allow")`,
).join("\n");

const commands = Array.from({ length: 1_000 }, (_, index) => [
  `p${index % PROGRAMS}`,
  `sub${(index * 7) % 2_000}`,
  "-x",
]);

export default {
  name: "execpolicy: 1,000 rules read, 1,000 commands decided",
  unit: "ms",
  async measure() {
    const start = performance.now();
    const policy = new Policy(parseRules(source, "bench.rules").rules);
    for (const command of commands) evaluate(policy, [command], () => "prompt");
    return performance.now() - start;
  },
};
