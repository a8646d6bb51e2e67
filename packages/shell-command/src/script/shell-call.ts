/** Recognises an argv that hands a script to a shell, and names a program by its path. */

/** A script given to a POSIX-like shell. */
export interface ShellCall {
  shell: "bash" | "zsh" | "sh";
  script: string;
}

/**
 * The form every command tool uses: exactly `[bash|zsh|sh, -lc|-c, script]`.
 * The shell is known by the file's stem, wherever it lies.
 */
export function shellCall(argv: readonly string[]): ShellCall | null {
  const [program, flag, script] = argv;
  if (argv.length !== 3 || program === undefined || script === undefined) return null;
  if (flag !== "-lc" && flag !== "-c") return null;
  const shell = fileStem(program);
  return shell === "bash" || shell === "zsh" || shell === "sh" ? { shell, script } : null;
}

/**
 * Any way to hand a script to a shell: more flags before `-c`, arguments after the script.
 * For finding what may run, not for saying that nothing else runs.
 */
export function looseShellScript(argv: readonly string[]): string | null {
  const [program, ...rest] = argv;
  if (program === undefined || !ANY_SHELL.has(fileStem(program))) return null;
  for (const [index, word] of rest.entries()) {
    if (/^-[A-Za-z]*c[A-Za-z]*$/.test(word)) return rest.slice(index + 1).find((next) => !/^[-+]/.test(next)) ?? null;
    if (!/^[-+]/.test(word) && !TAKES_VALUE.has(rest[index - 1] ?? "")) return null;
  }
  return null;
}

/** Whether this is a shell that may read its script from standard input. */
export function readsScript([program, ...rest]: readonly string[]): boolean {
  return program !== undefined && ANY_SHELL.has(fileStem(program)) && rest.every((word) => /^[-+]/.test(word));
}

const ANY_SHELL = new Set(["bash", "zsh", "sh", "dash", "ash", "ksh", "mksh", "fish"]);
const TAKES_VALUE = new Set(["-o", "+o", "-O", "+O", "--rcfile", "--init-file"]);

/** The last component of a path, of either kind of separator. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** The file name without its last extension; `.profile` has none. */
export function fileStem(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}
