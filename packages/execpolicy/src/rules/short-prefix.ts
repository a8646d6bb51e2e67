/** Shortens a command to the program and subcommand that a person would want to allow in general. */

/** Programs whose first word says what they do, and for some of these words, that the next one does. */
const SUBCOMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["apt", []],
  ["apt-get", []],
  ["brew", ["services"]],
  ["bun", ["run"]],
  ["bundle", ["exec"]],
  ["cargo", []],
  ["composer", ["run", "run-script"]],
  ["deno", ["task"]],
  ["docker", ["compose", "container", "image", "network", "volume"]],
  ["dotnet", ["tool"]],
  ["flutter", ["pub"]],
  ["gh", ["api", "issue", "pr", "release", "repo", "run", "workflow"]],
  ["git", ["remote", "stash", "submodule", "worktree"]],
  ["go", ["mod", "work"]],
  ["gradle", []],
  ["helm", ["repo"]],
  ["just", []],
  ["kubectl", ["config", "rollout"]],
  ["make", []],
  ["mix", []],
  ["mvn", []],
  ["nix", ["flake"]],
  ["npm", ["run", "run-script"]],
  ["npx", []],
  ["pip", []],
  ["pip3", []],
  ["pnpm", ["run"]],
  ["poetry", ["run"]],
  ["rustup", ["component", "target", "toolchain"]],
  ["swift", ["package"]],
  ["systemctl", []],
  ["terraform", ["state", "workspace"]],
  ["uv", ["pip", "run", "tool"]],
  ["yarn", ["run"]],
]);

/** Subcommands that run whatever follows them: no prefix of theirs says what they do. */
const RUNS_ANYTHING: ReadonlySet<string> = new Set([
  "docker exec",
  "docker run",
  "kubectl exec",
  "nix run",
  "nix shell",
]);

/** Words that could be the name of a subcommand, a script or a target. */
const NAME = /^[A-Za-z][A-Za-z0-9_:.-]*$/;

/** null: there is no prefix shorter than the command that says what it does. */
export function shortPrefix(command: readonly string[]): string[] | null {
  const [program = "", word = "", next = ""] = command;
  const nested = SUBCOMMANDS.get(program);
  if (nested === undefined || !NAME.test(word) || RUNS_ANYTHING.has(`${program} ${word}`)) return null;
  const prefix = [program, word];
  if (nested.includes(word)) {
    if (!NAME.test(next)) return null;
    prefix.push(next);
  }
  return prefix.length < command.length ? prefix : null;
}
