/** Records a run's model, or answers from a recording, in front of any front end. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "@codex-ts/config";
import { openReplay, recordClient, type ModelClient } from "@codex-ts/model-client";
import type { Program } from "./program.js";

/** Files named on the command line; null: not asked for. */
export interface ReplayRequest {
  record: string | null;
  replay: string | null;
}

/** Puts something between threads and their models. */
export type WrapClient = (client: ModelClient) => ModelClient;

/** What to wrap clients with; null: nothing. Says on stderr when the model is a recording. */
export function replayWrapper({ record, replay }: ReplayRequest, config: Config, program: Program): WrapClient | null {
  const places = { workspace: config.cwd, home: program.env["HOME"] ?? "", temporary: program.env["TMPDIR"] };
  const key = config.modelProvider.envKey === null ? undefined : program.env[config.modelProvider.envKey];
  if (replay !== null) {
    const file = resolve(program.cwd, replay);
    program.stderr(
      `The model's answers are replayed from ${replay}; commands, sandbox, patches and the session file are real.\n`,
    );
    const onNotice = (message: string): void => program.stderr(`${message}\n`);
    return shared(() => openReplay({ recording: readFileSync(file, "utf8"), file, places, onNotice }));
  }
  if (record !== null) {
    const file = resolve(program.cwd, record);
    return shared((client) => recordClient(client, { file, places, secrets: key === undefined ? [] : [key] }));
  }
  return null;
}

/** One recording for the whole process: the threads that agents start are in it, too. */
function shared(make: (client: ModelClient) => Promise<ModelClient>): WrapClient {
  let wrapped: ModelClient | null = null;
  return (client) => (wrapped ??= deferred(client, () => make(client)));
}

/** A client that is made when it is first asked. */
function deferred(original: ModelClient, make: () => Promise<ModelClient>): ModelClient {
  let made: Promise<ModelClient> | null = null;
  const client = (): Promise<ModelClient> => (made ??= make());
  return {
    newRetryBudget: () => original.newRetryBudget(),
    async *stream(request, options) {
      yield* (await client()).stream(request, options);
    },
    compact: async (request, options) => await (await client()).compact(request, options),
  };
}
