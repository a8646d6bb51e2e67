/** The command lines of `codex login` and `codex logout`. */

import type { CommandSpec } from "@codex-ts/launch";

/** `codex login`. */
export const loginCommand: CommandSpec = {
  name: "login",
  about: "Log in",
  examples: [
    "codex login",
    "codex login --device-auth",
    "printenv OPENAI_API_KEY | codex login --with-api-key",
    "codex login status",
  ],
  options: [
    {
      long: "with-api-key",
      help: "Read an API key from stdin",
      details: "In a pipe and not as an argument, so that it is in no list of processes and in no shell's history",
    },
    {
      long: "device-auth",
      help: "Log in with a code that is entered on another device",
      details: "For machines without a browser, such as servers that you reach by ssh",
    },
    { long: "api-key", value: { name: "API_KEY" }, hidden: true, help: "No longer works: see --with-api-key" },
    { long: "experimental_issuer", value: { name: "URL" }, hidden: true, help: "Issuer for --device-auth" },
    { long: "experimental_client-id", value: { name: "CLIENT_ID" }, hidden: true, help: "Client for --device-auth" },
  ],
  subcommands: [
    {
      name: "status",
      about: "Say who is logged in; exit code 1 when nobody is",
      examples: ["codex login status", "codex login status || codex login"],
      options: [],
    },
  ],
};

/** `codex logout`. */
export const logoutCommand: CommandSpec = {
  name: "logout",
  about: "Forget the login",
  examples: ["codex logout"],
  options: [],
};
