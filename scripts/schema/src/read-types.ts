/** Reads the wire types of both protocol packages from their sources, as JSON Schema definitions in the generator's own dialect. */

import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import {
  type CompletedConfig,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
} from "ts-json-schema-generator";
import type { RawSchema } from "./raw-schema.js";

/** The compiler that the generator works with; it brings its own, so its types and constants are reached through it. */
type Program = ReturnType<typeof createProgram>;
type Checker = ReturnType<Program["getTypeChecker"]>;
type SourceFile = ReturnType<Program["getSourceFiles"]>[number];

type Statement = SourceFile["statements"][number];
type TypeDeclaration = Statement & { readonly name: { readonly text: string } };

/** The parts of the compiler's interface that are used here besides what the generator hands out. */
interface Compiler {
  isInterfaceDeclaration(node: Statement): node is TypeDeclaration;
  isTypeAliasDeclaration(node: Statement): node is TypeDeclaration;
}

const generatorPath = createRequire(import.meta.url).resolve("ts-json-schema-generator");
const compiler: Compiler = createRequire(generatorPath)("typescript");

/** Tags of ours that the generator copies into the schema; see the package's README. */
const extraTags = [
  "wire",
  "published",
  "inline",
  "closed",
  "since",
  "api",
  "experimental",
  "internal",
  "publishedRequired",
];

/** Files of `packages/protocol/src` that hold no wire types: what is only spoken inside. */
const insideOnly = new Set(["items.ts", "thread-events.ts", "index.ts"]);

/** The wire types of both packages. */
export interface WireTypes {
  /** By name; types of v2 and of newer methods carry their folder: `v2.Thread`, `newer.ThreadStatus`. */
  definitions: Record<string, RawSchema>;
  /** Which file of `packages/` a definition stands in. */
  files: Map<string, string>;
}

/** @param root the repository's root */
export function readTypes(root: string): WireTypes {
  const config: CompletedConfig = {
    ...DEFAULT_CONFIG,
    path: join(root, "packages/*protocol/src/**/*.ts"),
    tsconfig: join(root, "scripts/schema/wire-types.tsconfig.json"),
    expose: "export",
    jsDoc: "extended",
    additionalProperties: true,
    skipTypeCheck: true,
    extraTags,
  };
  const program = withQualifiedNames(createProgram(config));
  const generator = new SchemaGenerator(program, createParser(program, config), createFormatter(config), config);
  const sources = program.getSourceFiles().filter((file) => isWireFile(root, file));
  const files = new Map<string, string>();
  for (const source of sources) {
    for (const type of exportedTypes(source)) {
      const name = qualifiedName(type.name.text, source.fileName);
      if (files.has(name)) throw new Error(`${name} is declared in ${files.get(name)} and in ${source.fileName}`);
      files.set(name, pathInPackages(root, source));
    }
  }
  const definitions: unknown = generator.createSchemaFromNodes(sources.flatMap(exportedTypes)).definitions;
  return { definitions: definitions as Record<string, RawSchema>, files };
}

function pathInPackages(root: string, file: SourceFile): string {
  return relative(join(root, "packages"), file.fileName).replaceAll("\\", "/");
}

function isWireFile(root: string, file: SourceFile): boolean {
  const path = pathInPackages(root, file);
  const [name, source] = path.split("/");
  if (source !== "src" || path.includes("/generated/") || path.includes("/projections/")) return false;
  if (name === "protocol") return !path.includes("/validation/") && !insideOnly.has(basename(path));
  return (
    name === "app-server-protocol" && /\/src\/(v1|v2|newer)\/|\/src\/(json-rpc|methods|newer-methods)\.ts$/.test(path)
  );
}

function exportedTypes(file: SourceFile): TypeDeclaration[] {
  return file.statements.filter(
    (statement): statement is TypeDeclaration =>
      (compiler.isInterfaceDeclaration(statement) || compiler.isTypeAliasDeclaration(statement)) &&
      statement.getText(file).startsWith("export "),
  );
}

/**
 * The generator names definitions by their type alone, so that `SandboxPolicy` of v2 would collide with core's. This puts
 * the folder in front of the names of `v2/` and `newer/`.
 */
function withQualifiedNames(program: Program): Program {
  const checker = program.getTypeChecker();
  const named: Checker = Object.create(checker, {
    getFullyQualifiedName: {
      value: (symbol: Parameters<Checker["getFullyQualifiedName"]>[0]) => {
        return qualifiedName(symbol.name, symbol.declarations?.[0]?.getSourceFile().fileName ?? "");
      },
    },
  });
  return Object.create(program, { getTypeChecker: { value: () => named } });
}

function qualifiedName(name: string, fileName: string): string {
  const folder = basename(dirname(fileName));
  return folder === "v2" || folder === "newer" ? `${folder}.${name}` : name;
}
