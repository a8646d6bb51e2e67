/** The tool that reads lines of a file: a range of them, or those around a line that belong together by indentation. */

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { throwIfAborted } from "../turn/turn.js";
import { boolean, count, object, oneOf, optional, parseArguments, required, string, withDefault } from "./arguments.js";
import { blockAround } from "./indentation-block.js";
import { cutAtBytes } from "./list-dir.js";
import { functionArguments } from "./shell.js";
import { systemReason } from "./system-reason.js";
import { ToolError, type Tool } from "./tool.js";

const DEFAULT_LIMIT = 2_000;
const MAX_LINE_BYTES = 500;
/** Of each line no more is kept while reading; invalid bytes may grow when they are replaced, never shrink below the cut. */
const KEPT_LINE_BYTES = 2_000;
/** A block is looked for in the whole file, which is held for it: of larger files only lines can be read. */
const MAX_BLOCK_FILE_BYTES = 16 * 1024 * 1024;

const indentationArguments = object({
  anchor_line: optional(count),
  max_levels: withDefault(count, 0),
  include_siblings: withDefault(boolean, false),
  include_header: withDefault(boolean, true),
  max_lines: optional(count),
});

/** Returns lines with their numbers. */
export const readFileTool: Tool = {
  names: ["read_file"],
  parallel: true,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "read_file",
    description:
      "Reads lines of a file, each with its number: a range of them, or the block of code around a line, found by indentation.",
    strict: false,
    parameters: {
      type: "object",
      properties: {
        file_path: { type: "string", description: "Absolute path of the file." },
        indentation: {
          type: "object",
          properties: {
            anchor_line: { type: "number", description: "The line to start from. Default: the offset." },
            include_header: {
              type: "boolean",
              description: "Comments right above the block belong to it. Default true.",
            },
            include_siblings: { type: "boolean", description: "Blocks of the same level belong to it. Default false." },
            max_levels: { type: "number", description: "Enclosing levels to go up; 0 for all. Default 0." },
            max_lines: { type: "number", description: "Lines to return at the most, besides limit." },
          },
          additionalProperties: false,
        },
        limit: { type: "number", description: "Lines to return at the most. Default 2000." },
        mode: { type: "string", description: '"slice" (default) or "indentation".' },
        offset: { type: "number", description: "Number of the first line, from 1. Default 1." },
      },
      required: ["file_path"],
      additionalProperties: false,
    },
  },
  async run(call, { signal }) {
    const args = parseArguments(functionArguments(call), {
      file_path: required(string),
      offset: withDefault(count, 1),
      limit: withDefault(count, DEFAULT_LIMIT),
      mode: withDefault(oneOf(["slice", "indentation"] as const), "slice"),
      indentation: optional(indentationArguments),
    });
    if (args.offset === 0) throw new ToolError("offset must be a 1-indexed line number");
    if (args.limit === 0) throw new ToolError("limit must be greater than zero");
    if (!isAbsolute(args.file_path)) throw new ToolError("file_path must be an absolute path");
    switch (args.mode) {
      case "slice":
        return await slice(args.file_path, args.offset, args.limit, signal);
      case "indentation":
        return await block(args.file_path, args, signal);
    }
  },
};

// helpers

type IndentationArguments = ReturnType<typeof indentationArguments>;

const NO_INDENTATION: IndentationArguments = {
  anchor_line: null,
  max_levels: 0,
  include_siblings: false,
  include_header: true,
  max_lines: null,
};

async function slice(path: string, offset: number, limit: number, signal: AbortSignal): Promise<string> {
  const lines: string[] = [];
  let number = 0;
  for await (const line of linesOf(path, Infinity, signal)) {
    number += 1;
    if (number >= offset) lines.push(numbered(number, line));
    if (lines.length === limit) break;
  }
  if (number < offset) throw new ToolError("offset exceeds file length");
  return lines.join("\n");
}

async function block(
  path: string,
  { offset, limit, indentation }: { offset: number; limit: number; indentation: IndentationArguments | null },
  signal: AbortSignal,
): Promise<string> {
  const options = indentation ?? NO_INDENTATION;
  const anchor = options.anchor_line ?? offset;
  if (anchor === 0) throw new ToolError("anchor_line must be a 1-indexed line number");
  if (options.max_lines === 0) throw new ToolError("max_lines must be greater than zero");
  const lines: string[] = [];
  for await (const line of linesOf(path, MAX_BLOCK_FILE_BYTES, signal)) lines.push(line);
  if (anchor > lines.length) throw new ToolError("anchor_line exceeds file length");
  const { first, last } = blockAround(lines, anchor - 1, {
    maxLevels: options.max_levels,
    includeSiblings: options.include_siblings,
    includeHeader: options.include_header,
    maxLines: Math.min(limit, options.max_lines ?? limit, lines.length),
  });
  const shown = lines.slice(first, last + 1);
  return shown.map((line, index) => numbered(first + index + 1, line)).join("\n");
}

function numbered(number: number, line: string): string {
  return `L${number}: ${cutAtBytes(line, MAX_LINE_BYTES)}`;
}

/** The lines without their ends. Of a line of any length only the beginning is held. @throws {ToolError}; {TurnAborted} */
async function* linesOf(path: string, maxBytes: number, signal: AbortSignal): AsyncGenerator<string> {
  await requireFile(path);
  let parts: Buffer[] = [];
  let size = 0;
  let lastByte = 0;
  let total = 0;
  const keep = (part: Buffer): void => {
    if (part.length > 0) lastByte = part.at(-1) ?? 0;
    const kept = part.subarray(0, Math.max(0, KEPT_LINE_BYTES - size));
    if (kept.length > 0) parts.push(kept);
    size += part.length;
  };
  const take = (): string => {
    const bytes = Buffer.concat(parts);
    const hasReturn = lastByte === 0x0d && size <= KEPT_LINE_BYTES;
    parts = [];
    size = 0;
    lastByte = 0;
    return bytes.toString("utf8", 0, hasReturn ? bytes.length - 1 : bytes.length);
  };
  try {
    for await (const chunk of createReadStream(path, { signal }) as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > maxBytes) throw new ToolError(tooLarge(maxBytes));
      let start = 0;
      for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
        keep(chunk.subarray(start, end));
        yield take();
        start = end + 1;
      }
      keep(chunk.subarray(start));
    }
  } catch (error) {
    throwIfAborted(signal);
    if (error instanceof ToolError) throw error;
    throw new ToolError(`failed to read file: ${systemReason(error)}`, { cause: error });
  }
  if (size > 0) yield take();
}

/** A device may never end, and a FIFO may never begin. A folder is left to reading, which says what it is. */
async function requireFile(path: string): Promise<void> {
  let found;
  try {
    found = await stat(path);
  } catch (error) {
    throw new ToolError(`failed to read file: ${systemReason(error)}`, { cause: error });
  }
  if (!found.isFile() && !found.isDirectory()) throw new ToolError("failed to read file: not a regular file");
}

function tooLarge(maxBytes: number): string {
  return `failed to read file: mode "indentation" takes ${maxBytes} bytes at the most; read the lines with offset and limit`;
}
