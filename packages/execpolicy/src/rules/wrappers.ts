/** Sees through what stands before a program: its folder, and programs such as `sudo` and `env` that run another one. */

import { carriedCommands } from "@codex-ts/shell-command";

/** A command inside a command. */
export interface InnerCommand {
  /** The words of the outer command before it; none when it does not stand at the outer command's end as it is. */
  readonly before: readonly string[];
  /** Its own words, as they are written. */
  readonly words: readonly string[];
}

/** Wrappers around wrappers that are followed. */
const MOST_LAYERS = 8;

/** The command itself, then what each wrapper in it runs, outermost first. */
export function innerCommands(command: readonly string[]): InnerCommand[] {
  const found: InnerCommand[] = [];
  let layer: InnerCommand[] = command.length === 0 ? [] : [{ before: [], words: command }];
  for (let depth = 0; depth < MOST_LAYERS && layer.length > 0; depth += 1) {
    found.push(...layer);
    layer = layer.flatMap(carriedBy);
  }
  return found;
}

/** `/usr/bin/git` and `C:\bin\git.exe` are `git`. */
export function programName(program: string): string {
  const name = program.slice(Math.max(program.lastIndexOf("/"), program.lastIndexOf("\\")) + 1);
  return name.replace(/\.(?:exe|cmd|bat|com)$/i, "");
}

function carriedBy({ before, words }: InnerCommand): InnerCommand[] {
  const [program = "", ...rest] = words;
  return carriedCommands([programName(program), ...rest]).map((carried) => {
    const own = words.length - carried.length;
    const isTheRest = own > 0 && carried.every((word, at) => word === words[own + at]);
    return { before: isTheRest ? [...before, ...words.slice(0, own)] : [], words: carried };
  });
}
