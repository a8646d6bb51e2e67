/** Programs that start another program named in their own words: `sudo rm`, `xargs -0 rm`, `find -exec rm {} +`. */

import { fileName } from "./shell-call.js";

/** The commands that `argv` itself would start; empty for a program that is no carrier. */
export function carriedCommands(argv: readonly string[]): string[][] {
  const [program = "", ...words] = argv;
  const name = fileName(program);
  if (name === "find") return findExecutions(words);
  const carrier = CARRIERS.get(name);
  if (carrier === undefined) return [];
  const carried = withoutOptions(words, carrier);
  return carried.length > 0 ? [carried] : [];
}

/** How a carrier's own words end and the carried command begins. */
interface Carrier {
  /** Options whose value is the next word. */
  values: ReadonlySet<string>;
  /** Words of the carrier after its options: `timeout 5 rm`. */
  operands: number;
  /** Whether `NAME=value` may come before the command. */
  assignments: boolean;
}

function carrier(values: string, operands = 0, assignments = false): Carrier {
  return { values: new Set(values.split(" ")), operands, assignments };
}

const CARRIERS: ReadonlyMap<string, Carrier> = new Map(
  Object.entries({
    sudo: carrier(
      "-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -T --command-timeout -r --role -t --type -U --other-user",
      0,
      true,
    ),
    doas: carrier("-u -C"),
    env: carrier("-u --unset -C --chdir -S --split-string", 0, true),
    xargs: carrier(
      "-a --arg-file -d --delimiter -E -I -i -L --max-lines -n --max-args -P --max-procs -s --max-chars --process-slot-var",
    ),
    nohup: carrier(""),
    setsid: carrier(""),
    stdbuf: carrier("-i -o -e --input --output --error"),
    nice: carrier("-n --adjustment"),
    ionice: carrier("-c -n -p --class --classdata"),
    time: carrier("-f --format -o --output"),
    timeout: carrier("-k --kill-after -s --signal", 1),
    chroot: carrier("--groups --userspec", 1),
    flock: carrier("-w --timeout -E --conflict-exit-code", 1),
    watch: carrier("-n --interval"),
    command: carrier(""),
    builtin: carrier(""),
    exec: carrier("-a"),
    busybox: carrier(""),
    toybox: carrier(""),
    nocorrect: carrier(""),
    noglob: carrier(""),
    repeat: carrier("", 1),
    "-": carrier(""),
  }),
);

function withoutOptions(words: readonly string[], rules: Carrier): string[] {
  let at = 0;
  let operands = rules.operands;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") continue;
    if (word.length > 1 && word.startsWith("-")) {
      if (rules.values.has(word)) at += 1;
    } else if (rules.assignments && /^[A-Za-z_]\w*=/.test(word)) {
      continue;
    } else if (operands > 0) {
      operands -= 1;
    } else {
      break;
    }
  }
  return words.slice(at);
}

const FIND_EXECUTES = new Set(["-exec", "-execdir", "-ok", "-okdir"]);

function findExecutions(words: readonly string[]): string[][] {
  const commands: string[][] = [];
  for (let at = 0; at < words.length; at++) {
    if (!FIND_EXECUTES.has(words[at] ?? "")) continue;
    const start = at + 1;
    while (at < words.length && words[at] !== ";" && words[at] !== "+") at += 1;
    if (at > start) commands.push(words.slice(start, at));
  }
  return commands;
}
