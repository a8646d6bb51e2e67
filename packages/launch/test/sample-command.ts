/** A made-up program whose options have every property that a description can have. */

import type { CommandSpec } from "../src/index.js";

/** `tool`, with a command that runs, groups, and one that takes all that follows. */
export const tool: CommandSpec = {
  name: "tool",
  about: "A tool",
  version: "tool 1.2",
  examples: ["tool run fast"],
  options: [
    { long: "set", short: "c", value: { name: "key=value" }, repeatable: true, global: true, help: "Set a key" },
  ],
  needsSubcommand: true,
  subcommands: [
    {
      name: "run",
      aliases: ["r"],
      about: "Run something",
      version: "tool-run 1.2",
      examples: ['tool run "a task"', "tool run again --last"],
      options: [
        {
          long: "image",
          short: "i",
          value: { name: "FILE", greedy: true, commas: true, hint: "file" },
          repeatable: true,
          help: "Pictures",
        },
        { long: "model", short: "m", value: { name: "MODEL" }, global: true, help: "Model", details: "More about it" },
        { long: "mode", short: "s", value: { name: "MODE", choices: ["slow", "fast"] }, help: "Speed" },
        {
          long: "count",
          value: { name: "N", check: (text) => (/^\d+$/.test(text) ? null : "not a number") },
          help: "Times",
        },
        { long: "auto", global: true, conflicts: ["bare"], help: "Automatic" },
        { long: "bare", hiddenAliases: ["naked"], global: true, conflicts: ["auto"], help: "Bare" },
        { long: "secret", hidden: true, help: "Nobody sees it" },
        { long: "json", short: "j", global: true, help: "As JSON" },
      ],
      arguments: [{ name: "PROMPT", help: "What to do" }],
      subcommands: [
        {
          name: "again",
          about: "Once more",
          examples: ["tool run again --last"],
          options: [
            { long: "last", conflicts: ["ID"], help: "The last one" },
            { long: "title", value: { name: "TITLE" }, requires: ["last"], help: "Its title" },
          ],
          arguments: [
            { name: "ID", help: "Which one" },
            { name: "PROMPT", help: "What next" },
          ],
        },
      ],
    },
    {
      name: "group",
      about: "Things",
      examples: [],
      options: [],
      needsSubcommand: true,
      subcommands: [
        {
          name: "check",
          about: "Check",
          examples: [],
          options: [{ long: "rules", short: "r", value: { name: "PATH" }, required: true, help: "Rules" }],
          arguments: [{ name: "COMMAND", rest: true, required: true, help: "A command" }],
        },
        {
          name: "shell",
          about: "Shell",
          examples: [],
          options: [],
          arguments: [{ name: "NAME", choices: ["sh", "fish"], help: "Which" }],
        },
      ],
    },
    { name: "ghost", hidden: true, about: "Unseen", examples: [], options: [] },
  ],
};
