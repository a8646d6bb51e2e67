/**
 * A process that holds one terminal: it starts the child with node-pty and passes on what comes and goes.
 * It is a process of its own because node-pty leaves its descriptors open in every later child: in one
 * process, a sandboxed command could type into another command's terminal.
 */

import type { FromTerminal, ToTerminal } from "./node-messages.js";

/** What is used of node-pty, which passes bytes when told to, though its types say text. */
interface NodePty {
  spawn(file: string, args: string[], options: object): Terminal;
}

interface Terminal {
  readonly pid: number;
  write(data: string | Uint8Array): void;
  resize(cols: number, rows: number): void;
  kill(): void;
  pause(): void;
  resume(): void;
  onData(listener: (data: unknown) => void): unknown;
  onExit(listener: (end: { exitCode: number; signal?: number }) => void): unknown;
}

/** Bytes on their way above which the terminal is not read: a child that floods has to wait, instead of filling the memory. */
const MOST_UNSENT = 16 * 1024 * 1024;

let terminal: Terminal | null = null;
let unsent = 0;

process.on("message", (message: ToTerminal) => {
  void obey(message);
});
// Whoever asked is gone: leaving closes the terminal, and the child is hung up.
process.on("disconnect", () => process.exit());

async function obey(message: ToTerminal): Promise<void> {
  switch (message.type) {
    case "start":
      terminal = await start(message);
      break;
    case "write":
      terminal?.write(typeof message.data === "string" ? message.data : Buffer.from(message.data));
      break;
    case "resize":
      terminal?.resize(message.cols, message.rows);
      break;
    case "end":
      terminal?.kill();
  }
}

async function start({ file, args, cwd, env, cols, rows }: ToTerminal & { type: "start" }): Promise<Terminal | null> {
  try {
    const nodePty: NodePty = await import("@lydell/node-pty");
    const opened = nodePty.spawn(file, [...args], { cols, rows, cwd, env, name: env["TERM"], encoding: null });
    tell({ type: "started", pid: opened.pid });
    opened.onData((data) => passOn(opened, typeof data === "string" ? Buffer.from(data) : bytesOf(data)));
    // Comes when the terminal is drained, at most 200 ms after the child's end: node-pty's own limit.
    opened.onExit(({ exitCode, signal = 0 }) => {
      // Leaving drops what is still queued, so only once this last message is out.
      tell({ type: "exit", code: exitCode, signal }, () => process.disconnect?.());
    });
    return opened;
  } catch (error) {
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

function passOn(from: Terminal, bytes: Uint8Array): void {
  unsent += bytes.length;
  if (unsent > MOST_UNSENT) from.pause();
  tell({ type: "data", bytes }, () => {
    const wasTooMuch = unsent > MOST_UNSENT;
    unsent -= bytes.length;
    if (wasTooMuch && unsent <= MOST_UNSENT) from.resume();
  });
}

function bytesOf(data: unknown): Uint8Array {
  return data instanceof Uint8Array ? data : new Uint8Array();
}

function tell(message: FromTerminal, sent: () => void = () => {}): void {
  process.send?.(message, undefined, undefined, sent);
}
