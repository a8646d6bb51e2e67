/** The one error type of this package: what is wrong with the configuration, where, and in which words. */

import type { Span, TomlSource, TomlSyntaxError } from "./toml/nodes.js";
import { snippet, textRange, type TextRange } from "./toml/position.js";

/**
 * What kind of fault it is.
 * `home`: CODEX_HOME cannot be used; `read`: a file cannot be read; `syntax`: not TOML; `schema`: a value of the wrong
 * kind; `override`: a malformed `-c`, `--enable` or `--disable`; `value`: well-formed, but refers to something that is
 * missing or not possible; `requirement`: forbidden by the machine's administrator; `write`: an edit cannot be made.
 */
export type ConfigErrorKind = "home" | "read" | "syntax" | "schema" | "override" | "value" | "requirement" | "write";

/** Facts beside the message; see the fields of ConfigError. */
export interface ConfigErrorDetails {
  readonly detail?: string;
  readonly file?: string | null;
  readonly range?: TextRange | null;
  readonly snippet?: string | null;
  readonly key?: string | null;
  readonly cause?: unknown;
}

/** Why the configuration cannot be loaded or written. `message` is complete: `<file>:<line>:<column>: <detail>`. */
export class ConfigError extends Error {
  readonly kind: ConfigErrorKind;
  /** The message without its place. */
  readonly detail: string;
  /** The file at fault; null when the fault is not in a file. */
  readonly file: string | null;
  /** The place in the file; null when the whole file is meant. */
  readonly range: TextRange | null;
  /** The line at fault, underlined; null when there is no place. */
  readonly snippet: string | null;
  /** The dotted key at fault, when one is. */
  readonly key: string | null;

  constructor(kind: ConfigErrorKind, message: string, details: ConfigErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "ConfigError";
    this.kind = kind;
    this.detail = details.detail ?? message;
    this.file = details.file ?? null;
    this.range = details.range ?? null;
    this.snippet = details.snippet ?? null;
    this.key = details.key ?? null;
  }
}

/** An error at a place in a source; without a file, the key takes the place's place. */
export function locatedError(
  kind: ConfigErrorKind,
  detail: string,
  source: TomlSource,
  span: Span,
  key: string,
): ConfigError {
  if (source.file === null) {
    return new ConfigError(kind, `${detail}\nin \`${key}\`\n`, { detail, key });
  }
  const range = textRange(source, span);
  const place = `${source.file}:${range.start.line}:${range.start.column}`;
  const shown = snippet(source.text, range);
  return new ConfigError(kind, `${place}: ${detail}`, { detail, file: source.file, range, snippet: shown, key });
}

/** A syntax error of a file as a ConfigError. */
export function syntaxError(error: TomlSyntaxError): ConfigError {
  return locatedError("syntax", error.message, error.source, error.span, "");
}

/** The words an operating system error is reported with: `No such file or directory (os error 2)`; others say themselves. */
export function osErrorText(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const known = OS_ERRORS.get("code" in error ? String(error.code) : "");
  return known ?? error.message;
}

const OS_ERRORS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "No such file or directory (os error 2)"],
  ["EACCES", "Permission denied (os error 13)"],
  ["EPERM", "Operation not permitted (os error 1)"],
  ["EEXIST", "File exists (os error 17)"],
  ["ENOEXEC", "Exec format error (os error 8)"],
  ["ENOTDIR", "Not a directory (os error 20)"],
  ["EISDIR", "Is a directory (os error 21)"],
  ["ELOOP", "Too many levels of symbolic links (os error 40)"],
  ["EROFS", "Read-only file system (os error 30)"],
  ["ENOSPC", "No space left on device (os error 28)"],
]);
