/** `codex acp`: connects the editor on stdin and stdout with an agent until the editor is gone. */

import { setTimeout as delay } from "node:timers/promises";
import { ndJsonStream } from "@agentclientprotocol/sdk";
import { loadConfig, resolveCodexHome } from "@codex-ts/config";
import { cliOverrides, Outbox, stdinBytes, stdoutWriter, type ParsedLine, type Program } from "@codex-ts/launch";
import { acpAgent } from "./agent.js";
import { Sessions } from "./sessions/sessions.js";

/** Runs the command. @returns the exit code: 0 when the editor closed stdin, 130 and 143 after a signal */
export async function runAcp(line: ParsedLine, program: Program): Promise<number> {
  const overrides = cliOverrides(line);
  const codexHome = resolveCodexHome(program.env);
  const config = await loadConfig({ codexHome, cwd: program.cwd, env: program.env, overrides });
  const stop = Promise.withResolvers<number>();
  const signals = program.onSignals((_signal, exitCode) => {
    signals();
    stop.resolve(exitCode);
  });
  const outbox = new Outbox({ write: stdoutWriter() }, { onBroken: () => stop.resolve(0) });
  const congestion = (): Promise<unknown> | null => (outbox.isFull ? outbox.drained() : null);
  const sessions = new Sessions({ config, overrides, program, congestion });
  const connection = acpAgent(sessions).connect(ndJsonStream(stdout(outbox), stdin()));
  const served = connection.closed.then(() => sessions.close()).then(() => outbox.flushed());
  const stopped = await Promise.race([served.then(() => null), stop.promise]);
  if (stopped !== null) {
    await sessions.close();
    await Promise.race([outbox.flushed(), delay(FLUSHING_MS)]);
    return program.exit(stopped); // stdin is still open: waiting for its end would take forever
  }
  signals();
  return 0;
}

/** How long an editor may take to read what was said last, when the agent has to end. */
const FLUSHING_MS = 2_000;

// helpers

function stdin(): ReadableStream<Uint8Array> {
  const bytes = stdinBytes()[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await bytes.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

/** The stream's pieces are whole lines. */
function stdout(outbox: Outbox): WritableStream<Uint8Array> {
  const decoder = new TextDecoder();
  return new WritableStream({ write: (bytes) => outbox.send(decoder.decode(bytes).trimEnd()) });
}
