/** Recognises a patch in the argv of a shell call, so that it is applied as a patch and not run as a command. */

import { posix, win32 } from "node:path";
import { PatchParseError } from "../parse/parse-error.js";
import { parsePatch } from "../parse/parse-patch.js";
import { joinPath } from "../plan/plan-sections.js";
import { parseHeredocScript } from "./heredoc-script.js";

/** What an argv is. `message` is the complete text for the model. */
export type RecognisedPatch =
  | { readonly kind: "patch"; readonly patch: string; readonly workdir: string }
  /** A patch where a command was expected: nothing is run. */
  | { readonly kind: "implicit"; readonly message: string }
  /** An apply_patch command whose patch does not parse: nothing is run. */
  | { readonly kind: "invalid"; readonly message: string }
  | { readonly kind: "notPatch" };

/** Told to a model that sends a patch where a command was expected. */
const IMPLICIT_PATCH =
  "apply_patch verification failed: patch detected without explicit call to apply_patch. " +
  'Rerun as ["apply_patch", "<patch>"]';

/**
 * Takes `[apply_patch, PATCH]` and `[shell, flag, SCRIPT]` where the script is one `apply_patch` heredoc, perhaps after
 * `cd DIR &&`. Anything else is an ordinary command.
 * @param cwd the call's folder, absolute
 */
export function recogniseApplyPatch(argv: readonly string[], cwd: string): RecognisedPatch {
  const script = shellScript(argv);
  const bare = script ?? (argv.length === 1 ? argv[0] : undefined);
  if (bare !== undefined && isPatch(bare)) return { kind: "implicit", message: IMPLICIT_PATCH };
  const [command, text] = argv;
  if (argv.length === 2 && text !== undefined && (command === "apply_patch" || command === "applypatch")) {
    return checked(text, cwd);
  }
  const heredoc = script === null ? null : parseHeredocScript(script);
  if (heredoc === null) return { kind: "notPatch" };
  return checked(heredoc.body, heredoc.directory === null ? cwd : joinPath(cwd, heredoc.directory));
}

/** The script of a call of a shell, or null. */
function shellScript(argv: readonly string[]): string | null {
  const [shell, ...rest] = argv;
  const script = rest.at(-1);
  if (shell === undefined || script === undefined) return null;
  const flags = rest.slice(0, -1);
  switch (stem(shell)) {
    case "bash":
    case "zsh":
    case "sh":
      return flags.length === 1 && (flags[0] === "-lc" || flags[0] === "-c") ? script : null;
    case "pwsh":
    case "powershell":
      return /^(-noprofile )?-command$/i.test(flags.join(" ")) ? script : null;
    case "cmd":
      return flags.length === 1 && flags[0]?.toLowerCase() === "/c" ? script : null;
    default:
      return null;
  }
}

/** A program's name without folders and extension, in lower case. */
function stem(program: string): string {
  const name = program.includes("\\") ? win32.basename(program) : posix.basename(program);
  const dot = name.lastIndexOf(".");
  return (dot > 0 ? name.slice(0, dot) : name).toLowerCase();
}

function isPatch(text: string): boolean {
  return parse(text).kind === "patch";
}

function checked(text: string, workdir: string): RecognisedPatch {
  const parsed = parse(text);
  return parsed.kind === "patch" ? { kind: "patch", patch: parsed.text, workdir } : parsed;
}

function parse(text: string): { kind: "patch"; text: string } | { kind: "invalid"; message: string } {
  try {
    return { kind: "patch", text: parsePatch(text).text };
  } catch (error) {
    if (error instanceof PatchParseError) return { kind: "invalid", message: error.forModel };
    throw error;
  }
}
