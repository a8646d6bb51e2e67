/** `codex acp`: connects the editor on stdin and stdout with an agent until the editor is gone. */

import { ndJsonStream } from "@agentclientprotocol/sdk";
import { loadConfig, resolveCodexHome } from "@codex-ts/config";
import { cliOverrides, stdinBytes, writeAll, type ParsedLine, type Program } from "@codex-ts/launch";
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
  const sessions = new Sessions({ config, overrides, program });
  const connection = acpAgent(sessions).connect(
    ndJsonStream(
      stdout(() => stop.resolve(0)),
      stdin(),
    ),
  );
  const stopped = await Promise.race([connection.closed.then(() => null), stop.promise]);
  await sessions.close();
  if (stopped !== null) return program.exit(stopped); // stdin is still open: waiting for its end would take forever
  signals();
  return 0;
}

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

/** Waits for a slow editor, so that nothing piles up. */
function stdout(onGone: () => void): WritableStream<Uint8Array> {
  const decoder = new TextDecoder();
  return new WritableStream({
    write: (bytes) => writeAll(1, decoder.decode(bytes, { stream: true }), onGone),
  });
}
