/** Time to load the shell parser and to summarise 1,000 mixed commands: scripts, plain and not, and bare argvs. */

import { loadShellAnalysis } from "../../packages/shell-command/src/index.js";

const SCRIPTS = [
  "rg -n 'fn main' src | head -n 40",
  "cd packages/core && cat src/index.ts | sed -n '1,200p'",
  "git status --short && git diff --stat",
  'for f in *.ts; do wc -l "$f"; done',
  "npm test 2>&1 | tail -n 20",
  "find . -name '*.ts' -not -path './node_modules/*' | xargs grep -n TODO",
  "cat <<'EOF' > notes.md\n# Notes\nline\nEOF",
  "python3 -c \"import os; print(os.listdir('.'))\"",
  "ls -la; pwd; rg --files -g '!target' | wc -l; cargo --version || true",
];
const ARGVS = [
  ["git", "grep", "-l", "TODO", "src"],
  ["sed", "-n", "260,640p", "src/e.rs", "|", "nl", "-ba"],
];

export default {
  name: "command actions, 1,000 commands",
  unit: "ms",
  async measure() {
    const commands = Array.from({ length: 1000 }, (_, index) => {
      const script = SCRIPTS[index % SCRIPTS.length];
      return index % 6 === 5
        ? ARGVS[index % ARGVS.length]
        : ["bash", "-lc", `${script} # ${index}`.slice(0, index % 3 === 0 ? undefined : script.length)];
    });
    const started = performance.now();
    const { commandActions } = await loadShellAnalysis();
    let actions = 0;
    for (const command of commands) actions += commandActions(command).length;
    const took = performance.now() - started;
    if (actions < 1000) throw new Error(`expected at least 1,000 actions, got ${actions}`);
    return took;
  },
};
