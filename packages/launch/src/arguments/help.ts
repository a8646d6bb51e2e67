/** Writes help from the description of a command. */

import type { ArgumentSpec, CommandSpec, OptionSpec } from "./spec.js";

/** `Usage: codex exec [OPTIONS] [PROMPT] [COMMAND]`. */
export function usageLine(path: readonly CommandSpec[]): string {
  const command = path.at(-1);
  if (command === undefined) return "";
  const name = path.map((spec) => spec.name).join(" ");
  const words = [name, "[OPTIONS]", ...(command.arguments ?? []).map(argumentName)];
  if (command.subcommands !== undefined) words.push(command.needsSubcommand === true ? "<COMMAND>" : "[COMMAND]");
  return `Usage: ${words.join(" ")}`;
}

/** The whole help; the short form leaves details and examples out. */
export function helpText(path: readonly CommandSpec[], { long }: { long: boolean }): string {
  const command = path.at(-1);
  if (command === undefined) return "";
  const sections = [command.about, usageLine(path)];
  const subcommands = (command.subcommands ?? []).filter(({ hidden }) => hidden !== true);
  if (subcommands.length > 0) {
    const rows = [...subcommands.map(subcommandRow), ["help", "Print this message or the help of the given command"]];
    sections.push(section("Commands", rows));
  }
  const args = command.arguments ?? [];
  if (args.length > 0)
    sections.push(
      section(
        "Arguments",
        args.map((arg) => [argumentName(arg), argumentHelp(arg)]),
      ),
    );
  sections.push(
    section(
      "Options",
      optionsOf(path).map((option) => [optionHead(option), optionHelp(option, long)]),
    ),
  );
  if (long && command.examples.length > 0) {
    sections.push(`Examples:\n${command.examples.map((example) => `  ${example}`).join("\n")}`);
  }
  return `${sections.join("\n\n")}\n`;
}

/** Own options, global ones from above (nearest first), then help and version. */
export function optionsOf(path: readonly CommandSpec[]): OptionSpec[] {
  const command = path.at(-1);
  if (command === undefined) return [];
  const own = command.options.filter(({ hidden }) => hidden !== true);
  const above = path
    .slice(0, -1)
    .toReversed()
    .flatMap((spec) => spec.options)
    .filter((option) => option.global === true && option.hidden !== true)
    .filter((option) => !own.some(({ long }) => long === option.long));
  const standard: OptionSpec[] = [{ long: "help", short: "h", help: "Print help (a summary with '-h')" }];
  if (command.version !== undefined) standard.push({ long: "version", short: "V", help: "Print version" });
  return [...own, ...above, ...standard];
}

// helpers

/** Where lines end: also wide terminals are read better so. */
const WIDTH = 100;

/** A longer name stands on a line of its own, above its text. */
const LONGEST_HEAD = 34;

function section(title: string, rows: readonly (readonly string[])[]): string {
  const heads = rows.map(([head = ""]) => head.length).filter((length) => length <= LONGEST_HEAD);
  const width = Math.max(0, ...heads);
  const indent = " ".repeat(width + 4);
  const lines = rows.map(([head = "", text = ""]) => {
    const wrapped = text.split("\n").flatMap((line) => broken(line, WIDTH - indent.length));
    const own = head.length > width ? `  ${head}\n${indent}` : `  ${head.padEnd(width)}  `;
    return `${own}${wrapped.join(`\n${indent}`)}`.trimEnd();
  });
  return `${title}:\n${lines.join("\n")}`;
}

/** A text as lines that are broken between words. */
function broken(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

function subcommandRow({ name, about, aliases = [] }: CommandSpec): string[] {
  const also = aliases.length === 0 ? "" : ` [aliases: ${aliases.join(", ")}]`;
  return [name, `${about.split("\n")[0] ?? ""}${also}`];
}

function argumentName({ name, required, rest }: ArgumentSpec): string {
  const dots = rest === true ? "..." : "";
  return required === true ? `<${name}>${dots}` : `[${name}]${dots}`;
}

function argumentHelp({ help, choices }: ArgumentSpec): string {
  return choices === undefined ? help : `${help} [possible values: ${choices.join(", ")}]`;
}

function optionHead({ long, short, value }: OptionSpec): string {
  const names = short === undefined ? `    --${long}` : `-${short}, --${long}`;
  if (value === undefined) return names;
  return `${names} <${value.name}>${value.greedy === true ? "..." : ""}`;
}

function optionHelp({ help, details, value }: OptionSpec, long: boolean): string {
  const choices = value?.choices === undefined ? "" : ` [possible values: ${value.choices.join(", ")}]`;
  return long && details !== undefined ? `${help}${choices}\n${details}` : `${help}${choices}`;
}
