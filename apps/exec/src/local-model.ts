/** `--oss`: makes the local model ready, and says what runs here when the wished one does not. */

import type { Config } from "@codex-ts/config";
import type { Program } from "@codex-ts/launch";
import {
  isLocalProvider,
  LocalModelError,
  noProviderError,
  prepareLocalModel,
  programRunner,
  progressPrinter,
  runningServers,
  serverName,
  serverOf,
  type Connection,
} from "@codex-ts/local-models";

/** Which setting is missing, and which servers run now. @param config loaded without `--oss` */
export async function missingProvider(config: Config): Promise<Error> {
  const connection = { fetch, signal: new AbortController().signal };
  const { message } = noProviderError(await runningServers(config.modelProviders.values(), connection));
  return new Error(message);
}

/**
 * Returns when the model can be asked; a download shows its progress.
 * @throws Error with the text for stderr
 */
export async function prepareLocal(config: Config, program: Program): Promise<void> {
  const { model, modelProvider: provider } = config;
  if (model === null) return;
  const abort = new AbortController();
  const stop = program.onSignals((_signal, code) => {
    abort.abort();
    program.exit(code);
  });
  const connection: Connection = { fetch, signal: abort.signal };
  try {
    await prepareLocalModel({
      ...connection,
      provider,
      model,
      onProgress: progressPrinter((text) => {
        // Lines that are written over make sense on a terminal only.
        if (program.stderrIsTerminal() || !text.startsWith("\r")) program.stderr(text);
      }, Date.now),
      onDeprecation: (message) => program.stderr(`deprecated: ${message}\n`),
      onWarning: (message) => program.stderr(`warning: ${message}\n`),
      lms: {
        env: program.env,
        home: program.env["HOME"] ?? program.env["USERPROFILE"] ?? "",
        platform: process.platform,
        run: programRunner(program.env),
      },
    });
  } catch (error) {
    if (!(error instanceof LocalModelError)) throw error;
    const others = error.kind === "notRunning" ? await othersRunning(config, connection) : "";
    throw new Error(`OSS setup failed: OSS setup failed: ${error.message}${others}`, { cause: error });
  } finally {
    stop();
  }
}

/** The servers that run instead of the wished one. */
async function othersRunning(config: Config, connection: Connection): Promise<string> {
  const { id } = config.modelProvider;
  const wished = isLocalProvider(id) ? serverOf(id) : null;
  const running = (await runningServers(config.modelProviders.values(), connection)).filter((one) => one !== wished);
  return running.length === 0 ? "" : ` Found running: ${running.map(serverName).join(", ")}`;
}
