/** The command line of `codex app-server`. */

import type { CommandSpec, OptionSpec } from "@codex-ts/launch";

const out: OptionSpec = {
  long: "out",
  short: "o",
  value: { name: "DIR", hint: "folder" },
  help: "Folder to write to",
};

/** `codex app-server`. */
export const appServerCommand: CommandSpec = {
  name: "app-server",
  about: "[experimental] Serve editors and other programs over JSON-RPC, or write the protocol's types",
  examples: [
    "codex app-server",
    "codex app-server --listen ws://127.0.0.1:4500",
    "codex app-server generate-ts --out ./bindings",
  ],
  options: [
    {
      long: "listen",
      value: { name: "ADDRESS" },
      help: "Listen on ws://HOST:PORT or unix://PATH instead of stdin and stdout",
    },
    {
      long: "token-file",
      value: { name: "FILE", hint: "file" },
      requires: ["listen"],
      help: "Clients must present the token in this file; needed to listen beyond this machine",
    },
    { long: "analytics-default-enabled", help: "Accepted from editors that pass it; no usage is measured" },
  ],
  subcommands: [
    {
      name: "generate-ts",
      about: "Write TypeScript types of the protocol",
      examples: ["codex app-server generate-ts --out ./bindings"],
      options: [
        out,
        {
          long: "prettier",
          short: "p",
          value: { name: "PRETTIER_BIN", hint: "file" },
          help: "Program that formats the files",
        },
      ],
    },
    {
      name: "generate-json-schema",
      about: "Write JSON Schemas of the protocol",
      examples: ["codex app-server generate-json-schema --out ./schemas"],
      options: [out],
    },
  ],
};
