/** Folders of files for tests: made, read back, removed. */

import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import type { Files } from "./tables/patch-case.js";

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files, removed after the test. Contents may be bytes. */
export function temporaryTree(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "apply-patch-")));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** All files of a folder as text; `-> target` for links, `/` at the end for empty folders, bytes as Latin-1 if wished. */
export function readTree(folder: string, encoding: "utf8" | "latin1" = "utf8"): Files {
  const files: Record<string, string> = {};
  const walk = (below: string): void => {
    const names = readdirSync(join(folder, below)).sort();
    if (names.length === 0 && below !== "") files[`${below}/`] = "";
    for (const name of names) {
      const path = below === "" ? name : `${below}/${name}`;
      const stats = lstatSync(join(folder, path));
      if (stats.isDirectory()) walk(path);
      else if (stats.isSymbolicLink()) files[path] = `-> ${readlinkSync(join(folder, path))}`;
      else files[path] = stats.isFile() ? readFileSync(join(folder, path), encoding) : "special";
    }
  };
  walk("");
  return files;
}
