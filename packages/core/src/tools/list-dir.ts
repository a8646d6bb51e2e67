/** The tool that lists a folder and what is below it. */

import { readdirSync, type Dirent } from "node:fs";
import { isAbsolute, join } from "node:path";
import { count, parseArguments, required, string, withDefault } from "./arguments.js";
import { functionArguments } from "./shell.js";
import { systemReason } from "./system-reason.js";
import { ToolError, type Tool } from "./tool.js";

const DEFAULT_LIMIT = 25;
const DEFAULT_DEPTH = 2;
/** Names and paths are cut to so many bytes. */
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
  run(call) {
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
    return Promise.resolve(listing(args.dir_path, args));
  },
};

// helpers

interface Entry {
  /** Relative, with `/`. */
  path: Buffer;
  line: string;
}

function listing(folder: string, { offset, limit, depth }: { offset: number; limit: number; depth: number }): string {
  const entries = entriesBelow(folder, depth).sort((a, b) => a.path.compare(b.path));
  const header = `Absolute path: ${folder}`;
  if (entries.length === 0) return header;
  if (offset > entries.length) throw new ToolError("offset exceeds directory entry count");
  const shown = entries.slice(offset - 1, offset - 1 + limit);
  const lines = [header, ...shown.map(({ line }) => line)];
  if (offset - 1 + shown.length < entries.length) lines.push(`More than ${shown.length} entries found`);
  return lines.join("\n");
}

/** Everything down to `depth` levels, level by level. */
function entriesBelow(root: string, depth: number): Entry[] {
  const found: Entry[] = [];
  const pending: { folder: string; prefix: string; level: number; entries: Dirent[] }[] = [
    { folder: root, prefix: "", level: 0, entries: readRoot(root) },
  ];
  for (const { folder, prefix, level, entries } of pending) {
    for (const entry of entries) {
      const path = `${prefix}${entry.name}`;
      const inside = entry.isDirectory() && level + 1 < depth ? readBelow(join(folder, entry.name)) : [];
      const mark = inside === null ? `${markOf(entry)} [cannot be read]` : markOf(entry);
      found.push({ path: Buffer.from(cut(path)), line: `${"  ".repeat(level)}${cut(entry.name)}${mark}` });
      if (inside !== null && inside.length > 0) {
        pending.push({ folder: join(folder, entry.name), prefix: `${path}/`, level: level + 1, entries: inside });
      }
    }
  }
  return found;
}

function readRoot(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new ToolError(`failed to read directory: ${systemReason(error)}`, { cause: error });
  }
}

/** null: it cannot be read, which is no reason to hide the rest. */
function readBelow(folder: string): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return null; // the listing says so at the folder's line
  }
}

function markOf(entry: Dirent): string {
  if (entry.isSymbolicLink()) return "@";
  if (entry.isDirectory()) return "/";
  return entry.isFile() ? "" : "?";
}

/** At most so many bytes, whole characters. */
function cut(text: string): string {
  return cutAtBytes(text, MAX_NAME_BYTES);
}

/** The longest beginning of a text that fits in so many bytes and ends with a whole character. */
export function cutAtBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return text;
  let end = limit;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString("utf8", 0, end);
}
