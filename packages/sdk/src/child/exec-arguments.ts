/** The command line and environment of one turn: `codex exec`. Pure. */

import { sharedOverrides, threadOverrides } from "../config-overrides.js";
import { imagesOf, type CodexOptions, type ThreadOptions } from "../options.js";
import type { TurnRequest } from "../thread.js";

/** Who we say we are, unless the environment says otherwise. */
const ORIGINATOR = "codex_sdk_ts";

/** The words after the program's name. @param schemaFile file with the output schema; null: there is none */
export function execArguments(
  codex: CodexOptions,
  thread: ThreadOptions,
  turn: TurnRequest,
  schemaFile: string | null,
): string[] {
  const { threadId, input, options } = turn;
  const images = imagesOf(input).flatMap((path) => ["--image", path]);
  return [
    "exec",
    "--experimental-json",
    ...pairs(sharedOverrides(codex)),
    ...flag("--model", thread.model),
    ...(threadId === null ? flag("--thread-source", thread.threadSource) : []),
    ...flag("--sandbox", thread.sandboxMode),
    ...flag("--cd", thread.workingDirectory),
    ...(thread.additionalDirectories ?? []).flatMap((folder) => ["--add-dir", folder]),
    ...(thread.skipGitRepoCheck === true ? ["--skip-git-repo-check"] : []),
    ...flag("--output-schema", schemaFile ?? undefined),
    ...flag("--cyber-access-program", options.cyberAccessProgram),
    ...pairs(threadOverrides(thread)),
    // After the word `resume`: before it, an older program takes that word for one more image.
    ...(threadId === null ? [] : ["resume", threadId]),
    ...images,
  ];
}

/** The environment of the program. */
export function childEnvironment(
  { env, apiKey, baseUrl }: CodexOptions,
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const base = env ?? own;
  return {
    CODEX_INTERNAL_ORIGINATOR_OVERRIDE: ORIGINATOR,
    ...base,
    // for programs that do not know openai_base_url
    ...(baseUrl === undefined ? {} : { OPENAI_BASE_URL: baseUrl }),
    ...(apiKey === undefined ? {} : { CODEX_API_KEY: apiKey }),
  };
}

// helpers

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}

function pairs(overrides: readonly string[]): string[] {
  return overrides.flatMap((pair) => ["--config", pair]);
}
