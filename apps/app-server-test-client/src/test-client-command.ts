/** The command line of the test client. */

import { globalOptions, type CommandSpec, type OptionSpec } from "@codex-ts/launch";

const message = (name: string, help: string, required = true): NonNullable<CommandSpec["arguments"]>[number] => ({
  name,
  required,
  help,
});

const program: OptionSpec = {
  long: "codex-bin",
  value: { name: "PATH", hint: "file" },
  help: "The codex to run [env: CODEX_BIN=] [default: codex]",
};

const command = (name: string, about: string, args: CommandSpec["arguments"] = []): CommandSpec => ({
  name,
  about,
  examples: [`codex-app-server-test-client ${name}`],
  options: [],
  arguments: args,
});

/** The whole program. */
export const testClientCommand: CommandSpec = {
  name: "codex-app-server-test-client",
  about: "Drive `codex app-server` and print every message in both directions",
  examples: [
    'codex-app-server-test-client send-message-v2 "What is in this folder?"',
    "codex-app-server-test-client --codex-bin ./codex -c model=o3 trigger-cmd-approval",
  ],
  options: [program, ...globalOptions.filter(({ long }) => long === "config")],
  needsSubcommand: true,
  subcommands: [
    command("send-message", "Send a message over v1", [message("USER_MESSAGE", "What to say")]),
    command("send-message-v2", "Send a message over v2", [message("USER_MESSAGE", "What to say")]),
    command("send-follow-up-v2", "Send two messages, one after the other, in one thread", [
      message("FIRST_MESSAGE", "What to say"),
      message("FOLLOW_UP_MESSAGE", "What to say then"),
    ]),
    command("trigger-cmd-approval", "Have the model run a command that must be asked for", [
      message("USER_MESSAGE", "What to say instead", false),
    ]),
    command("trigger-patch-approval", "Have the model change a file that must be asked for", [
      message("USER_MESSAGE", "What to say instead", false),
    ]),
    command("no-trigger-cmd-approval", "The same as trigger-cmd-approval with the thread's own settings"),
    command("login", "Log in with ChatGPT in the browser"),
    command("get-account-rate-limits", "Print the account's limits"),
    command("model-list", "Print the models"),
    command("thread-list", "Print the stored threads"),
    command("watch", "Resume a thread, or none, and print what is said until the input ends", [
      message("THREAD_ID", "The thread", false),
    ]),
    {
      ...command("interactive", "Talk to an agent line by line; :help lists the commands"),
      options: [
        { long: "thread-id", value: { name: "ID" }, help: "Go on with this thread" },
        {
          long: "approval-policy",
          value: { name: "POLICY", choices: ["on-request", "untrusted", "on-failure", "never"] },
          help: "When to be asked [default: on-request]",
        },
        { long: "auto-approve", help: "Say yes to everything; without it everything is declined" },
        { long: "final-only", help: "Print only the agent's complete messages" },
        { long: "model", value: { name: "MODEL" }, help: "Model of new threads" },
        { long: "model-provider", value: { name: "PROVIDER" }, help: "Model provider of new threads" },
        { long: "cwd", value: { name: "DIR", hint: "folder" }, help: "Folder of new threads" },
      ],
    },
  ],
};
