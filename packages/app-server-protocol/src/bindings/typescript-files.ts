/** TypeScript declarations as `app-server generate-ts` writes them: one file per type, v2 types in `v2/`, with an index in each folder. Pure. */

import type { WireSchema } from "@codex-ts/protocol";
import { eventPayloads } from "@codex-ts/protocol/event-payloads";
import { filePaths } from "./json-schema-files.js";
import { type PublishedTypes, publishedTypes } from "./published-types.js";

const header = "// GENERATED CODE! DO NOT MODIFY BY HAND!\n\n";
const jsonValue = "serde_json/JsonValue";

/** Types that nothing refers to, because their members are spelled out where they are used. */
const alone = ["v2.ExecPolicyAmendment", "ExecPolicyAmendment", "LocalShellExecAction", "v2.ToolsV2"];

/** @returns texts by path from the output folder */
export function typeScriptFiles(): Map<string, string> {
  const types = publishedTypes();
  const inFiles = [...filePaths().values()].filter((name) => !name.startsWith("JSONRPC"));
  const names = reachable([...inFiles, ...eventPayloads, ...alone], types);
  const files = new Map<string, string>();
  for (const name of names) files.set(pathOf(name), header + declaration(name, types));
  files.set(`${jsonValue}.ts`, `${header}/** Any JSON. */\nexport type JsonValue = ${jsonValueType};\n`);
  for (const folder of ["", "v2/", "newer/"]) files.set(`${folder}index.ts`, header + index(folder, [...files.keys()]));
  return new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
}

const jsonValueType = "number | string | boolean | Array<JsonValue> | { [key in string]?: JsonValue } | null";

function pathOf(name: string): string {
  return `${name.replace(".", "/")}.ts`;
}

function reachable(roots: readonly string[], types: PublishedTypes): string[] {
  const seen = new Set<string>();
  const visit = (name: string) => {
    const target = resolved(name, types);
    if (seen.has(target)) return;
    seen.add(target);
    for (const other of referencesOf(types.get(target) ?? {})) visit(other);
  };
  roots.forEach(visit);
  return [...seen];
}

/** Names that only stand for a published shape are not printed; the shape is. */
function resolved(name: string, types: PublishedTypes): string {
  const reference = types.get(name)?.$ref;
  return reference === undefined ? name : resolved(reference, types);
}

function referencesOf(schema: WireSchema): string[] {
  const rest = schema.additionalProperties;
  const inner = [
    ...(schema.items === undefined ? [] : [schema.items]),
    ...Object.values(schema.properties ?? {}),
    ...(typeof rest === "object" ? [rest] : []),
    ...(schema.oneOf ?? []),
    ...(schema.anyOf ?? []),
  ];
  return [...(schema.$ref === undefined ? [] : [schema.$ref]), ...inner.flatMap(referencesOf)];
}

function declaration(name: string, types: PublishedTypes): string {
  const schema = types.get(name) ?? {};
  const used = new Set<string>();
  const printer = new TypePrinter((target) => {
    const found = target === jsonValue ? target : resolved(target, types);
    used.add(found);
    return shortName(found);
  });
  const text = printer.print(schema);
  const imports = [...used]
    .filter((other) => other !== name)
    .map((other) => `import type { ${shortName(other)} } from "${relativePath(name, other)}";\n`)
    .sort();
  const gap = imports.length > 0 ? "\n" : "";
  return `${imports.join("")}${gap}${comment(schema.description, "")}export type ${shortName(name)} = ${text};\n`;
}

function shortName(name: string): string {
  return name.replace(/^.*[./]/, "");
}

function relativePath(from: string, to: string): string {
  const [folder, target] = [from, to].map((name) => name.replace(".", "/"));
  const inFolder = folder?.includes("/") ?? false;
  const sameFolder = inFolder && target?.startsWith(folder?.replace(/\/.*$/, "/") ?? "");
  if (sameFolder) return `./${shortName(to)}`;
  return inFolder ? `../${target}` : `./${target}`;
}

function comment(text: string | undefined, indent: string): string {
  return text === undefined ? "" : `${indent}/** ${text.replaceAll("*/", "*\\/").replaceAll("\n", " ")} */\n`;
}

function index(folder: string, paths: readonly string[]): string {
  const own = paths.filter((path) => path.startsWith(folder) && !path.slice(folder.length).includes("/"));
  const lines = own
    .map((path) => path.slice(folder.length, -".ts".length))
    .filter((name) => name !== "index")
    .sort()
    .map((name) => `export type { ${name} } from "./${name}";\n`);
  const inner = folder === "" ? `export * as newer from "./newer";\nexport * as v2 from "./v2";\n` : "";
  return lines.join("") + inner;
}

/** Prints a schema as a type. */
class TypePrinter {
  readonly #refer: (name: string) => string;

  /** @param refer notes that a type is used, and says how it is called here */
  constructor(refer: (name: string) => string) {
    this.#refer = refer;
  }

  print(schema: WireSchema, indent = ""): string {
    if (schema.$ref !== undefined) return this.#refer(schema.$ref);
    const alternatives = schema.oneOf ?? schema.anyOf;
    if (alternatives !== undefined) return alternatives.map((member) => this.print(member, indent)).join(" | ");
    const types = [schema.type ?? []].flat();
    if (types.length === 0) return this.#refer(jsonValue);
    return types.map((type) => this.#printType(type, schema, indent)).join(" | ");
  }

  #printType(type: string, schema: WireSchema, indent: string): string {
    switch (type) {
      case "string":
        return schema.enum?.map((text) => JSON.stringify(text)).join(" | ") ?? "string";
      case "integer":
      case "number":
        return "number";
      case "array":
        return `Array<${this.print(schema.items ?? {}, indent)}>`;
      case "object":
        return this.#printObject(schema, indent);
      default:
        return type;
    }
  }

  #printObject(schema: WireSchema, indent: string): string {
    const rest = schema.additionalProperties;
    const values = typeof rest === "object" ? rest : {};
    if (schema.properties === undefined) {
      return rest === undefined ? "Record<string, never>" : `{ [key in string]?: ${this.print(values, indent)} }`;
    }
    const deeper = `${indent}  `;
    const always = new Set([...(schema.required ?? []), ...(schema.written ?? [])]);
    const members = Object.entries(schema.properties).map(([name, member]) => {
      const key = /^\w+$/.test(name) ? name : JSON.stringify(name);
      const mark = always.has(name) ? "" : "?";
      return `${comment(member.description, deeper)}${deeper}${key}${mark}: ${this.print(member, deeper)},\n`;
    });
    const object = `{\n${members.join("")}${indent}}`;
    return rest === undefined || rest === false
      ? object
      : `${object} & ({ [key in string]?: ${this.print(values, indent)} })`;
  }
}
