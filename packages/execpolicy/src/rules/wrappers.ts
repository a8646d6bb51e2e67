/** Sees through what stands before a program: its folder, and programs such as `sudo` and `env` that run another one. */

/** A command inside a command. */
export interface InnerCommand {
  /** How many tokens of the outer command stand before it. */
  readonly skipped: number;
  /** Its tokens, the program by its bare name. */
  readonly command: readonly string[];
}

/** Options of a program that runs another: those that take the next word as their value, and how many plain words it takes. */
interface Wrapper {
  readonly valueOptions: readonly string[];
  readonly words: number;
}

const plain: Wrapper = { valueOptions: [], words: 0 };

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  ["builtin", plain],
  ["busybox", plain],
  ["chroot", { valueOptions: [], words: 1 }],
  ["command", plain],
  ["doas", { valueOptions: ["-C", "-u"], words: 0 }],
  ["env", { valueOptions: ["-u", "--unset", "-C", "--chdir"], words: 0 }],
  ["exec", { valueOptions: ["-a"], words: 0 }],
  ["ionice", { valueOptions: ["-c", "--class", "-n", "--classdata"], words: 0 }],
  ["nice", { valueOptions: ["-n", "--adjustment"], words: 0 }],
  ["nohup", plain],
  ["setsid", plain],
  ["stdbuf", { valueOptions: ["-i", "-o", "-e", "--input", "--output", "--error"], words: 0 }],
  [
    "sudo",
    {
      valueOptions:
        "-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -r --role -t --type -T --command-timeout -U --other-user".split(
          " ",
        ),
      words: 0,
    },
  ],
  ["time", { valueOptions: ["-f", "--format", "-o", "--output"], words: 0 }],
  ["timeout", { valueOptions: ["-k", "--kill-after", "-s", "--signal"], words: 1 }],
  [
    "xargs",
    { valueOptions: "-a -d -E -I -L -n -P -s --arg-file --delimiter --max-args --max-procs".split(" "), words: 0 },
  ],
]);

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;
/** Wrappers around wrappers that are followed. */
const MOST_LAYERS = 8;

/** The command under its program's bare name, then what each wrapper around it runs, outermost first. */
export function innerCommands(command: readonly string[]): InnerCommand[] {
  const found: InnerCommand[] = [];
  let skipped = 0;
  while (found.length < MOST_LAYERS) {
    const [program, ...args] = command.slice(skipped);
    if (program === undefined) break;
    const name = programName(program);
    found.push({ skipped, command: [name, ...args] });
    const wrapper = WRAPPERS.get(name);
    if (wrapper === undefined) break;
    skipped += 1 + wordsBefore(args, wrapper);
  }
  return found;
}

/** `/usr/bin/git` and `C:\bin\git.exe` are `git`. */
export function programName(program: string): string {
  const name = program.slice(Math.max(program.lastIndexOf("/"), program.lastIndexOf("\\")) + 1);
  return name.replace(/\.(?:exe|cmd|bat|com)$/i, "");
}

/** How many of a wrapper's words are its own: options, their values, assignments, and fixed words such as a time. */
function wordsBefore(args: readonly string[], { valueOptions, words }: Wrapper): number {
  let wordsLeft = words;
  let at = 0;
  for (let word = args[at]; word !== undefined; word = args[at]) {
    if (word === "--") at += 1;
    else if (valueOptions.includes(word)) at += 2;
    else if (word.startsWith("-") || ASSIGNMENT.test(word)) at += 1;
    else if (wordsLeft > 0) {
      wordsLeft -= 1;
      at += 1;
    } else break;
  }
  return at;
}
