/** `codex app-server`: chooses how clients reach the server, serves them, and ends in good order. */

import type { ParsedLine, Program } from "@codex-ts/launch";
import { AppServer } from "./server/app-server.js";
import { stdioChannel } from "./transport/stdio.js";

/** Runs the command. @returns the exit code */
export async function runAppServer(line: ParsedLine, program: Program): Promise<number> {
  const called = line.path.at(-1);
  if (called?.spec.name !== "app-server") {
    const { writeBindings } = await import("./write-bindings.js");
    return await writeBindings(line, program);
  }
  const address = called.value("listen");
  const server = new AppServer(program, line);
  const stopped = signalled(program);
  if (address === undefined) {
    const channel = stdioChannel();
    return await untilEnd(server, server.serve(channel, "waits"), stopped);
  }
  const { listen } = await import("./transport/listen.js");
  const tokenFile = called.value("token-file") ?? null;
  const listener = await listen({ address, tokenFile, serve: (channel) => server.serve(channel, "disconnects") });
  program.stderr(`listening on ${listener.address}\n`);
  // nobody ends it but a signal
  return await untilEnd(server, new Promise<void>(() => undefined), stopped, () => listener.close());
}

// helpers

interface Stopped {
  /** Resolves with the exit code of the first signal. */
  code: Promise<number>;
  forget: () => void;
}

/** The first signal ends the server in good order, the second one at once. */
function signalled(program: Program): Stopped {
  const { promise, resolve } = Promise.withResolvers<number>();
  let stopping = false;
  const forget = program.onSignals((_signal, exitCode) => {
    if (stopping) program.exit(exitCode);
    stopping = true;
    resolve(exitCode);
  });
  return { code: promise, forget };
}

async function untilEnd(
  server: AppServer,
  served: Promise<void>,
  stopped: Stopped,
  atEnd: () => void = () => undefined,
): Promise<number> {
  const code = await Promise.race([served.then(() => 0), stopped.code]);
  atEnd();
  await server.end();
  stopped.forget();
  // Whatever still holds the process, a search or a command that does not end, has nobody to tell.
  return server.program.exit(code);
}
