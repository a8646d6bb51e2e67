/** Runs turns in a child each: `codex exec`. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodexOutputError } from "../errors.js";
import type { ThreadEvent } from "../events/thread-event.js";
import { promptOf, type CodexOptions, type ThreadOptions } from "../options.js";
import type { RunTurn } from "../thread.js";
import { childLines } from "./child-lines.js";
import { childEnvironment, execArguments } from "./exec-arguments.js";
import { findExecutable } from "./executable.js";

/** Turns of a thread with these options. */
export function execTurns(codex: CodexOptions, thread: ThreadOptions): RunTurn {
  return async function* (request) {
    const { outputSchema, signal } = request.options;
    const folder = outputSchema === undefined ? null : await schemaFolder(outputSchema);
    try {
      const lines = childLines({
        executable: findExecutable(codex.codexPathOverride),
        args: execArguments(codex, thread, request, folder === null ? null : join(folder, SCHEMA_FILE)),
        env: childEnvironment(codex, process.env),
        input: promptOf(request.input),
        signal,
      });
      for await (const line of lines) yield eventOf(line);
    } finally {
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    }
  };
}

// helpers

const SCHEMA_FILE = "schema.json";

async function schemaFolder(schema: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "codex-output-schema-"));
  await writeFile(join(folder, SCHEMA_FILE), JSON.stringify(schema));
  return folder;
}

/** The program is trusted to send events; that they are JSON objects is checked, to notice what is no Codex. */
function eventOf(line: string): ThreadEvent {
  try {
    const value: unknown = JSON.parse(line);
    if (isEvent(value)) return value;
  } catch {
    // told below
  }
  throw new CodexOutputError(line);
}

function isEvent(value: unknown): value is ThreadEvent {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
