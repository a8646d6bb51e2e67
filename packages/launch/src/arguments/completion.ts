/** Writes completion scripts for shells from the description of the commands. */

import { optionsOf } from "./help.js";
import type { CommandSpec, OptionSpec } from "./spec.js";

/** Shells for which there is a script. */
export const completionShells = ["bash", "elvish", "fish", "powershell", "zsh"] as const;
/** One of {@link completionShells}. */
export type CompletionShell = (typeof completionShells)[number];

/** A script to be read by the shell. */
export function completionScript(shell: CompletionShell, root: CommandSpec): string {
  const commands = visible([root]);
  switch (shell) {
    case "bash":
      return bash(root.name, commands);
    case "zsh":
      return zsh(root.name, commands);
    case "fish":
      return fish(root.name, commands);
    case "powershell":
      return powershell(root.name, commands);
    case "elvish":
      return elvish(root.name, commands);
  }
}

// helpers

/** A command with what can follow it. */
interface Entry {
  /** Names from the root: `codex exec resume`. */
  path: string[];
  about: string;
  options: OptionSpec[];
  subcommands: CommandSpec[];
}

function visible(path: readonly CommandSpec[]): Entry[] {
  const command = path.at(-1);
  if (command === undefined) return [];
  const subcommands = (command.subcommands ?? []).filter(({ hidden }) => hidden !== true);
  const entry = { path: path.map(({ name }) => name), about: command.about, options: optionsOf(path), subcommands };
  return [entry, ...subcommands.flatMap((sub) => visible([...path, sub]))];
}

function flags({ long, short }: OptionSpec): string[] {
  return short === undefined ? [`--${long}`] : [`-${short}`, `--${long}`];
}

function words({ options, subcommands }: Entry): string[] {
  return [...options.flatMap(flags), ...subcommands.flatMap(({ name, aliases = [] }) => [name, ...aliases])];
}

function bash(name: string, entries: Entry[]): string {
  const walk = entries
    .flatMap((entry) =>
      entry.subcommands.map(({ name: sub, aliases = [] }) => {
        return `      ${[sub, ...aliases].map((word) => `"${entry.path.join(" ")},${word}"`).join("|")}) at="${[...entry.path, sub].join(" ")}" ;;`;
      }),
    )
    .join("\n");
  const offers = entries
    .map((entry) => `    "${entry.path.join(" ")}") offered="${words(entry).join(" ")}" ;;`)
    .join("\n");
  const values = valueRows(entries)
    .map(
      ([flag, choices]) => `    ${flag}) COMPREPLY=( $(compgen -W "${choices.join(" ")}" -- "$current") ); return ;;`,
    )
    .join("\n");
  return `_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" at="${name}" word offered=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at,$word" in
${walk}
    esac
  done
  case "$previous" in
${values}
  esac
  case "$at" in
${offers}
  esac
  COMPREPLY=( $(compgen -W "$offered" -- "$current") )
  [ \${#COMPREPLY[@]} -eq 0 ] && COMPREPLY=( $(compgen -f -- "$current") )
}
complete -F _${name} ${name}
`;
}

function zsh(name: string, entries: Entry[]): string {
  const walk = entries
    .flatMap((entry) =>
      entry.subcommands.map(({ name: sub, aliases = [] }) => {
        return `      (${[sub, ...aliases].map((word) => quoted(`${entry.path.join(" ")},${word}`)).join("|")}) at=${quoted([...entry.path, sub].join(" "))} ;;`;
      }),
    )
    .join("\n");
  const offers = entries
    .map((entry) => {
      const rows = [
        ...entry.options.flatMap((option) => flags(option).map((flag) => `${flag}:${describe(option.help)}`)),
        ...entry.subcommands.map((sub) => `${sub.name}:${describe(sub.about)}`),
      ];
      return `    (${quoted(entry.path.join(" "))}) offered=(${rows.map(quoted).join(" ")}) ;;`;
    })
    .join("\n");
  const values = valueRows(entries)
    .map(([flag, choices]) => `    (${flag}) offered=(${choices.map(quoted).join(" ")}) ;;`)
    .join("\n");
  return `#compdef ${name}
_${name}() {
  local at=${quoted(name)} word
  local -a offered
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at,$word" in
${walk}
    esac
  done
  case "$words[CURRENT-1]" in
${values}
  esac
  (( \${#offered} )) || case "$at" in
${offers}
  esac
  _describe 'command or option' offered || _files
}
if [ "$funcstack[1]" = "_${name}" ]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function fish(name: string, entries: Entry[]): string {
  const lines = entries.flatMap((entry) => {
    const condition = fishCondition(entry, entries);
    const options = entry.options.map((option) => {
      const short = option.short === undefined ? "" : ` -s ${option.short}`;
      const choices = option.value?.choices;
      const value =
        option.value === undefined ? "" : choices === undefined ? " -r" : ` -x -a ${quoted(choices.join(" "))}`;
      return `complete -c ${name} ${condition} -l ${option.long}${short}${value} -d ${quoted(describe(option.help))}`;
    });
    const subs = entry.subcommands.map(
      (sub) => `complete -c ${name} ${condition} -f -a ${sub.name} -d ${quoted(describe(sub.about))}`,
    );
    return [...options, ...subs];
  });
  return `${lines.join("\n")}\n`;
}

function fishCondition({ path, subcommands }: Entry, entries: Entry[]): string {
  const seen = path.slice(1).map((word) => `__fish_seen_subcommand_from ${word}`);
  const own =
    path.length === 1
      ? entries.filter((entry) => entry.path.length === 2).map((entry) => entry.path[1] ?? "")
      : subcommands.map((sub) => sub.name);
  const unseen = own.length === 0 ? [] : [`not __fish_seen_subcommand_from ${own.join(" ")}`];
  const all = [...seen, ...unseen];
  return all.length === 0 ? "" : `-n ${quoted(all.join("; and "))}`;
}

function powershell(name: string, entries: Entry[]): string {
  const cases = entries
    .map((entry) => {
      const rows = [
        ...entry.options.flatMap((option) =>
          flags(option).map((flag) => [flag, "ParameterName", describe(option.help)]),
        ),
        ...entry.subcommands.map((sub) => [sub.name, "ParameterValue", describe(sub.about)]),
      ];
      const results = rows.map(([word, kind, text]) => {
        return `      [System.Management.Automation.CompletionResult]::new(${quoted(word ?? "")}, ${quoted(word ?? "")}, '${kind}', ${quoted(text ?? "")})`;
      });
      return `    ${quoted(entry.path.join(";"))} {\n${results.join("\n")}\n    }`;
    })
    .join("\n");
  return `Register-ArgumentCompleter -Native -CommandName '${name}' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $at = '${name}'
  $known = @(${entries.map((entry) => quoted(entry.path.join(";"))).join(", ")})
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    if ($known -contains "$at;$($element.Value)") { $at = "$at;$($element.Value)" }
  }
  $offered = switch ($at) {
${cases}
  }
  $offered | Where-Object { $_.CompletionText -like "$wordToComplete*" }
}
`;
}

function elvish(name: string, entries: Entry[]): string {
  const cases = entries
    .map((entry) => {
      const rows = [
        ...entry.options.flatMap((option) => flags(option).map((flag) => [flag, describe(option.help)])),
        ...entry.subcommands.map((sub) => [sub.name, describe(sub.about)]),
      ];
      return `    &${quoted(entry.path.join(";"))}= {\n${rows.map(([word, text]) => `      cand ${quoted(word ?? "")} ${quoted(text ?? "")}`).join("\n")}\n    }`;
    })
    .join("\n");
  return `use builtin;
use str;
set edit:completion:arg-completer[${name}] = {|@words|
  fn cand {|text desc| edit:complex-candidate $text &display=$text' '$desc }
  var at = '${name}'
  var completions = [
${cases}
  ]
  for word $words[1..-1] {
    if (has-key $completions $at';'$word) { set at = $at';'$word }
  }
  $completions[$at]
}
`;
}

/** Options with a fixed set of values, each flag once. */
function valueRows(entries: readonly Entry[]): [string, readonly string[]][] {
  const rows = new Map<string, readonly string[]>();
  for (const option of entries.flatMap((entry) => entry.options)) {
    const choices = option.value?.choices;
    if (choices !== undefined) rows.set(flags(option).join("|"), choices);
  }
  return [...rows];
}

function describe(text: string): string {
  return (text.split("\n")[0] ?? "").replaceAll(":", " -");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "’")}'`; // no shell agrees with another on quotes inside quotes
}
