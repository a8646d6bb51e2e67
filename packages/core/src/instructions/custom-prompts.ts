/** Reads the user's own prompts, `$CODEX_HOME/prompts/*.md`. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CustomPrompt } from "@codex-ts/protocol";

/** All readable prompts, by name. */
export function readCustomPrompts(codexHome: string): CustomPrompt[] {
  const folder = join(codexHome, "prompts");
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // without the folder there are none
  }
  const prompts = names.flatMap((file) => {
    const prompt = /\.md$/i.test(file) ? readPrompt(join(folder, file), file.slice(0, -".md".length)) : null;
    return prompt === null ? [] : [prompt];
  });
  return prompts.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function readPrompt(path: string, name: string): CustomPrompt | null {
  try {
    if (!statSync(path).isFile()) return null;
    const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
    return { name, path, ...splitFrontMatter(text) };
  } catch {
    return null; // unreadable or not text: the others still work
  }
}

/** `key: value` lines between two `---` lines; a header that never ends belongs to the text. */
export function splitFrontMatter(text: string): Pick<CustomPrompt, "content" | "description" | "argument_hint"> {
  const lines = text.split("\n");
  const end = lines[0]?.trim() === "---" ? lines.findIndex((line, at) => at > 0 && line.trim() === "---") : -1;
  if (end === -1) return { content: text, description: null, argument_hint: null };
  const fields = new Map<string, string>();
  for (const line of lines.slice(1, end)) {
    const found = /^\s*([^#:\s][^:]*?)\s*:\s*(.*?)\s*$/.exec(line);
    if (found !== null) fields.set((found[1] ?? "").toLowerCase(), unquoted(found[2] ?? ""));
  }
  return {
    content: lines.slice(end + 1).join("\n"),
    description: fields.get("description") ?? null,
    argument_hint: fields.get("argument-hint") ?? fields.get("argument_hint") ?? null,
  };
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) && text.length >= 2 ? text.slice(1, -1) : text;
}
