/** Programs that start another program named in their own words: `sudo rm`, `xargs -0 rm`, `find -exec rm {} +`. */

import { splitWords } from "../words/split.js";
import { fileName } from "./shell-call.js";

/** The commands that `argv` itself would start (a script as the shell that runs it); empty for a program that is no carrier. */
export function carriedCommands(argv: readonly string[]): string[][] {
  const [program = "", ...words] = argv;
  const name = fileName(program);
  if (name === "find") return findExecutions(words);
  const carrier = CARRIERS.get(name);
  if (carrier === undefined) return [];
  const split = name === "env" ? withSplitStrings(words, carrier) : words;
  const end = ownWords(split, carrier);
  const carried = split.slice(end);
  const scripts =
    carrier.script === "option"
      ? scriptOptions(split.slice(0, end))
      : carrier.script === "words"
        ? joined(carried)
        : [];
  return [...(carried.length > 0 ? [carried] : []), ...scripts.map((script) => ["sh", "-c", script])];
}

/** How a carrier's own words end and the carried command begins. */
interface Carrier {
  /** Options whose value is the next word. */
  values: ReadonlySet<string>;
  /** Words of the carrier after its options: `timeout 5 rm`; infinitely many when no command comes after them. */
  operands: number;
  /** Whether it also has a shell run the text after `-c`, or all of the command's words as one text. */
  script: "option" | "words" | null;
}

function carrier(values: string, operands = 0, script: Carrier["script"] = null): Carrier {
  return { values: new Set(values.split(" ")), operands, script };
}

const CARRIERS: ReadonlyMap<string, Carrier> = new Map(
  Object.entries({
    // Other users and fewer rights
    sudo: carrier(
      "-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -T --command-timeout -r --role -t --type -U --other-user",
    ),
    doas: carrier("-u -C"),
    pkexec: carrier("--user"),
    su: carrier("-c --command", Infinity, "option"),
    sg: carrier("-c --command", Infinity, "option"),
    runuser: carrier(
      "-u --user -g --group -G --supp-group -w --whitelist-environment -s --shell -c --command",
      0,
      "option",
    ),
    setpriv: carrier(
      "--ambient-caps --inh-caps --bounding-set --ruid --euid --reuid --rgid --egid --regid --groups --securebits --pdeathsig --ptracer --selinux-label --apparmor-profile --landlock-access --landlock-rule --seccomp-filter",
    ),
    fakeroot: carrier("-l --lib -f --faked -s -i -b"),
    // Other surroundings
    env: carrier("-a --argv0 -u --unset -C --chdir"),
    chroot: carrier("--groups --userspec", 1),
    unshare: carrier(
      "-R --root -w --wd -S --setuid -G --setgid --propagation --setgroups --map-user --map-group --map-users --map-groups --monotonic --boottime",
    ),
    nsenter: carrier("-t --target -S --setuid -G --setgid"),
    "systemd-run": carrier(
      "-u --unit -p --property --description --slice -E --setenv --uid --gid --nice --working-directory -M --machine -H --host --on-active --on-boot --on-calendar --service-type",
    ),
    "dbus-run-session": carrier("--config-file --dbus-daemon"),
    "xvfb-run": carrier(
      "-e --error-file -f --auth-file -n --server-num -p --xauth-protocol -s --server-args -w --wait",
    ),
    script: carrier("-c --command", Infinity, "option"),
    unbuffer: carrier(""),
    // Scheduling and limits
    nohup: carrier(""),
    setsid: carrier(""),
    stdbuf: carrier("-i -o -e --input --output --error"),
    nice: carrier("-n --adjustment"),
    ionice: carrier("-c -n -p --class --classdata"),
    chrt: carrier("-T --sched-runtime -P --sched-period -D --sched-deadline", 1),
    taskset: carrier("", 1),
    numactl: carrier("-i --interleave -p --preferred -m --membind -N --cpunodebind -C --physcpubind"),
    prlimit: carrier("-p --pid -o --output"),
    caffeinate: carrier("-t -w"),
    time: carrier("-f --format -o --output"),
    timeout: carrier("-k --kill-after -s --signal", 1),
    flock: carrier("-w --wait --timeout -E --conflict-exit-code -c --command", 1, "option"),
    // Looking on, and repeating
    strace: carrier(
      "-a --columns -b --detach-on -e -E --env -I --interruptible -o --output -O --summary-syscall-overhead -p --attach -P --trace-path -s --string-limit -S --summary-sort-by -u --user -U --summary-columns -X",
    ),
    ltrace: carrier("-a --align -A -D --debug -e -F --config -l --library -n --indent -o --output -p -s -u -w -x"),
    // Not -e, -i, -l and their long forms: their values are optional and stand in the same word.
    xargs: carrier(
      "-a --arg-file -d --delimiter -E -I -L -n --max-args -P --max-procs -s --max-chars --process-slot-var",
    ),
    watch: carrier("-n --interval -q --equexit -s --shotsdir", 0, "words"),
    repeat: carrier("", 1),
    // Words of shells, and programs that are many
    command: carrier(""),
    builtin: carrier(""),
    exec: carrier("-a"),
    busybox: carrier(""),
    toybox: carrier(""),
    nocorrect: carrier(""),
    noglob: carrier(""),
    "-": carrier(""),
  }),
);

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** How many of the words are the carrier's own: options, their values, assignments, operands. */
function ownWords(words: readonly string[], { values, operands }: Carrier): number {
  let operandsLeft = operands;
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--" || ASSIGNMENT.test(word)) continue;
    if (word.length > 1 && word.startsWith("-")) {
      if (values.has(word)) at += 1;
    } else if (operandsLeft > 0) {
      operandsLeft -= 1;
    } else {
      break;
    }
  }
  return at;
}

/** `-S TEXT`, alone, behind other letters, or with its text in the same word. */
const SPLIT_STRING = /^(?:-[A-Za-z0]*S|--split-string(?:=|$))(?<text>.*)$/s;

/** env's words with the texts that it splits into words itself. */
function withSplitStrings(words: readonly string[], rules: Carrier): string[] {
  const at = words.slice(0, ownWords(words, rules)).findIndex((word) => SPLIT_STRING.test(word));
  if (at === -1) return [...words];
  const attached = SPLIT_STRING.exec(words[at] ?? "")?.groups?.["text"] ?? "";
  const [text, after] = attached === "" ? [words[at + 1] ?? "", at + 2] : [attached, at + 1];
  // Its own options may be among them; another text to split only in what nobody writes.
  return [...words.slice(0, at), ...(splitWords(text) ?? [text]), ...words.slice(after)];
}

const COMMAND_OPTION = /^(?:-[A-Za-z]*?c|--(?:session-)?command(?:=|$))(?<text>.*)$/s;

/** watch gives all of its command's words to a shell, as one text. */
function joined(words: readonly string[]): string[] {
  return words.length > 0 ? [words.join(" ")] : [];
}

/** The texts of `-c TEXT` and the like. */
function scriptOptions(words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    const text = COMMAND_OPTION.exec(word)?.groups?.["text"];
    const script = text === "" ? words[at + 1] : text;
    return script === undefined ? [] : [script];
  });
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
