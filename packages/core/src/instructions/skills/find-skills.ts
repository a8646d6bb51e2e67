/** Finds SKILL.md files below the folders where skills may lie. */

import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SkillErrorInfo, SkillInterface, SkillMetadata, SkillScope } from "@codex-ts/protocol";
import { isRecord } from "../../is-record.js";

/** A folder that holds skills. */
export interface SkillRoot {
  folder: string;
  scope: SkillScope;
}

/** What was found. */
export interface FoundSkills {
  skills: SkillMetadata[];
  errors: SkillErrorInfo[];
}

const MAX_DEPTH = 6;
const MAX_FOLDERS = 2_000;
const SCOPE_ORDER: readonly SkillScope[] = ["repo", "user", "system", "admin"];

/**
 * Skills of all roots, in the order repo, user, system, admin, then by name; each file once.
 * @param disabled paths that the user's config switches off, real ones or with links on the way
 */
export async function findSkills(roots: readonly SkillRoot[], disabled: ReadonlySet<string>): Promise<FoundSkills> {
  const files = roots.flatMap((root) => skillFiles(root).map((path) => ({ path, scope: root.scope })));
  if (files.length === 0) return { skills: [], errors: [] };
  // YAML is needed only where there are skills.
  const { parse } = await import("yaml");
  const off = new Set([...disabled].map(realPath));
  const skills = new Map<string, SkillMetadata>();
  const errors: SkillErrorInfo[] = [];
  for (const { path, scope } of files) {
    if (skills.has(path)) continue;
    try {
      skills.set(path, readSkill(path, scope, !off.has(path), parse));
    } catch (error) {
      if (scope !== "system") errors.push({ path, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { skills: [...skills.values()].sort(bySkillOrder), errors };
}

// helpers

/** Breadth first; hidden folders are skipped, links are followed except among the program's own skills. */
function skillFiles({ folder, scope }: SkillRoot): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  let level = [folder];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const at of level) {
      const real = realFolder(at);
      if (real === null || seen.has(real) || seen.size >= MAX_FOLDERS) continue;
      seen.add(real);
      for (const entry of readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = join(at, entry.name);
        // By its real path: two links to one skill are one, and its switch in the configuration is found.
        if (entry.name === "SKILL.md") found.push(realPath(join(real, entry.name)));
        else if (entry.name.startsWith(".")) continue;
        else if (entry.isDirectory() || (entry.isSymbolicLink() && scope !== "system")) next.push(path);
      }
    }
    level = next;
  }
  return found;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // a skill that is gone cannot be found either
  }
}

function realFolder(path: string): string | null {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : null;
  } catch {
    return null; // absent, or a link that leads nowhere: there are no skills there
  }
}

function readSkill(path: string, scope: SkillScope, enabled: boolean, parse: (text: string) => unknown): SkillMetadata {
  const header = /^---\r?\n([\s\S]*?)\r?\n---\s*(?:\r?\n|$)/.exec(readFileSync(path, "utf8"));
  if (header === null) throw new Error("missing YAML frontmatter delimited by ---");
  const fields = parse(header[1] ?? "");
  if (!isRecord(fields)) throw new Error("invalid YAML: the front matter is not a table");
  const metadata = isRecord(fields["metadata"]) ? fields["metadata"] : {};
  const short = metadata["short-description"];
  const interfaceInfo = readInterface(path);
  return {
    name: requiredText(fields, "name", 64),
    description: requiredText(fields, "description", 1_024),
    ...(typeof short === "string" ? { short_description: oneLine(short) } : {}),
    ...(interfaceInfo === null ? {} : { interface: interfaceInfo }),
    path,
    scope,
    enabled,
  };
}

/** `SKILL.json` beside the skill says how clients may show it. */
function readInterface(path: string): SkillInterface | null {
  let text: string;
  try {
    text = readFileSync(path.replace(/SKILL\.md$/, "SKILL.json"), "utf8");
  } catch {
    return null; // it is optional
  }
  const parsed: unknown = JSON.parse(text);
  const found = isRecord(parsed) && isRecord(parsed["interface"]) ? parsed["interface"] : null;
  if (found === null) return null;
  const names = ["display_name", "short_description", "icon_small", "icon_large", "brand_color", "default_prompt"];
  return Object.fromEntries(names.flatMap((name) => (typeof found[name] === "string" ? [[name, found[name]]] : [])));
}

function requiredText(fields: Record<string, unknown>, name: string, limit: number): string {
  const value = fields[name];
  if (typeof value !== "string" || value.trim() === "") throw new Error(`missing field \`${name}\``);
  const text = oneLine(value);
  if (text.length > limit) throw new Error(`invalid ${name}: exceeds maximum length of ${limit} characters`);
  return text;
}

function oneLine(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(" ");
}

function bySkillOrder(a: SkillMetadata, b: SkillMetadata): number {
  const scope = SCOPE_ORDER.indexOf(a.scope) - SCOPE_ORDER.indexOf(b.scope);
  if (scope !== 0) return scope;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.path < b.path ? -1 : 1;
}
