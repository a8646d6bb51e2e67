/** What a line of the interactive client means. Pure. */

/** A line's meaning. */
export type InputLine =
  | { kind: "nothing" }
  | { kind: "message"; text: string }
  | { kind: "help" }
  | { kind: "quit" }
  | { kind: "new" }
  | { kind: "resume"; threadId: string }
  | { kind: "use"; threadId: string }
  | { kind: "list" }
  | { kind: "wrong"; why: string };

/** The commands, for `:help`. */
export const HELP = `Commands:
  :help, :h              this list
  :new                   start a new thread
  :resume <thread-id>    load a stored thread
  :use <thread-id>       switch to a thread without loading it
  :refresh-thread        list the stored threads
  :quit, :q, :exit       end
Everything else is a message to the agent.
`;

/** Reads a line. */
export function readInputLine(line: string): InputLine {
  const text = line.trim();
  if (text === "") return { kind: "nothing" };
  if (!text.startsWith(":")) return { kind: "message", text };
  const [name = "", argument] = text.slice(1).trim().split(/\s+/);
  switch (name) {
    case "":
      return { kind: "wrong", why: "empty command after ':'" };
    case "help":
    case "h":
      return { kind: "help" };
    case "quit":
    case "q":
    case "exit":
      return { kind: "quit" };
    case "new":
      return { kind: "new" };
    case "refresh-thread":
      return { kind: "list" };
    case "resume":
    case "use":
      if (argument === undefined) return { kind: "wrong", why: "missing required argument: thread-id" };
      return { kind: name, threadId: argument };
    default:
      return { kind: "wrong", why: `unknown command: ${name}` };
  }
}
