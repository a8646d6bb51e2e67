/** Appends an allow rule to a rules file. */

import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { lockFile } from "./file-lock.js";
import { reasonOf } from "./system-errors.js";

/** An allow rule could not be saved. The message says which step failed; the file is as it was. */
export class AmendmentError extends Error {
  override readonly name = "AmendmentError";
  readonly path: string;

  constructor(path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/**
 * Adds one line to the file, which is made with its folders when it does not exist; nothing when the line is there.
 * The line goes out in one appending write under an exclusive advisory lock, so that other writers cannot tear it.
 * @throws AmendmentError
 */
export async function appendAllowRule(filePath: string, prefix: readonly string[]): Promise<void> {
  const line = allowRuleLine(filePath, prefix);
  const folder = dirname(filePath);
  if (filePath === "" || folder === filePath) {
    throw new AmendmentError(filePath, `policy path has no parent: ${filePath}`);
  }
  await step(filePath, `failed to create policy directory ${folder}`, () => mkdir(folder, { recursive: true }));
  const handle = await step(filePath, `failed to open policy file ${filePath}`, () => open(filePath, "a+"));
  try {
    const unlock = await step(filePath, `failed to lock policy file ${filePath}`, () => lockFile(handle));
    try {
      await appendLine(handle, filePath, line);
    } finally {
      await unlock();
    }
  } finally {
    await handle.close();
  }
}

async function step<Result>(path: string, what: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw new AmendmentError(path, `${what}: ${reasonOf(error).text}`, { cause: error });
  }
}

/** The line of an allow rule, without its line end. */
function allowRuleLine(path: string, prefix: readonly string[]): string {
  if (prefix.length === 0) throw new AmendmentError(path, "prefix rule requires at least one token");
  if (!prefix.every((token) => token.isWellFormed())) {
    throw new AmendmentError(path, "prefix rule tokens must be valid Unicode");
  }
  return `prefix_rule(pattern=[${prefix.map(quoteToken).join(", ")}], decision="allow")`;
}

/** A JSON string is a Starlark string with the same meaning. */
function quoteToken(token: string): string {
  return JSON.stringify(token);
}

async function appendLine(handle: FileHandle, path: string, line: string): Promise<void> {
  const text = await step(path, `failed to read policy file ${path}`, () => handle.readFile("utf8"));
  if (text.split(/\r?\n/).includes(line)) return;
  const addition = Buffer.from(`${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`);
  const before = Buffer.byteLength(text);
  try {
    const { bytesWritten } = await handle.write(addition);
    if (bytesWritten < addition.length) throw new Error("only a part of the rule could be written");
  } catch (error) {
    await removeTornLine(handle, before);
    throw new AmendmentError(path, `failed to write to policy file ${path}: ${reasonOf(error).text}`, { cause: error });
  }
}

/** A line that was cut off would make the whole file unreadable. */
async function removeTornLine(handle: FileHandle, before: number): Promise<void> {
  const { size } = await handle.stat();
  if (size > before) await handle.truncate(before);
}
