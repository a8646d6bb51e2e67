/** The package runs where its users are: Node, bundlers, browsers. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { writeJsonSchema, writeTypeScript } from "../src/write-bindings-entry.js";
import { jsonSchemaFiles, typeScriptFiles } from "../src/bindings-entry.js";

const root = join(import.meta.dirname, "../../..");
const packages = join(root, "packages");

/** What the modules that can be reached from an entry import from outside of the two packages. */
function outsideImports(entry: string): string[] {
  const outside = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const specifier of importsOf(readFileSync(file, "utf8"))) {
      if (specifier.startsWith(".")) visit(join(dirname(file), specifier.replace(/\.js$/, ".ts")));
      else if (specifier.startsWith("@codex-ts/protocol")) visit(protocolFile(specifier));
      else outside.add(specifier);
    }
  };
  visit(entry);
  return [...outside].sort();
}

function importsOf(source: string): string[] {
  const statements = source.matchAll(/^(?:import|export) (?!type)[^;]*?from "([^"]+)"|\bimport\("([^"]+)"\)/gms);
  // types are gone in what is shipped
  const shipped = [...statements].filter(([text]) => !text.startsWith("import(") || !source.includes(`${text}.`));
  return shipped.map(([, from, dynamic]) => from ?? dynamic ?? "");
}

function protocolFile(specifier: string): string {
  const subpath = specifier.replace("@codex-ts/protocol", "").slice(1);
  return join(packages, "protocol/src", subpath === "" ? "index.ts" : `generated/${subpath}.ts`);
}

it.each([
  ["protocol/src/index.ts", []],
  ["app-server-protocol/src/index.ts", []],
  ["app-server-protocol/src/bindings-entry.ts", []],
  ["protocol/src/generated/zod.ts", ["zod"]],
  ["app-server-protocol/src/generated/zod.ts", ["zod"]],
  ["app-server-protocol/src/write-bindings-entry.ts", ["node:fs/promises", "node:path"]],
])("%s imports from outside %j and nothing else", (entry, outside) => {
  expect(outsideImports(join(packages, entry))).toEqual(outside);
});

it("bundled for a browser and compressed, it stays under 120 kB", () => {
  const entry = join(packages, "app-server-protocol/src/index.ts");
  const args = ["build", entry, "--target=browser", "--minify", "--conditions=@codex-ts/source"];
  const bundle = execFileSync(join(root, "node_modules/.bin/bun"), args, { maxBuffer: 1e7 });
  expect(bundle.includes("node:")).toBe(false);
  expect(gzipSync(bundle).length).toBeLessThan(120_000);
});

it("writes the schemas and declarations that it holds", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bindings-"));
  try {
    for (const [write, files] of [
      [writeJsonSchema, jsonSchemaFiles()],
      [writeTypeScript, typeScriptFiles()],
    ] as const) {
      expect((await write(folder)).sort()).toEqual([...files.keys()].map((path) => join(folder, path)).sort());
      for (const [path, text] of files) expect(readFileSync(join(folder, path), "utf8")).toBe(text);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("writes declarations that a strict compiler takes", () => {
  const options = ["--ignoreConfig", "--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler"];
  const index = join(root, "schema/typescript/index.ts");
  const { status, stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), [...options, "--types", "", index]);
  expect(String(stdout)).toBe("");
  expect(status).toBe(0);
});
