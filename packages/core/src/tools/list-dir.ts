/** The tool that lists a folder and what is below it. */

import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { throwIfAborted } from "../turn/turn.js";
import { count, parseArguments, required, string, withDefault } from "./arguments.js";
import { functionArguments } from "./shell.js";
import { systemReason } from "./system-reason.js";
import { ToolError, type Tool } from "./tool.js";

const DEFAULT_LIMIT = 25;
const DEFAULT_DEPTH = 2;
/** More entries are never held, whatever is asked for; the output would be cut far earlier. */
const MAX_LIMIT = 10_000;
/** Names are cut to so many bytes. */
const MAX_NAME_BYTES = 500;

/** Lists entries, sorted by path, a part at a time. */
export const listDirTool: Tool = {
  names: ["list_dir"],
  parallel: true,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "list_dir",
    description: "Lists the entries of a folder and of the folders in it, sorted, with a mark for their kind.",
    strict: false,
    parameters: {
      type: "object",
      properties: {
        depth: { type: "number", description: "How many levels to list; at least 1. Default 2." },
        dir_path: { type: "string", description: "Absolute path of the folder." },
        limit: { type: "number", description: "Entries to return at the most. Default 25." },
        offset: { type: "number", description: "Number of the first entry to return, from 1. Default 1." },
      },
      required: ["dir_path"],
      additionalProperties: false,
    },
  },
  async run(call, { signal }) {
    const args = parseArguments(functionArguments(call), {
      dir_path: required(string),
      offset: withDefault(count, 1),
      limit: withDefault(count, DEFAULT_LIMIT),
      depth: withDefault(count, DEFAULT_DEPTH),
    });
    if (args.offset === 0) throw new ToolError("offset must be a 1-indexed entry number");
    if (args.limit === 0) throw new ToolError("limit must be greater than zero");
    if (args.depth === 0) throw new ToolError("depth must be greater than zero");
    if (!isAbsolute(args.dir_path)) throw new ToolError("dir_path must be an absolute path");
    return await listing(args.dir_path, args, signal);
  },
};

// helpers

async function listing(
  root: string,
  { offset, limit, depth }: { offset: number; limit: number; depth: number },
  signal: AbortSignal,
): Promise<string> {
  const most = Math.min(limit, MAX_LIMIT);
  const lines = [`Absolute path: ${root}`];
  let number = 0;
  for await (const line of linesBelow(root, depth, signal)) {
    number += 1;
    if (number < offset) continue;
    if (number === offset + most) {
      lines.push(`More than ${most} entries found`);
      break;
    }
    lines.push(line);
  }
  if (number > 0 && number < offset) throw new ToolError("offset exceeds directory entry count");
  return lines.join("\n");
}

/**
 * Everything down to `depth` levels, sorted by path. A folder is read when its turn comes, so that nobody who takes only
 * the first lines, or is cut short, pays for a whole disk.
 * @throws {ToolError} the root cannot be read; {TurnAborted}
 */
async function* linesBelow(root: string, depth: number, signal: AbortSignal): AsyncGenerator<string> {
  yield* linesIn({ folder: root, level: 0, entries: await readRoot(root) }, depth, signal);
}

interface Listed {
  folder: string;
  /** 0: the root. */
  level: number;
  entries: readonly Dirent[];
}

async function* linesIn(
  { folder, level, entries }: Listed,
  depth: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const read = new Map<Dirent, readonly Dirent[]>();
  for (const { kind, entry } of stepsOf(entries)) {
    throwIfAborted(signal);
    const path = join(folder, entry.name);
    if (kind === "line") {
      const inside = entry.isDirectory() && level + 1 < depth ? await readBelow(path) : [];
      if (inside !== null && inside.length > 0) read.set(entry, inside);
      const mark = inside === null ? `${markOf(entry)} [cannot be read]` : markOf(entry);
      yield `${"  ".repeat(level)}${cutAtBytes(entry.name, MAX_NAME_BYTES)}${mark}`;
    } else {
      const inside = read.get(entry);
      read.delete(entry);
      if (inside !== undefined) yield* linesIn({ folder: path, level: level + 1, entries: inside }, depth, signal);
    }
  }
}

/** The line of an entry, or all that is in it. Its place among the others of its folder is by the bytes of `key`. */
interface Step {
  kind: "line" | "inside";
  entry: Dirent;
  key: Buffer;
}

/** Between a folder and what is in it stand names such as `folder-2`. */
function stepsOf(entries: readonly Dirent[]): Step[] {
  const steps = entries.flatMap((entry): Step[] => {
    const line: Step = { kind: "line", entry, key: Buffer.from(entry.name) };
    return entry.isDirectory() ? [line, { kind: "inside", entry, key: Buffer.from(`${entry.name}/`) }] : [line];
  });
  return steps.sort((a, b) => a.key.compare(b.key));
}

async function readRoot(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new ToolError(`failed to read directory: ${systemReason(error)}`, { cause: error });
  }
}

/** null: it cannot be read, which is no reason to hide the rest. */
async function readBelow(folder: string): Promise<Dirent[] | null> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return null; // the listing says so at the folder's line
  }
}

function markOf(entry: Dirent): string {
  if (entry.isSymbolicLink()) return "@";
  if (entry.isDirectory()) return "/";
  return entry.isFile() ? "" : "?";
}

/** The longest beginning of a text that fits in so many bytes and ends with a whole character. */
export function cutAtBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return text;
  let end = limit;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString("utf8", 0, end);
}
