/** Settings as `key=value` pairs with TOML values: what `--config` takes. Pure. */

import type { CodexConfigObject, CodexConfigValue, CodexOptions, ThreadOptions } from "./options.js";

/** A setting that is no TOML; the message says which. */
export class ConfigOverrideError extends TypeError {
  override readonly name = "ConfigOverrideError";
}

/** The pairs of `config`, then the raw ones, then the address. @throws {ConfigOverrideError} */
export function sharedOverrides({ config = {}, configOverrides = [], baseUrl }: CodexOptions): string[] {
  return [
    ...[...flatten(config, "")].map(([key, value]) => `${key}=${value}`),
    ...configOverrides,
    ...(baseUrl === undefined ? [] : [`openai_base_url=${text(baseUrl)}`]),
  ];
}

/** The pairs for a thread's options that have no flag of their own. */
export function threadOverrides(options: ThreadOptions): string[] {
  const { approvalPolicy } = options;
  const settings = Object.entries(threadSettings(options)).map(([key, value]) => `${key}=${literal(value, key)}`);
  return approvalPolicy === undefined ? settings : [...settings, `approval_policy=${text(approvalPolicy)}`];
}

/** The same as values by dotted keys, without the approval policy. */
export function threadSettings(options: ThreadOptions): Record<string, string | boolean> {
  const { modelReasoningEffort: effort, networkAccessEnabled: network } = options;
  const webSearch = webSearchOf(options);
  return {
    ...(effort === undefined ? {} : { model_reasoning_effort: effort }),
    ...(network === undefined ? {} : { "sandbox_workspace_write.network_access": network }),
    ...(webSearch === undefined ? {} : { web_search: webSearch }),
  };
}

// helpers

function webSearchOf({ webSearchMode, webSearchEnabled }: ThreadOptions): string | undefined {
  if (webSearchMode !== undefined) return webSearchMode;
  if (webSearchEnabled === undefined) return undefined;
  return webSearchEnabled ? "live" : "disabled";
}

/** Tables become dotted paths, so that they add to what is configured and do not replace it. */
function* flatten(table: CodexConfigObject, prefix: string): Generator<[key: string, value: string]> {
  const entries = entriesOf(table, prefix);
  if (entries.length === 0 && prefix !== "") yield [prefix, "{}"];
  for (const [key, value] of entries) {
    const path = prefix === "" ? keyText(key) : `${prefix}.${keyText(key)}`;
    if (isTable(value)) yield* flatten(value, path);
    else yield [path, literal(value, path)];
  }
}

function entriesOf(table: CodexConfigObject, path: string): [string, CodexConfigValue][] {
  const entries = Object.entries(table).filter(([, value]: [string, unknown]) => value !== undefined);
  if (entries.some(([key]) => key === "")) {
    throw new ConfigOverrideError(`A config key${path === "" ? "" : ` in ${path}`} is empty; give it a name.`);
  }
  return entries;
}

/** Dots in a key stay what they are in config.toml's paths; what is neither bare nor dotted is quoted. */
function keyText(key: string): string {
  return /^[\w-]+(?:\.[\w-]+)*$/.test(key) ? key : text(key);
}

function literal(value: unknown, path: string): string {
  if (typeof value === "string") return text(value);
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return String(value);
  if (Array.isArray(value)) return `[${value.map((item, index) => literal(item, `${path}[${index}]`)).join(", ")}]`;
  if (isTable(value)) {
    const members = entriesOf(value, path).map(
      ([key, member]) => `${bareOrQuoted(key)} = ${literal(member, `${path}.${key}`)}`,
    );
    return `{${members.join(", ")}}`;
  }
  throw new ConfigOverrideError(`The config value at ${path} cannot be written in TOML: ${String(value)}`);
}

function bareOrQuoted(key: string): string {
  return /^[\w-]+$/.test(key) ? key : text(key);
}

/** A TOML text: as in JSON, but without raw DEL and without halves of surrogate pairs. */
function text(value: string): string {
  return JSON.stringify(value.toWellFormed()).replaceAll("\u007f", "\\u007f");
}

function isTable(value: unknown): value is CodexConfigObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
