/** Rules files held against the commands of tool calls, as the model writes them. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policyRules } from "../../src/index.js";

describe("rules that forbid and ask", () => {
  let home = "";
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "codex-rules-"));
    mkdirSync(join(home, "rules"));
    const rules =
      'prefix_rule(["rm"], decision="forbidden")\nprefix_rule(["bash"], decision="prompt")\nprefix_rule(["flock"])\n';
    writeFileSync(join(home, "rules", "default.rules"), rules);
  });
  afterAll(() => rmSync(home, { recursive: true }));

  it.each([
    ["rm x", "forbidden"],
    ["flock /tmp/l rm x", "forbidden"],
    ["flock /tmp/l sh -c 'ls; rm x'", "forbidden"],
    ["env -S 'rm x'", "forbidden"],
    ["strace -f rm x && ls", "forbidden"],
    ["eval 'rm x'", "forbidden"],
    ["echo $(rm x)", "forbidden"],
    ["flock /tmp/l ls", "allow"],
    // The shell that the tool itself starts is not what a rule about that shell means.
    ["ls", "allow"],
    ["bash -c ls", "prompt"],
  ])("%s: %s", async (script, decision) => {
    const layers = [{ dir: home, trusted: true, label: "user" }];
    const rules = policyRules({ layers, codexHome: home, proposes: true, userShell: "/bin/bash" });
    const facts = await rules.facts(["/bin/bash", "-lc", script], "use_default", "on-request", { enforceable: true });
    expect(facts.decision).toBe(decision);
  });
});
