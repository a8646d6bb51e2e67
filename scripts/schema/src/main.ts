/** Writes everything that is generated from the wire types, or with `--check` tells what is stale. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bindingFiles } from "./binding-files.js";
import { generatedModules } from "./generated-modules.js";
import { readTypes } from "./read-types.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
/** Folders in which everything is generated: what is not written again goes. */
const generatedFolders = [
  "packages/protocol/src/generated",
  "packages/app-server-protocol/src/generated",
  "schema/json",
  "schema/typescript",
];

const modules = generatedModules(readTypes(root));
const stale = process.argv.includes("--check") ? differences : write;
const first = stale(modules, generatedFolders.slice(0, 2));
// the bindings are printed by the package itself, from the modules that were just written
const second = stale(await bindingFiles(), generatedFolders.slice(2));
const changes = [...first, ...second];
if (process.argv.includes("--check") && changes.length > 0) {
  console.error(`stale, run \`pnpm generate\`:\n${changes.map((path) => `  ${path}`).join("\n")}`);
  process.exitCode = 1;
} else {
  console.log(changes.length === 0 ? "everything is up to date" : `${changes.length} files written`);
}

/** @returns the paths whose content is not what it should be, or that should not be there */
function differences(files: Map<string, string>, folders: readonly string[]): string[] {
  const wrong = [...files].filter(([path, text]) => contentOf(path) !== text).map(([path]) => path);
  const superfluous = folders.flatMap(filesIn).filter((path) => !files.has(path));
  return [...wrong, ...superfluous];
}

function write(files: Map<string, string>, folders: readonly string[]): string[] {
  const changed = differences(files, folders);
  for (const path of changed) {
    const text = files.get(path);
    const full = join(root, path);
    if (text === undefined) {
      rmSync(full);
      continue;
    }
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  return changed;
}

function contentOf(path: string): string | undefined {
  const full = join(root, path);
  return existsSync(full) ? readFileSync(full, "utf8") : undefined;
}

function filesIn(folder: string): string[] {
  const full = join(root, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}
