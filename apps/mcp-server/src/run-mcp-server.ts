/** `codex mcp-server`: reads requests from stdin and answers on stdout until its client is gone. */

import { setTimeout as delay } from "node:timers/promises";
import { loadConfig, resolveCodexHome } from "@codex-ts/config";
import {
  cliOverrides,
  type InputLine,
  LineSplitter,
  Outbox,
  stdinBytes,
  stdoutWriter,
  type ParsedLine,
  type Program,
} from "@codex-ts/launch";
import { RpcConnection } from "./rpc/connection.js";
import { McpServer } from "./server.js";

/** Runs the command. @returns the exit code: 0 when the client closed stdin, 130 and 143 after a signal */
export async function runMcpServer(line: ParsedLine, program: Program): Promise<number> {
  const overrides = cliOverrides(line);
  const codexHome = resolveCodexHome(program.env);
  const config = await loadConfig({ codexHome, cwd: program.cwd, env: program.env, overrides });
  const stop = Promise.withResolvers<number>();
  const outbox = new Outbox({ write: stdoutWriter() }, { onBroken: () => stop.resolve(0) });
  const connection = new RpcConnection({
    send: (line) => outbox.send(line),
    log: (text) => program.log("error", text),
  });
  const server = new McpServer({
    config,
    overrides,
    program,
    connection,
    congestion: () => (outbox.isFull ? outbox.drained() : null),
  });
  const signals = program.onSignals((_signal, exitCode) => {
    signals();
    stop.resolve(exitCode);
  });
  // After the end of input, what runs is finished; after a signal, or without a reader, it is cut short.
  const served = serve(connection, server).then(() => outbox.flushed());
  const stopped = await Promise.race([served.then(() => null), stop.promise]);
  await server.close();
  if (stopped !== null) {
    await Promise.race([outbox.flushed(), delay(FLUSHING_MS)]);
    return program.exit(stopped); // stdin is still open: waiting for its end would take forever
  }
  signals();
  return 0;
}

/** How long a client may take to read what was said last, when the server has to end. */
const FLUSHING_MS = 2_000;

/** To the end of input. */
async function serve(connection: RpcConnection, server: McpServer): Promise<void> {
  for await (const line of linesOf(stdinBytes())) connection.receive(line, server);
  connection.disconnect();
  await server.idle();
}

/** One after the other: what needs no work is answered before the next line is read. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine> {
  const splitter = new LineSplitter();
  for await (const piece of input) yield* splitter.take(piece);
  const last = splitter.end();
  if (last !== null) yield last;
}
