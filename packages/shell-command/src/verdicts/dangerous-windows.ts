/** The forms that are dangerous on Windows alone: opening a web address, deleting by force. */

import { isPowerShell } from "../powershell/invocation.js";
import { fileName } from "../script/shell-call.js";
import { splitWords } from "../words/split.js";

/** Whether `argv` opens a web address or force-deletes, directly, through PowerShell or through cmd. */
export function isDangerousOnWindows(argv: readonly string[]): boolean {
  const [program = "", ...words] = argv;
  if (isPowerShell(program)) return isDangerousPowerShell(powerShellText(words));
  if (programName(program) === "cmd") return isDangerousCmd(words);
  return opensAddress(argv);
}

const BROWSERS = new Set(["chrome", "msedge", "firefox", "iexplore"]);

function programName(program: string): string {
  return fileName(program)
    .toLowerCase()
    .replace(/\.exe$/, "");
}

function isWebAddress(word: string): boolean {
  return /^["'(]*https?:\/\//i.test(word);
}

function opensAddress([program = "", ...words]: readonly string[]): boolean {
  if (!words.some(isWebAddress)) return false;
  const name = programName(program);
  if (name === "rundll32") return words.some((word) => word.toLowerCase().includes("url.dll,fileprotocolhandler"));
  return name === "mshta" || name === "explorer" || BROWSERS.has(name);
}

// PowerShell

function powerShellText(words: readonly string[]): string {
  const start = words.findIndex((word) => /^[-/](?:command|c)(?::|$)/i.test(word));
  if (start < 0) return words.join(" ");
  return words
    .slice(start)
    .join(" ")
    .replace(/^[-/](?:command|c):?/i, "");
}

const OPENERS = new Set(["start-process", "start", "saps", "invoke-item", "ii"]);
const OPENS_IN_TEXT = ["start-process", "invoke-item", "shellexecute", "shell.application"];
const DELETES = new Set(["remove-item", "ri", "rm", "del", "erase", "rd", "rmdir"]);

function isDangerousPowerShell(script: string): boolean {
  const lower = script.toLowerCase();
  const words = splitWords(lower) ?? lower.split(/\s+/);
  if (/https?:\/\//.test(lower)) {
    const opens = words.some((word) => OPENERS.has(word.replace(/[;,|&(){}]/g, "")));
    if (opens || OPENS_IN_TEXT.some((text) => lower.includes(text))) return true;
  }
  if (opensAddress(words)) return true;
  return lower.split(/[;|&\n\t]/).some(forceDeletes);
}

function forceDeletes(segment: string): boolean {
  const words = segment.split(/[\s{}()[\],]+/);
  return (
    words.some((word) => DELETES.has(word)) && words.some((word) => word === "-force" || word.startsWith("-force:"))
  );
}

// cmd

const CMD_RUN = new Set(["/c", "/r", "-c"]);

function isDangerousCmd(words: readonly string[]): boolean {
  const start = words.findIndex((word) => CMD_RUN.has(word.toLowerCase()));
  if (start < 0) return false;
  const script = words
    .slice(start + 1)
    .flatMap((word) => splitWords(word) ?? word.split(/\s+/))
    .join(" ")
    .toLowerCase();
  return script.split(/&&?|\|\|?/).some((segment) => isDangerousCmdSegment(segment.trim().split(/\s+/)));
}

function isDangerousCmdSegment(words: readonly string[]): boolean {
  const [name = "", ...rest] = words;
  switch (name) {
    case "start":
      return rest.some(isWebAddress);
    case "del":
    case "erase":
      return rest.some((word) => word.includes("/f"));
    case "rd":
    case "rmdir":
      return rest.some((word) => word.includes("/s")) && rest.some((word) => word.includes("/q"));
    default:
      return opensAddress(words);
  }
}
