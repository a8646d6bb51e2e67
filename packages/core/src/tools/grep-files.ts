/** The tool that finds files by what they contain, with ripgrep, or with grep where there is no ripgrep. */

import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { count, optional, parseArguments, required, string, withDefault } from "./arguments.js";
import { functionArguments } from "./shell.js";
import { systemReason } from "./system-reason.js";
import { ToolError, type Tool } from "./tool.js";
import type { Turn } from "../turn/turn.js";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 2_000;
const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Returns paths of files, newest first. */
export const grepFilesTool: Tool = {
  names: ["grep_files"],
  parallel: true,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "grep_files",
    description: "Finds the files whose content matches a pattern, newest first.",
    strict: false,
    parameters: {
      type: "object",
      properties: {
        include: {
          type: "string",
          description: "Only files whose name matches this glob, such as *.ts or *.{js,jsx}.",
        },
        limit: { type: "number", description: "Paths to return at the most. Default 100." },
        path: { type: "string", description: "The file or folder to search. Default: the working directory." },
        pattern: { type: "string", description: "A regular expression." },
      },
      required: ["pattern"],
      additionalProperties: false,
    },
  },
  async run(call, { turn }) {
    const args = parseArguments(functionArguments(call), {
      pattern: required(string),
      include: optional(string),
      path: optional(string),
      limit: withDefault(count, DEFAULT_LIMIT),
    });
    const pattern = args.pattern.trim();
    if (pattern === "") throw new ToolError("pattern must not be empty");
    if (args.limit === 0) throw new ToolError("limit must be greater than zero");
    const path = resolve(turn.settings.cwd, args.path ?? "");
    requireThere(path);
    const include = args.include?.trim() ?? "";
    const found = await search({ pattern, path, include: include === "" ? null : include }, turn);
    return found.length === 0 ? "No matches found." : found.slice(0, Math.min(args.limit, MAX_LIMIT)).join("\n");
  },
};

// helpers

interface Search {
  pattern: string;
  path: string;
  /** null: all files. */
  include: string | null;
}

function requireThere(path: string): void {
  try {
    statSync(path);
  } catch (error) {
    throw new ToolError(`unable to access \`${path}\`: ${systemReason(error)}`, { cause: error });
  }
}

async function search(wanted: Search, turn: Turn): Promise<string[]> {
  const found = (await run("rg", ripgrepArguments(wanted), turn)) ?? (await run("grep", grepArguments(wanted), turn));
  if (found !== null) return newestFirst(found);
  throw new ToolError(
    "failed to launch rg: No such file or directory (os error 2). Ensure ripgrep is installed and on PATH.",
  );
}

function ripgrepArguments({ pattern, path, include }: Search): string[] {
  const glob = include === null ? [] : ["--glob", include];
  const options = ["--no-config", "--files-with-matches", "--regexp", pattern, "--no-messages"];
  return [...options, ...glob, "--", path];
}

/**
 * As near to ripgrep as it gets: hidden and binary files are left out; ignore files are not known. What is included
 * stands first: grep then leaves out everything else.
 */
function grepArguments({ pattern, path, include }: Search): string[] {
  const names = include === null ? [] : alternatives(include).map((glob) => `--include=${glob}`);
  const hidden = basename(path).startsWith(".") ? [] : ["--exclude-dir=.[!.]*", "--exclude=.[!.]*"];
  const extended = pattern.replaceAll("\\d", "[0-9]").replaceAll("(?:", "(");
  return ["-rlIEs", ...names, "--exclude-dir=node_modules", ...hidden, "-e", extended, "--", path];
}

/** grep knows no `{a,b}`. */
function alternatives(glob: string): string[] {
  const [, before = "", inside = "", after = ""] = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(glob) ?? [];
  return inside === "" ? [glob] : inside.split(",").flatMap((choice) => alternatives(`${before}${choice}${after}`));
}

/** @returns the paths that were printed; null when the program is not installed @throws {ToolError} */
async function run(
  program: string,
  args: readonly string[],
  { session, settings, signal }: Turn,
): Promise<string[] | null> {
  const { execFile } = await import("node:child_process");
  return await new Promise((resolve, reject) => {
    const options = {
      cwd: settings.cwd,
      env: { ...session.services.environment() },
      timeout: TIMEOUT_MS,
      maxBuffer: MAX_BYTES,
      killSignal: "SIGKILL" as const,
      signal,
    };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      // Both programs say 1 when nothing matches, and 2 when a part could not be searched.
      if (error === null || error.code === 1 || (error.code === 2 && stdout !== ""))
        resolve(stdout.split("\n").filter((line) => line !== ""));
      else if (String(error.code) === "ENOENT") resolve(null);
      else if (error.killed === true) reject(new ToolError(`rg timed out after ${TIMEOUT_MS / 1_000} seconds`));
      else reject(new ToolError(`rg failed: ${stderr.trim() === "" ? error.message : stderr.trim()}`));
    });
    child.stdin?.end();
  });
}

/** ripgrep's own sorting goes by the times of folders, too, and costs it its threads. */
function newestFirst(paths: readonly string[]): string[] {
  const dated = paths.map((path) => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
  return dated.sort((a, b) => b.at - a.at).map(({ path }) => path);
}
